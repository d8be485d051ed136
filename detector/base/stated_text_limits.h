// How much text an object may state beside one picture of its.
#ifndef BURNTIN_DETECTOR_BASE_STATED_TEXT_LIMITS_H_
#define BURNTIN_DETECTOR_BASE_STATED_TEXT_LIMITS_H_

#include <cstddef>

namespace burntin {

// The time to match texts grows with the square of their number.
inline constexpr size_t kMostStatedTexts = 10'000;
inline constexpr size_t kMostStatedBytes = size_t{1} << 20;

// Counts texts, one after the other.
class StatedTextCount {
 public:
  void Add(size_t text_bytes) {
    ++texts_;
    bytes_ += text_bytes;
  }
  bool IsWithinLimits() const {
    return texts_ <= kMostStatedTexts && bytes_ <= kMostStatedBytes;
  }

 private:
  size_t texts_ = 0;
  size_t bytes_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_STATED_TEXT_LIMITS_H_
