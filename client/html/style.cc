#include "client/html/style.h"

#include "absl/strings/escaping.h"
#include "client/html/templates.h"

namespace burntin {

std::string PageStyle() { return kStyle; }

std::string PageStyleHash() {
  return absl::Base64Escape(absl::HexStringToBytes(kStyleSha256));
}

}  // namespace burntin
