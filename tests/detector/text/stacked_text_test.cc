#include "detector/text/stacked_text.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

// Letters of 20 rows, one each 30 rows.
Image Stacked(const std::string& text, uint8_t paper, uint8_t ink) {
  Image image = FlatPicture(30 * static_cast<int>(text.size()) + 10, 30, paper);
  for (size_t i = 0; i < text.size(); ++i) {
    DrawText(text.substr(i, 1), 5, 8 + 30 * static_cast<int>(i),
             {.letter_rows = 20, .grey = ink}, &image);
  }
  return image;
}

TEST(UnstackTest, PutsLettersSideBySideOnEitherGround) {
  for (const bool bright : {false, true}) {
    const Image column = Stacked("DOEH", bright ? 230 : 10, bright ? 10 : 230);
    const auto line = Unstack(column);
    ASSERT_THAT(line, IsOk());
    ASSERT_TRUE(line->has_value());
    EXPECT_EQ((*line)->columns, 4 * column.columns);
    EXPECT_LT((*line)->rows, 40);
  }
}

TEST(UnstackTest, TwoMarksAreNoColumn) {
  EXPECT_FALSE(Unstack(Stacked("DO", 10, 230))->has_value());
}

TEST(UnstackTest, ALineThatIsTurnedIsNoColumn) {
  Image line = FlatPicture(200, 24, 10);
  for (int row = 20; row < 180; ++row) {
    line.pixels[static_cast<size_t>(row) * 24 + 12] = 230;
  }
  EXPECT_FALSE(Unstack(line)->has_value());
}

TEST(UnstackTest, FlatAndTinyPicturesHoldNothing) {
  EXPECT_FALSE(Unstack(FlatPicture(100, 20, 77))->has_value());
  EXPECT_FALSE(Unstack(FlatPicture(1, 1, 77))->has_value());
}

}  // namespace
}  // namespace burntin
