// Text that may identify a person. It compares and moves like a string but
// does not print, so it cannot reach a log or a test's failure by accident.
#ifndef BURNTIN_DETECTOR_BASE_PHI_TEXT_H_
#define BURNTIN_DETECTOR_BASE_PHI_TEXT_H_

#include <ostream>
#include <string>
#include <utility>

namespace burntin {

class PhiText {
 public:
  PhiText() = default;
  explicit PhiText(std::string text) : text_(std::move(text)) {}

  // The only way to the characters (UTF-8). `grep -rn 'Reveal()'` is the
  // audit.
  const std::string& Reveal() const { return text_; }

  bool empty() const { return text_.empty(); }

  friend bool operator==(const PhiText&, const PhiText&) = default;

  friend std::ostream& operator<<(std::ostream& os, const PhiText& text) {
    return os << "<" << text.text_.size() << " bytes of possible PHI>";
  }

 private:
  std::string text_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_PHI_TEXT_H_
