#include "client/batch/shard.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "detector/base/error.h"

namespace burntin {
namespace {

std::optional<int64_t> ParseNumber(std::string_view text) {
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || number < 0) return std::nullopt;
  return number;
}

}  // namespace

absl::StatusOr<Shard> ParseShard(const std::string& text) {
  const std::string_view view = text;
  const size_t slash = view.find('/');
  if (slash != std::string_view::npos) {
    const auto index = ParseNumber(view.substr(0, slash));
    const auto count = ParseNumber(view.substr(slash + 1));
    if (index && count && *index < *count) return Shard{*index, *count};
  }
  return Error(Reason::kInvalidArgument,
               "--shard needs INDEX/COUNT with INDEX from 0 up to COUNT - 1, "
               "as in 0/4.");
}

}  // namespace burntin
