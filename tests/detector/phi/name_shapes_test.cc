#include "detector/phi/name_shapes.h"

#include <gtest/gtest.h>

#include <string_view>

#include "detector/phi/benign_vocabulary.h"

namespace burntin {
namespace {

double Score(std::string_view folded) {
  static const BenignVocabulary* const vocabulary =
      new BenignVocabulary(BuiltInBenignVocabulary());
  const auto found = FindNameShapes(folded, *vocabulary);
  return found.empty() ? 0 : found.front().score;
}

TEST(NameShapesTest, WordsThatNoListKnowsMayBeAName) {
  for (const char* text :
       {"KATARZINA SAMPLEWOOD", "SAMPLEWOOD, KATARZINA", "SAMPLEWOOD, K.",
        "K. SAMPLEWOOD", "DR SAMPLEWOOD", "VAN DER MEERSLOOT, GUNTHARD",
        "O'TESTERBY ANNE-MARIE", "KATARZINA SAMPLEWOOD}", "SAMPLEWOOD, |",
        "SAMPLEWOOD, 0.", "NAME SAMPLEWOOD", "SAMPLEWOOD, KATARZINA32Y/M",
        "SAMPLEWOOD KATARZINA081Y", "SAMPLEWOOD, KATARZINA7J F"}) {
    EXPECT_GE(Score(text), 0.75) << text;
  }
}

TEST(NameShapesTest, ACaretPartsTheComponentsOfAName) {
  for (const char* text : {"SAMPLEWOOD^KATARZINA", "SAMPLEWOOD^K",
                           "VAN DER MEERSLOOT^ GUNTHARD"}) {
    EXPECT_GE(Score(text), 0.85) << text;
  }
}

TEST(NameShapesTest, OtherTextIsNone) {
  for (const char* text : {"",
                           "^",
                           "SAMPLEWOOD",
                           "L^R",
                           "LEFT^KNEE",
                           "LEFT SAMPLEWOOD",
                           "SAMPLEWOOD HOSPITAL",
                           "SAMPLEWOOD MED CTR",
                           "WWW.SAMPLEWOOD.ORG",
                           "SAMPLEWOOD.",
                           "NOT FOR DIAGNOSIS",
                           "AB CD",
                           "DR",
                           "VAN DER",
                           "SAMPLEWOOD 120 KATARZINA",
                           "SAMPLEWOOD KATARZINA3245Y",
                           "SAMPLEWOOD KATARZINA32",
                           "SAMPLEWOOD32Y",
                           "32Y/M",
                           "Y",
                           "ONE^12",
                           "DR LEFT",
                           "AAAA BBBB CCCC DDDD EEEE"}) {
    EXPECT_EQ(Score(text), 0) << text;
  }
}

TEST(NameShapesTest, ThePlaceIsThatOfTheName) {
  static const BenignVocabulary vocabulary(BuiltInBenignVocabulary());
  const auto found = FindNameShapes("| KATARZINA SAMPLEWOOD |", vocabulary);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].begin, 2);
  EXPECT_EQ(found[0].end, 22);
}

}  // namespace
}  // namespace burntin
