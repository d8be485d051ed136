#include <gmock/gmock.h>

#include "detector/base/error.h"
#include "detector/text/text_recognizer.h"

namespace burntin {
namespace {

// Answers how often it was asked.
class CountingRecognizer final : public TextRecognizer {
 public:
  explicit CountingRecognizer(int* calls) : calls_(calls) {}
  absl::StatusOr<Reading> Recognize(const Image&) override {
    ++*calls_;
    if (*calls_ == failing_call) return Error(Reason::kEngineFailed, "x");
    return Reading{.text = PhiText(std::to_string(*calls_)), .confidence = 1};
  }
  int failing_call = 0;

 private:
  int* calls_;
};

Image Line(int columns, uint8_t grey) {
  return {
      .rows = 2,
      .columns = columns,
      .pixels = std::vector<uint8_t>(static_cast<size_t>(2) * columns, grey)};
}

class RememberingRecognizerTest : public testing::Test {
 protected:
  std::string Ask(const Image& line) {
    return reader_->Recognize(line)->text.Reveal();
  }

  int calls_ = 0;
  std::unique_ptr<TextRecognizer> reader_ = MakeRememberingRecognizer(
      std::make_unique<CountingRecognizer>(&calls_), /*capacity=*/2);
};

TEST_F(RememberingRecognizerTest, EqualPixelsGetEqualAnswersForOneQuestion) {
  EXPECT_EQ(Ask(Line(8, 1)), "1");
  EXPECT_EQ(Ask(Line(8, 1)), "1");
  EXPECT_EQ(calls_, 1);
}

TEST_F(RememberingRecognizerTest, OtherPixelsAreAskedFor) {
  EXPECT_EQ(Ask(Line(8, 1)), "1");
  EXPECT_EQ(Ask(Line(8, 2)), "2");
}

TEST_F(RememberingRecognizerTest, TheSameBytesInAnotherShapeAreAskedFor) {
  EXPECT_EQ(Ask(Line(8, 1)), "1");
  Image other = Line(8, 1);
  other.rows = 4;
  other.columns = 4;
  EXPECT_EQ(Ask(other), "2");
}

TEST_F(RememberingRecognizerTest, TheOldestIsForgottenBeyondTheCapacity) {
  Ask(Line(8, 1));
  Ask(Line(8, 2));
  Ask(Line(8, 3));
  EXPECT_EQ(Ask(Line(8, 2)), "2");
  EXPECT_EQ(Ask(Line(8, 3)), "3");
  EXPECT_EQ(Ask(Line(8, 1)), "4");
}

TEST_F(RememberingRecognizerTest, WhatIsAskedForAgainStaysKnown) {
  Ask(Line(8, 1));
  for (uint8_t grey = 2; grey < 9; ++grey) {
    Ask(Line(8, grey));
    EXPECT_EQ(Ask(Line(8, 1)), "1");
  }
}

TEST_F(RememberingRecognizerTest, AFailureIsNotRemembered) {
  auto inner = std::make_unique<CountingRecognizer>(&calls_);
  inner->failing_call = 1;
  reader_ = MakeRememberingRecognizer(std::move(inner), /*capacity=*/2);
  EXPECT_FALSE(reader_->Recognize(Line(8, 1)).ok());
  EXPECT_EQ(Ask(Line(8, 1)), "2");
}

}  // namespace
}  // namespace burntin
