#include "server/routing/project_id.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace burntin {
namespace {

constexpr size_t kMostBytes = 64;

}  // namespace

bool IsProjectId(std::string_view text) {
  return !text.empty() && text.size() <= kMostBytes &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '-';
         });
}

bool IsSameProject(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](unsigned char a, unsigned char b) {
                      return absl::ascii_tolower(a) == absl::ascii_tolower(b);
                    });
}

}  // namespace burntin
