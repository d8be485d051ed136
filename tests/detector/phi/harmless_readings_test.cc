#include "detector/phi/harmless_readings.h"

#include <initializer_list>
#include <string>
#include <vector>

#include "detector/phi/person_names.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

struct Read {
  std::string text;  // folded
  double confidence = 0;
  int recognizer = 0;
  std::vector<FoldedRegion::Alternative> alternatives = {};
};

// Whether what was read in a box of this size is ruled harmless.
bool IsHarmless(std::initializer_list<Read> readings, int width = 0,
                const BenignVocabulary* site = nullptr) {
  static const auto* vocabulary =
      new BenignVocabulary(BuiltInBenignVocabulary());
  static const auto* names = new PersonNames(BuiltInPersonNames());
  const HarmlessReadings harmless(
      site != nullptr ? *site : *vocabulary, *vocabulary,
      [](std::string_view letters) { return names->Has(letters); });
  TextRegion region;
  FoldedRegion folded;
  for (const Read& read : readings) {
    region.readings.push_back(
        {PhiText(read.text), read.confidence, read.recognizer});
    folded.texts.push_back(read.text);
    folded.confidences.push_back(read.confidence);
    folded.alternatives.push_back(read.alternatives);
  }
  const int length = 8 * static_cast<int>(readings.begin()->text.size());
  region.box = {10, 10, width > 0 ? width : length, 14};
  const HarmlessReadings::Ruling ruling = harmless.Judge(region, folded);
  return ruling.harmless >= 0 && ruling.against < 0;
}

TEST(HarmlessReadingsTest, ASurerReadingMayBeASlipOfLookalikes) {
  EXPECT_TRUE(
      IsHarmless({{"DIST 45.6 MM", 0.95, 0}, {"DIST 45.6 NN", 0.97, 1}}));
  EXPECT_TRUE(IsHarmless({{"IM: 394", 0.92, 2}, {"1N: 394", 0.99, 1}}));
  EXPECT_TRUE(IsHarmless({{"RAO 18", 0.9, 1}, {"~AO 18", 0.95, 0}}));
  EXPECT_TRUE(IsHarmless({{"T1 TSE", 0.91, 1}, {"TI TSE", 0.96, 0}}));
  EXPECT_TRUE(IsHarmless({{"SUPINE", 0.86, 1}, {"SUINE", 0.99, 0}}));
}

TEST(HarmlessReadingsTest, AnUnsureReadingShowsNoSlips) {
  EXPECT_FALSE(
      IsHarmless({{"DIST 45.6 MM", 0.74, 0}, {"DIST 45.6 NN", 0.97, 1}}));
  EXPECT_FALSE(IsHarmless({{"VIEW", 0.84, 1}, {"VIEV", 0.99, 0}}));
}

TEST(HarmlessReadingsTest, ANameIsNoSlipOfAWordThatLooksLikeIt) {
  // One letter apart, all of them look-alikes or lost.
  EXPECT_FALSE(IsHarmless({{"BEAM", 0.95, 1}, {"BEAN", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"BEAM 12", 0.95, 1}, {"BEAN 12", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"NORMAL", 0.95, 1}, {"NORMAN", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"HEAD", 0.95, 1}, {"HEATH", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"HEAD", 0.95, 1}, {"HEAO", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"STONE", 0.95, 1}, {"STQNE", 0.96, 0}}));
  // Other letters are another word, however like it is.
  EXPECT_FALSE(IsHarmless({{"SPINE", 0.95, 1}, {"SPANE", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"STANDARD", 0.9, 1}, {"STANDISH", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"LEG", 0.95, 1}, {"LEE", 0.96, 0}}));
}

TEST(HarmlessReadingsTest, WhatItsReaderHalfBelievesItselfIsNoContradiction) {
  const Read sure = {"DFOV 44.8 CM", 0.98, 1};
  EXPECT_FALSE(IsHarmless({sure, {"DFOW ZZ.Q CM", 0.99, 0}}));
  EXPECT_TRUE(
      IsHarmless({sure, {"DFOW ZZ.Q CM", 0.99, 0, {{"DFOV 44.8 CM", 0.02}}}}));
  // Harmless, and nearly that.
  EXPECT_TRUE(
      IsHarmless({sure, {"DFOW ZZ.Q CM", 0.99, 0, {{"DFOV 44.3 CM", 0.3}}}}));
}

TEST(HarmlessReadingsTest, AnotherTextThatIsPossibleShowsNothing) {
  const Read sure = {"DFOV 44.8 CM", 0.98, 1};
  EXPECT_FALSE(
      IsHarmless({sure, {"DFOW ZZ.Q CM", 0.99, 0, {{"DFOV 44.8 CM", 0.01}}}}));
  EXPECT_FALSE(
      IsHarmless({sure, {"DFOW ZZ.Q CM", 0.99, 0, {{"DFOW 44.B CN", 0.5}}}}));
  // Harmless, but not what was read.
  EXPECT_FALSE(
      IsHarmless({sure, {"DFOW ZZ.Q CM", 0.99, 0, {{"120 KVP", 0.5}}}}));
}

TEST(HarmlessReadingsTest, ANameIsHeldWhateverElseItsReaderFindsPossible) {
  EXPECT_FALSE(
      IsHarmless({{"BEAM", 0.95, 1}, {"BEAN", 0.96, 0, {{"BEAM", 0.9}}}}));
  EXPECT_FALSE(IsHarmless(
      {{"BEAM 12", 0.95, 1}, {"BEAN 12", 0.96, 0, {{"BEAM 12", 0.9}}}}));
  EXPECT_FALSE(IsHarmless(
      {{"SUPINE", 0.84, 1}, {"SUPANE", 0.96, 0, {{"SUPINE", 0.9}}}}));
  EXPECT_TRUE(IsHarmless(
      {{"SUPINE", 0.86, 1}, {"SUPANE", 0.96, 0, {{"SUPINE", 0.9}}}}));
}

TEST(HarmlessReadingsTest, FewLettersBesideTheSameNumberAreNoContradiction) {
  EXPECT_TRUE(IsHarmless({{"MI 1.3", 0.98, 1}, {"PT 1.3", 0.99, 0}}));
  EXPECT_TRUE(IsHarmless({{"TIS 0.7", 0.91, 1}, {"TS 0.7", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"TIS 0.7", 0.89, 1}, {"QZ 0.7", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"MI 1.3", 0.98, 1}, {"PT 1.8", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"MI 1.3", 0.98, 1}, {"ABPT 1.3", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"MI 3", 0.98, 1}, {"PT 3", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"IM 12345", 0.98, 1}, {"QZ 12345", 0.99, 0}}));
  // A man of 13 years.
  EXPECT_FALSE(IsHarmless({{"MI 13", 0.98, 1}, {"M 13", 0.99, 0}}));
}

TEST(HarmlessReadingsTest, TwoWhoAreVerySureOutvoteAnAgeThatIsHalfBelieved) {
  const Read sure = {"DFOV 44.8 CM", 0.98, 1};
  const Read alike = {"DFOV 44.8 CM", 0.96, 0};
  EXPECT_FALSE(IsHarmless({sure, alike, {"DFOV 44.8 0M", 0.9, 0}}));
  EXPECT_TRUE(IsHarmless(
      {sure, alike, {"DFOV 44.8 0M", 0.9, 0, {{"DFOV 44.8 CM", 0.2}}}}));
  EXPECT_FALSE(
      IsHarmless({sure, {"DFOV 44.8 0M", 0.9, 0, {{"DFOV 44.8 CM", 0.2}}}}));
}

TEST(HarmlessReadingsTest, ASignAtAnEndMayBeAnEdge) {
  EXPECT_TRUE(IsHarmless({{"FILE", 0.99, 1}, {"FILEL", 0.99, 0}}));
  EXPECT_TRUE(IsHarmless({{"120 KVPL", 0.98, 0}, {"120 KVPL", 0.92, 1}}));
  EXPECT_TRUE(IsHarmless({{"17.5 MAS", 0.96, 1}, {"17.5 MASL", 0.98, 0}}));
  EXPECT_TRUE(
      IsHarmless({{"~AREA 13.65 CM2", 0.95, 0}, {"QAREA 13.65 CM2", 0.95, 1}}));
}

TEST(HarmlessReadingsTest, NoEdgeMakesAWordHarmlessThatMayBeAName) {
  // A lone word that nobody reads without its first letter.
  EXPECT_FALSE(IsHarmless({{"DARROW", 0.99, 0}, {"DARROW", 0.95, 1}}));
  EXPECT_FALSE(IsHarmless({{"CLINE", 0.99, 0}, {"LINE", 0.95, 1}}));
  EXPECT_FALSE(IsHarmless({{"JWHITE", 0.99, 0}, {"WHITE", 0.95, 1}}));
  EXPECT_FALSE(IsHarmless({{"CLINE 12", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"DLEE 12", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"DOE 12", 0.99, 0}}));
  // A digit more is another number, and other letters are no edge.
  EXPECT_FALSE(IsHarmless({{"FILE", 0.99, 1}, {"FILEN", 0.99, 0}}));
  EXPECT_FALSE(IsHarmless({{"48211", 0.99, 0}, {"4821", 0.99, 1}}));
}

TEST(HarmlessReadingsTest, NoWordOfASiteIsKnownBehindAnEdge) {
  const auto site = BenignVocabulary::ForSite("[words]\nPATIENT\n");
  ASSERT_TRUE(site.ok());
  EXPECT_TRUE(IsHarmless({{"PATIENT 12", 0.99, 0}}, 0, &*site));
  EXPECT_FALSE(IsHarmless({{"QPATIENT 12", 0.99, 0}}, 0, &*site));
}

TEST(HarmlessReadingsTest, HarmlessTextsThatAreAlikeSecondOneAnother) {
  EXPECT_TRUE(
      IsHarmless({{"LAO28", 0.83, 1}, {"| LAO 23", 0.79, 2}, {"M", 0.85, 0}}));
  EXPECT_TRUE(IsHarmless(
      {{"30F/S", 0.96, 1}, {"38 F/S", 0.85, 2}, {"~ F/S", 0.84, 0}}));
  // Not where they have little in common, nor against a surer third.
  EXPECT_FALSE(IsHarmless(
      {{"CHEST PA", 0.8, 1}, {"SERIES 4", 0.79, 2}, {"CREZT QA", 0.7, 0}}));
  EXPECT_FALSE(IsHarmless(
      {{"LAO28", 0.83, 1}, {"LAO 23", 0.79, 2}, {"LEE 23", 0.85, 0}}));
  EXPECT_FALSE(IsHarmless(
      {{"LAO28", 0.83, 1}, {"LAO 23", 0.79, 1}, {"LEE 23", 0.6, 0}}));
}

TEST(HarmlessReadingsTest, ALetterReadSurelyOutweighsAVainAttempt) {
  EXPECT_TRUE(IsHarmless({{"P", 0.99, 1}, {"FALL", 0.55, 2}}, 20));
  EXPECT_FALSE(IsHarmless({{"P", 0.97, 1}, {"FALL", 0.55, 2}}, 20));
  EXPECT_FALSE(IsHarmless({{"P", 0.99, 1}, {"FALL", 0.7, 2}}, 20));
  EXPECT_FALSE(IsHarmless({{"P", 0.99, 1}, {"PERRY", 0.55, 2}}, 20));
  // In a longer box a word has room.
  EXPECT_FALSE(IsHarmless({{"P", 0.99, 1}, {"FALL", 0.55, 2}}, 30));
  EXPECT_FALSE(IsHarmless({{"L", 0.99, 1}, {"67 F", 0.55, 2}}, 20));
}

TEST(HarmlessReadingsTest, WhatIsLeftOfADateIsNotHarmless) {
  for (const char* text : {"-05-13", "13.05.", "05-13", ".05.13", "31/01"}) {
    EXPECT_FALSE(IsHarmless({{text, 0.99, 0}, {text, 0.98, 1}})) << text;
  }
  for (const char* text : {"12-5", "1/60", "-51.3", "IM 05/13", "60/90"}) {
    EXPECT_TRUE(IsHarmless({{text, 0.99, 0}, {text, 0.98, 1}})) << text;
  }
}

TEST(HarmlessReadingsTest, AnIdentifierWithAWrongDigitIsNoSlip) {
  EXPECT_FALSE(IsHarmless({{"IM 394", 0.95, 1}, {"LM39481", 0.96, 0}}));
  EXPECT_FALSE(IsHarmless({{"PID-123456", 0.95, 1}, {"P1D-123456", 0.96, 0}}));
}

}  // namespace
}  // namespace burntin
