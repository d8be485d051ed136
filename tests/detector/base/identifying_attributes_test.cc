#include "detector/base/identifying_attributes.h"

#include <set>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace burntin {
namespace {

TEST(IdentifyingAttributesTest, EachKeywordAndEachTagHasOneRow) {
  std::set<std::string_view> keywords;
  std::set<std::pair<int, int>> tags;
  for (const IdentifyingAttribute& row : IdentifyingAttributes()) {
    EXPECT_TRUE(keywords.insert(row.keyword).second) << row.keyword;
    EXPECT_TRUE(tags.insert({row.group, row.element}).second) << row.keyword;
  }
}

TEST(IdentifyingAttributesTest, ThePatientComesFirst) {
  EXPECT_EQ(IdentifyingAttributes()[0].keyword, "PatientName");
}

TEST(KindOfAttributeTest, AnUnknownKeywordIsJudgedByItsEnding) {
  EXPECT_EQ(KindOfAttribute("PatientName"), IdentifierKind::kPatientName);
  EXPECT_EQ(KindOfAttribute("SomeDate"), IdentifierKind::kEventDate);
  EXPECT_EQ(KindOfAttribute("SomeDateTime"), IdentifierKind::kEventDate);
  EXPECT_EQ(KindOfAttribute("SomeName"), IdentifierKind::kStaffName);
  EXPECT_EQ(KindOfAttribute("SomeNumber"), IdentifierKind::kWeakIdentifier);
  EXPECT_EQ(KindOfAttribute("Some"), IdentifierKind::kOther);
}

}  // namespace
}  // namespace burntin
