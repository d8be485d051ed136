#include "server/routing/pattern.h"

#include <re2/re2.h>

#include <utility>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr int64_t kMostProgramBytes = int64_t{1} << 20;

re2::StringPiece Piece(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

Pattern::Pattern(std::string text, LetterCase letter_case,
                 std::shared_ptr<const re2::RE2> compiled)
    : text_(std::move(text)),
      letter_case_(letter_case),
      compiled_(std::move(compiled)) {}

absl::StatusOr<Pattern> Pattern::Compile(const std::string& text,
                                         LetterCase letter_case) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_case_sensitive(letter_case == LetterCase::kCounts);
  options.set_max_mem(kMostProgramBytes);
  options.set_never_capture(true);
  auto compiled = std::make_shared<const re2::RE2>(text, options);
  if (!compiled->ok()) {
    return Error(Reason::kInvalidArgument, compiled->error());
  }
  return Pattern(text, letter_case, std::move(compiled));
}

bool Pattern::Matches(std::string_view value) const {
  return re2::RE2::FullMatch(Piece(value), *compiled_);
}

bool IsUtf8(std::string_view text) {
  static const auto* const kAnything = new re2::RE2("(?s)(?:.)*");
  return re2::RE2::FullMatch(Piece(text), *kAnything);
}

}  // namespace burntin
