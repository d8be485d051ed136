#include "detector/document/text_layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

LayerWord Word(const char* text, const FineBox& box, int quarter_turns = 0) {
  return {.box = box, .quarter_turns = quarter_turns, .text = PhiText(text)};
}

TEST(TextLayerTest, NoWordsAreNoLines) {
  EXPECT_THAT(JoinLines({}), IsEmpty());
}

TEST(TextLayerTest, NeighboursAreOneLineInAllThePixelsTheyTouch) {
  const auto lines = JoinLines({Word("DOE", {10.5, 20.2, 40, 29.9}),
                                Word("JANE", {44, 20.2, 80.1, 30.1})});
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].text, PhiText("DOE JANE"));
  EXPECT_EQ(lines[0].box, (Box{10, 20, 71, 11}));
}

TEST(TextLayerTest, AWideGapPartsLines) {
  EXPECT_THAT(
      JoinLines({Word("A", {0, 0, 10, 10}), Word("B", {25, 0, 35, 10})}),
      SizeIs(2));
}

TEST(TextLayerTest, ANewRowIsANewLine) {
  EXPECT_THAT(
      JoinLines({Word("A", {0, 0, 10, 10}), Word("B", {0, 12, 10, 22})}),
      SizeIs(2));
}

TEST(TextLayerTest, WordsThatAreTurnedDifferentlyStayApart) {
  EXPECT_THAT(JoinLines({Word("A", {0, 0, 10, 10}),
                         Word("B", {12, 0, 22, 10}, /*quarter_turns=*/1)}),
              SizeIs(2));
}

TEST(TextLayerTest, TurnedWordsAreJoinedAlongTheirLine) {
  const FineBox upper = {0, 0, 10, 30};
  const FineBox lower = {0, 34, 10, 60};
  const FineBox left = {0, 0, 30, 10};
  const FineBox right = {34, 0, 60, 10};
  EXPECT_THAT(JoinLines({Word("A", upper, 1), Word("B", lower, 1)}), SizeIs(1));
  EXPECT_THAT(JoinLines({Word("A", right, 2), Word("B", left, 2)}), SizeIs(1));
  EXPECT_THAT(JoinLines({Word("A", lower, 3), Word("B", upper, 3)}), SizeIs(1));
  EXPECT_THAT(JoinLines({Word("A", upper, 3), Word("B", lower, 3)}), SizeIs(2));
}

}  // namespace
}  // namespace burntin
