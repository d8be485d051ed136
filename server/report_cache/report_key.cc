#include "server/report_cache/report_key.h"

#include "server/digest/sha256.h"

namespace burntin {
namespace {

// With another number no record made before is found: for records that change
// their meaning.
constexpr char kKind[] = "burntin report 1";

}  // namespace

std::optional<std::string> ReportKey(const std::string& fingerprint,
                                     const std::string& path) {
  if (fingerprint.empty()) return std::nullopt;
  const std::string digest = FileSha256(path);
  if (digest.empty()) return std::nullopt;
  return TextSha256(std::string(kKind) + "\n" + fingerprint + "\n" + digest);
}

}  // namespace burntin
