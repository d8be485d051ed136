#include "detector/phi/ages.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::AllOf;
using testing::Contains;

TEST(AgeInYearsTest, CountsCompletedYears) {
  EXPECT_EQ(AgeInYears({1957, 4, 2}, {2020, 4, 1}), 62);
  EXPECT_EQ(AgeInYears({1957, 4, 2}, {2020, 4, 2}), 63);
  EXPECT_EQ(AgeInYears({2020, 4, 2}, {2020, 4, 2}), 0);
}

TEST(AgeInYearsTest, IsNothingForWhatIsNoAge) {
  EXPECT_EQ(AgeInYears({2021, 1, 1}, {2020, 1, 1}), std::nullopt);
  EXPECT_EQ(AgeInYears({1800, 1, 1}, {2020, 1, 1}), std::nullopt);
}

TEST(ParseDicomAgeTest, ReadsYearsOnly) {
  EXPECT_EQ(ParseDicomAge("062Y"), 62);
  for (const char* value : {"006M", "", "Y", "0000062Y", "A62Y", "999Y"}) {
    EXPECT_EQ(ParseDicomAge(value), std::nullopt);
  }
}

TEST(AgeSpellingsTest, AreThoseOfMachinesAndPeople) {
  EXPECT_THAT(AgeSpellings(62), AllOf(Contains("062Y"), Contains("62Y"),
                                      Contains("62YRS"), Contains("AGE62")));
  EXPECT_THAT(AgeSpellings(104), Contains("104Y"));
}

}  // namespace
}  // namespace burntin
