// A regular expression that has to match all of a value.
#ifndef BURNTIN_SERVER_ROUTING_PATTERN_H_
#define BURNTIN_SERVER_ROUTING_PATTERN_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace re2 {
class RE2;
}  // namespace re2

namespace burntin {

enum class LetterCase { kCounts, kIgnored };

// RE2's syntax. Takes time in proportion to the value, whatever the pattern.
// Copies share the compiled form; any number of threads may match.
class Pattern {
 public:
  // INVALID_ARGUMENT, in the library's words about the pattern, if it is none
  // or is too large.
  static absl::StatusOr<Pattern> Compile(const std::string& text,
                                         LetterCase letter_case);

  bool Matches(std::string_view value) const;

  const std::string& text() const { return text_; }
  LetterCase letter_case() const { return letter_case_; }

 private:
  Pattern(std::string text, LetterCase letter_case,
          std::shared_ptr<const re2::RE2> compiled);

  std::string text_;
  LetterCase letter_case_;
  std::shared_ptr<const re2::RE2> compiled_;
};

// Whether `text` is well-formed UTF-8. No pattern matches what is not.
bool IsUtf8(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_PATTERN_H_
