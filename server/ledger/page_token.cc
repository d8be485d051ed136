#include "server/ledger/page_token.h"

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string_view>

#include "detector/base/error.h"
#include "server/ledger/digest.h"

namespace burntin {
namespace {

constexpr size_t kNumberDigits = 16;
constexpr size_t kSignatureDigits = 32;

std::string Digits(int64_t number) {
  char text[kNumberDigits + 1];
  std::snprintf(text, sizeof(text), "%016llx",
                static_cast<unsigned long long>(number));
  return text;
}

std::optional<int64_t> Number(std::string_view digits) {
  int64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [parsed_to, error] =
      std::from_chars(digits.data(), end, number, 16);
  if (error != std::errc() || parsed_to != end || number < 0) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

std::string MakePageToken(const std::string& secret, const std::string& list,
                          const PagePosition& position) {
  const std::string numbers = Digits(position.last) + Digits(position.bound);
  return numbers +
         HmacSha256Hex(secret, numbers + list).substr(0, kSignatureDigits);
}

absl::StatusOr<PagePosition> ReadPageToken(const std::string& secret,
                                           const std::string& list,
                                           const std::string& token) {
  const absl::Status refused =
      Error(Reason::kInvalidArgument,
            "`page_token` is not one that this list has answered. Begin "
            "again without it, or leave all other fields as they were.");
  if (token.size() != 2 * kNumberDigits + kSignatureDigits) return refused;
  const std::string_view text(token);
  const auto last = Number(text.substr(0, kNumberDigits));
  const auto bound = Number(text.substr(kNumberDigits, kNumberDigits));
  if (!last || !bound) return refused;
  const PagePosition position = {*last, *bound};
  if (!EqualInConstantTime(token, MakePageToken(secret, list, position))) {
    return refused;
  }
  return position;
}

}  // namespace burntin
