#include "server/routing/header_facts.h"

#include <gmock/gmock.h>

#include <string>

#include "server/routing/pattern.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Values(Attribute attribute, std::string_view text) {
  HeaderFacts facts;
  facts.Set(attribute, text);
  return facts.Values(attribute);
}

TEST(HeaderFactsTest, PaddingIsNoPartOfAValue) {
  EXPECT_THAT(Values(Attribute::kModality, " CT "), ElementsAre("CT"));
  EXPECT_THAT(Values(Attribute::kSopClassUid, std::string("1.2\0", 4)),
              ElementsAre("1.2"));
}

TEST(HeaderFactsTest, ValuesArePartedByBackslashes) {
  EXPECT_THAT(Values(Attribute::kImageType, "ORIGINAL\\PRIMARY\\ AXIAL\\"),
              ElementsAre("ORIGINAL", "PRIMARY", "AXIAL"));
}

TEST(HeaderFactsTest, AnEmptyValueIsUnknown) {
  EXPECT_THAT(Values(Attribute::kModality, ""), IsEmpty());
  EXPECT_THAT(Values(Attribute::kModality, "   "), IsEmpty());
}

TEST(HeaderFactsTest, TwoValuesWhereOneMayBeAreUnknown) {
  EXPECT_THAT(Values(Attribute::kModality, "CT\\US"), IsEmpty());
}

TEST(HeaderFactsTest, AValueThatIsNotUtf8IsUnknown) {
  EXPECT_THAT(Values(Attribute::kManufacturerModelName, "Aera\xFF"), IsEmpty());
  EXPECT_THAT(Values(Attribute::kManufacturerModelName, "Z\xC3\xBC"),
              ElementsAre("Z\xC3\xBC"));
}

TEST(HeaderFactsTest, AValueWithAControlCharacterIsUnknown) {
  for (const std::string& text :
       {std::string("U\0S", 3), std::string("\0US", 3), std::string("US\x1B"),
        std::string("U\nS"), std::string("US\x7F"),
        std::string("U\xC2\x85S")}) {
    EXPECT_THAT(Values(Attribute::kModality, text), IsEmpty());
    EXPECT_THAT(Values(Attribute::kSoftwareVersions, "1\\" + text), IsEmpty());
  }
  EXPECT_THAT(Values(Attribute::kStationName, "M\xC2\xA0R"),
              ElementsAre("M\xC2\xA0R"));
}

TEST(HeaderFactsTest, AValueLongerThanAnyDeviceWritesIsUnknown) {
  EXPECT_THAT(Values(Attribute::kManufacturer, std::string(1025, 'A')),
              IsEmpty());
}

TEST(HeaderFactsTest, BurnedInAnnotationHasThreeValues) {
  EXPECT_THAT(HeaderFacts().Values(Attribute::kBurnedInAnnotation),
              ElementsAre("ABSENT"));
  EXPECT_THAT(Values(Attribute::kBurnedInAnnotation, " "),
              ElementsAre("ABSENT"));
  EXPECT_THAT(Values(Attribute::kBurnedInAnnotation, "yes"),
              ElementsAre("YES"));
  EXPECT_THAT(Values(Attribute::kBurnedInAnnotation, "NO"), ElementsAre("NO"));
}

TEST(HeaderFactsTest, AnyOtherBurnedInAnnotationIsUnknown) {
  for (const char* text : {"MAYBE", "ABSENT", "NO\\YES", "\xFF"}) {
    EXPECT_THAT(Values(Attribute::kBurnedInAnnotation, text), IsEmpty());
  }
}

TEST(HeaderFactsTest, EveryFactOfAHeaderIsTaken) {
  Header header;
  header.modality = "CT";
  header.manufacturer = "ACME";
  header.manufacturer_model_name = "Scanner";
  header.software_versions = "1\\2";
  header.sop_class_uid = "1.2";
  header.image_type = "ORIGINAL\\PRIMARY";
  header.burned_in_annotation = "NO";
  header.station_name = "CT1";
  const HeaderFacts facts = FactsOf(header);
  std::string all;
  for (const AttributeRow& row : AttributeTable()) {
    for (const std::string& value : facts.Values(row.attribute)) {
      all += value + ",";
    }
  }
  EXPECT_EQ(all, "CT,ACME,Scanner,1,2,1.2,ORIGINAL,PRIMARY,NO,CT1,");
}

TEST(PatternTest, HasToMatchAllOfAValue) {
  const auto pattern = Pattern::Compile("CT", LetterCase::kCounts);
  ASSERT_TRUE(pattern.ok());
  EXPECT_TRUE(pattern->Matches("CT"));
  for (const char* text : {"RTSTRUCT", "CTA", "ct", "", "CT\n"}) {
    EXPECT_FALSE(pattern->Matches(text)) << text;
  }
}

TEST(PatternTest, LetterCaseMayBeIgnored) {
  const auto pattern = Pattern::Compile("aera.*", LetterCase::kIgnored);
  ASSERT_TRUE(pattern.ok());
  EXPECT_TRUE(pattern->Matches("AERA XT"));
}

TEST(PatternTest, WhatIsNoPatternOrTooLargeIsRefused) {
  EXPECT_FALSE(Pattern::Compile("a(", LetterCase::kCounts).ok());
  EXPECT_FALSE(
      Pattern::Compile("((a{100}){100}){100}", LetterCase::kCounts).ok());
}

}  // namespace
}  // namespace burntin
