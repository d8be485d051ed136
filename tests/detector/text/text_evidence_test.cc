#include "detector/text/text_evidence.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/detector/text/fake_engines.h"

namespace burntin {
namespace {

constexpr double kSure = 0.95;
constexpr double kLikely = 0.75;
constexpr double kInDoubt = 0.5;
constexpr double kUnseen = 0;

TEST(TextEvidenceTest, CharactersAreLettersAndDigitsOfAnyScript) {
  EXPECT_EQ(CountCharacters(Read("A-1 .", 1)), 2);
  EXPECT_EQ(CountCharacters(Read("Żółć", 1)), 4);
  EXPECT_EQ(CountCharacters(Read("山田", 1)), 2);
  EXPECT_EQ(CountCharacters(Read("", 1)), 0);
}

TEST(TextEvidenceTest, TheLessLikelyABoxTheSurerItsReadingMustBe) {
  EXPECT_TRUE(ShowsText(Read("DOE JANE", 0.55), kSure));
  EXPECT_FALSE(ShowsText(Read("DOE JANE", 0.6), kLikely));
  EXPECT_TRUE(ShowsText(Read("DOE JANE", 0.7), kLikely));
  EXPECT_FALSE(ShowsText(Read("DOE JANE", 0.45), kSure));
  EXPECT_FALSE(ShowsText(Read("DOE JANE", 0.7), kInDoubt));
  EXPECT_TRUE(ShowsText(Read("DOE JANE", 0.8), kInDoubt));
  EXPECT_FALSE(ShowsText(Read("DOE JANE", 0.85), kUnseen));
  EXPECT_TRUE(ShowsText(Read("DOE JANE", 0.95), kUnseen));
}

TEST(TextEvidenceTest, OneCharacterMustBeSureToBoth) {
  EXPECT_TRUE(ShowsText(Read("L", 0.95), kLikely));
  EXPECT_FALSE(ShowsText(Read("L", 0.85), kSure));
  EXPECT_FALSE(ShowsText(Read("L", 0.95), kInDoubt));
}

TEST(TextEvidenceTest, GridsAndTicksAreNotTextForWhatTheyReadAs) {
  for (const std::string reading :
       {"00000", "O0D8", "8□日0", "lllulu", "1111 11", "TTT", "hhun"}) {
    EXPECT_FALSE(ShowsText(Read(reading, 0.99), kLikely)) << reading;
    EXPECT_TRUE(ShowsText(Read(reading, 0.99), kSure)) << reading;
    EXPECT_FALSE(ShowsText(Read(reading, 0.7), kSure)) << reading;
  }
  for (const std::string reading : {"0123", "L=12", "HILL 4", "BOND", "1980",
                                    "Hill", "11.11.11", "08-08-80"}) {
    EXPECT_TRUE(ShowsText(Read(reading, 0.99), kLikely)) << reading;
  }
}

TEST(TextEvidenceTest, OneCharacterOverAndOverIsARowOfRings) {
  for (const std::string reading :
       {"70000000", "6888888", "rrrrrrrrrrre", "0-00000", "11111"}) {
    EXPECT_FALSE(ShowsText(Read(reading, 0.99), kLikely)) << reading;
    EXPECT_TRUE(ShowsText(Read(reading, 0.99), kSure)) << reading;
    EXPECT_FALSE(ShowsText(Read(reading, 0.8), kSure)) << reading;
    EXPECT_FALSE(IsTextUnread(Read(reading, 0.5), kSure, true)) << reading;
    EXPECT_FALSE(ShowTextTogether(Read(reading, 0.95), Read(reading, 0.85)))
        << reading;
    EXPECT_TRUE(ShowTextTogether(Read(reading, 0.95), Read(reading, 0.9)))
        << reading;
  }
  for (const std::string reading :
       {"7000", "A10020", "11.11.11", "HANNAH", "李000000"}) {
    EXPECT_TRUE(ShowsText(Read(reading, 0.99), kLikely)) << reading;
  }
}

TEST(TextEvidenceTest, ALongRowOfFewStrokesIsNeverText) {
  for (const std::string reading :
       {"wuluuludluulululuubuluu", "11111-11111111111111",
        "lllllllllIIIIIIII"}) {
    EXPECT_FALSE(ShowsText(Read(reading, 0.99), kSure)) << reading;
    EXPECT_FALSE(IsTextUnread(Read(reading, 0.6), kSure, true)) << reading;
    EXPECT_TRUE(IsTextUnread(Read(reading, 0.2), kSure, true)) << reading;
  }
  for (const std::string reading :
       {"WILLIAM HUNTINGTON", "1111111111", "Juli Hill Willmuth Tilli",
        "李娜 1111111111111111"}) {
    EXPECT_TRUE(ShowsText(Read(reading, 0.99), kSure)) << reading;
  }
}

TEST(TextEvidenceTest, ReadingsOfOneLineDifferBySlips) {
  EXPECT_TRUE(ReadAlike(Read("Doe, Jane", 0.9), Read("DOE JANE", 0.5)));
  EXPECT_TRUE(ReadAlike(Read("19610203", 0.9), Read("1961-O2-03", 0.9)));
  EXPECT_FALSE(ReadAlike(Read("DOE", 0.9), Read("JANE", 0.9)));
  EXPECT_FALSE(ReadAlike(Read("DOE", 0.9), Read("", 0)));
  EXPECT_FALSE(ReadAlike(Read("--", 0.9), Read("..", 0.9)));
}

TEST(TextEvidenceTest, TwoReadersWhoAgreeNeedBeLessSure) {
  EXPECT_TRUE(ShowTextTogether(Read("JANE", 0.6), Read("JANF", 0.75)));
  EXPECT_FALSE(ShowTextTogether(Read("JANE", 0.6), Read("JANF", 0.7)));
  EXPECT_FALSE(ShowTextTogether(Read("JANE", 0.5), Read("JANE", 0.9)));
  EXPECT_FALSE(ShowTextTogether(Read("JANE", 0.9), Read("LTWX", 0.9)));
  EXPECT_FALSE(ShowTextTogether(Read("J", 0.99), Read("J", 0.99)));
}

TEST(TextEvidenceTest, TwoReadersWhoAreSureKnowALabelFromAGrid) {
  EXPECT_TRUE(ShowTextTogether(Read("DOB:", 0.95), Read("DOB", 0.9)));
  EXPECT_FALSE(ShowTextTogether(Read("DOB:", 0.95), Read("DOB", 0.85)));
  EXPECT_FALSE(ShowTextTogether(Read("wuluuludluulululuubuluu", 0.99),
                                Read("wuluuludluulululuubuluu", 0.99)));
}

TEST(TextEvidenceTest, WhatNeitherReadsNorLooksLikeTextIsNone) {
  EXPECT_TRUE(IsSurelyNoText(Read("", 0), kLikely));
  EXPECT_TRUE(IsSurelyNoText(Read("--", 0.9), kLikely));
  EXPECT_TRUE(IsSurelyNoText(Read("x1", 0.3), kLikely));
  EXPECT_FALSE(IsSurelyNoText(Read("x1", 0.4), kLikely));
  // The less likely, the more must be read.
  EXPECT_TRUE(IsSurelyNoText(Read("x1", 0.55), kInDoubt));
  EXPECT_FALSE(IsSurelyNoText(Read("\uFFFD\uFFFD", 0.6), kInDoubt));
  EXPECT_FALSE(IsSurelyNoText(Read("", 0), kSure));
}

TEST(TextEvidenceTest, TheSecondReaderAloneMustSayMuchWhereTextMayBe) {
  EXPECT_TRUE(ShowsTextToSecond(Read("IVAN", 0.85), kInDoubt));
  EXPECT_FALSE(ShowsTextToSecond(Read("IVA", 0.85), kSure));
  EXPECT_FALSE(ShowsTextToSecond(Read("IVAN", 0.75), kSure));
  EXPECT_FALSE(ShowsTextToSecond(Read("IVAN", 0.99), kUnseen));
}

const Reading kNothing = Read("", 0);

TEST(TextEvidenceTest, UnreadTextIsLongAndSure) {
  EXPECT_TRUE(IsTextUnread(kNothing, kSure, /*has_line_shape=*/true));
  EXPECT_FALSE(IsTextUnread(kNothing, kSure, false));
  EXPECT_FALSE(IsTextUnread(kNothing, kLikely, true));
  EXPECT_TRUE(IsTextUnread(Read("lulu", 0.3), kSure, true));
  EXPECT_FALSE(IsTextUnread(Read("8□00", 0.3), kSure, true));
}

TEST(TextEvidenceTest, ASecondReadingIsWorthItWhereItCanMatter) {
  EXPECT_TRUE(IsWorthASecondReading(Read("DOE JANE", 0.95), kUnseen));
  EXPECT_TRUE(IsWorthASecondReading(Read("", 0), kLikely));
  EXPECT_TRUE(IsWorthASecondReading(Read("", 0), kInDoubt));
  EXPECT_FALSE(IsWorthASecondReading(Read("", 0), kUnseen));
}

TEST(IsOfRingsTest, RingsReadAsManyRoundCharacters) {
  for (const char* text : {"908000", "10-0-00-0", "COOCO", "_ 000000",
                           "806 00808", "口日00", "d000", "6880"}) {
    EXPECT_TRUE(IsOfRings(text)) << text;
  }
  for (const char* text :
       {"", "00", "1986", "DOE^JANE", "9025000", "01.0.22", "DOB", "688",
        "09.08.1960", "09/08/60", "山0日", "--- 0"}) {
    EXPECT_FALSE(IsOfRings(text)) << text;
  }
}

}  // namespace
}  // namespace burntin
