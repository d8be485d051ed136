#include "server/routing/equal_text.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

bool Same(const char* one, const char* other) {
  EXPECT_EQ(EqualText(one, other, LetterCase::kIgnored),
            EqualText(other, one, LetterCase::kIgnored));
  return EqualText(one, other, LetterCase::kIgnored);
}

TEST(EqualTextTest, LetterCaseIsIgnoredInEveryScript) {
  EXPECT_TRUE(Same("Aera", "AERA"));
  EXPECT_TRUE(Same("\u00c4SKULAP", "\u00e4skulap"));
  EXPECT_TRUE(Same("\u0422\u041e\u041c\u041e", "\u0442\u043e\u043c\u043e"));
  EXPECT_TRUE(Same("Stra\u00dfe", "STRASSE"));
  EXPECT_FALSE(Same("Aera", "Aero"));
  EXPECT_FALSE(Same("\u00c4SKULAP", "ASKULAP"));
  EXPECT_FALSE(Same("", "A"));
}

TEST(EqualTextTest, SoIsHowALetterIsEncoded) {
  EXPECT_TRUE(Same("\u00e4", "a\u0308"));
  EXPECT_TRUE(Same("\uff21\uff45\uff52\uff41", "Aera"));
}

TEST(EqualTextTest, SoIsWhatNobodySees) {
  EXPECT_TRUE(Same("A\u200bera", "Aera"));
}

TEST(EqualTextTest, WhereCaseCountsEveryByteDoes) {
  EXPECT_TRUE(EqualText("\u00e4", "\u00e4", LetterCase::kCounts));
  EXPECT_FALSE(EqualText("\u00e4", "a\u0308", LetterCase::kCounts));
  EXPECT_FALSE(EqualText("Aera", "AERA", LetterCase::kCounts));
}

}  // namespace
}  // namespace burntin
