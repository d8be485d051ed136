// Engines that answer as a test tells them, and keep what they were asked.
#ifndef BURNTIN_TESTS_DETECTOR_TEXT_FAKE_ENGINES_H_
#define BURNTIN_TESTS_DETECTOR_TEXT_FAKE_ENGINES_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "detector/base/image.h"
#include "detector/text/area_text_detector.h"
#include "detector/text/text_detector.h"
#include "detector/text/text_recognizer.h"

namespace burntin {

class FakeDetector final : public TextDetector {
 public:
  using Answer =
      std::function<absl::StatusOr<std::vector<TextLine>>(const Image&)>;
  explicit FakeDetector(Answer answer) : answer_(std::move(answer)) {}
  absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) override {
    return answer_(image);
  }

 private:
  Answer answer_;
};

class FakeAreaDetector final : public AreaTextDetector {
 public:
  explicit FakeAreaDetector(FakeDetector::Answer answer)
      : answer_(std::move(answer)) {}
  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image& image, const std::vector<Box>&) override {
    return answer_(image);
  }

 private:
  FakeDetector::Answer answer_;
};

// Sees what it is told to, and keeps where it was asked to look.
class StubDetector final : public AreaTextDetector {
 public:
  StubDetector(std::vector<TextLine> lines, std::vector<Box>* asked)
      : lines_(std::move(lines)), asked_(asked) {}
  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image&, const std::vector<Box>& areas) override {
    *asked_ = areas;
    return lines_;
  }

 private:
  std::vector<TextLine> lines_;
  std::vector<Box>* asked_;
};

class FakeRecognizer final : public TextRecognizer {
 public:
  using Answer = std::function<absl::StatusOr<Reading>(const Image&)>;
  explicit FakeRecognizer(Answer answer) : answer_(std::move(answer)) {}
  absl::StatusOr<Reading> Recognize(const Image& line) override {
    return answer_(line);
  }

 private:
  Answer answer_;
};

inline Reading Read(const std::string& text, double confidence) {
  return {.text = PhiText(text), .confidence = confidence};
}

// An upright line that covers `box`.
inline TextLine LineAt(const Box& box) {
  const auto left = static_cast<float>(box.x);
  const auto top = static_cast<float>(box.y);
  const auto right = static_cast<float>(box.x + box.width - 1);
  const auto bottom = static_cast<float>(box.y + box.height - 1);
  return {.corners = {Corner{left, bottom}, Corner{left, top},
                      Corner{right, top}, Corner{right, bottom}},
          .likelihood = 0.9};
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_TEXT_FAKE_ENGINES_H_
