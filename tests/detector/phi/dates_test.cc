#include "detector/phi/dates.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::Contains;
using testing::IsEmpty;

constexpr CalendarDate kDate{1970, 4, 2};

class DateFormatTest : public testing::TestWithParam<const char*> {};

TEST_P(DateFormatTest, CanMeanTheSecondOfApril1970) {
  const std::vector<FoundDate> found = DateFinder().Find(GetParam());
  ASSERT_FALSE(found.empty());
  bool means_it = false;
  for (const FoundDate& date : found) {
    for (const CalendarDate& meaning : date.meanings) {
      means_it = means_it || meaning == kDate;
    }
  }
  EXPECT_TRUE(means_it);
}

std::string RowNumber(const testing::TestParamInfo<const char*>& row) {
  std::string name = "Row" + std::to_string(row.index) + "_";
  for (const char* c = row.param; *c != '\0'; ++c) {
    name.push_back(std::isalnum(static_cast<unsigned char>(*c)) ? *c : '_');
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    Formats, DateFormatTest,
    testing::Values("1970-04-02", "1970/04/02", "1970.04.02", "1970 04 02",
                    "19700402", "02.04.1970", "02/04/1970", "2/4/1970",
                    "04/02/1970", "4/2/70", "02-04-70", "02041970",
                    "2 APR 1970", "02-APR-1970", "02APR1970", "2. APRIL 1970",
                    "APR 2, 1970", "APRIL 2 1970", "1970 APR 02",
                    "2 AVRIL 1970", "2 ABR 1970", "2ND APRIL 1970",
                    "DOB:02/04/1970", "BORN 02 04 1970", "70-04-02",
                    "4/2/197008:48:26", "2 HUHTIKUUTA 1970", "2 KWIETNIA 1970",
                    "2. DUBNA 1970", "2 APRILIE 1970", "2 NISAN 1970",
                    "2 APRELA 1970", "2 APRILIOU 1970", "1970. APRILIS 2",
                    "2. APRILIS 1970"),
    RowNumber);

TEST(MonthNameTest, MeansOneMonthInEachLanguage) {
  const std::vector<std::pair<std::string, int>> kMonths = {
      {"CERVEN", 6},    {"CERVENEC", 7}, {"CZERWCA", 6},    {"LISTOPADU", 11},
      {"SIERPNIA", 8},  {"ARALIK", 12},  {"MARRASKUU", 11}, {"MAJUS", 5},
      {"OCAK", 1},      {"DEKABRA", 12}, {"IULIE", 7},      {"SETTEMBRE", 9},
      {"DESEMBER", 12}, {"OKTOBER", 10}, {"MARTS", 3},      {"JUIN", 6},
      {"0CT", 10},      {"N0V", 11}};
  for (const auto& [name, month] : kMonths) {
    const auto found = DateFinder().Find("17 " + name + " 1970");
    ASSERT_FALSE(found.empty()) << name;
    EXPECT_THAT(found[0].meanings,
                testing::ElementsAre(CalendarDate{1970, month, 17}))
        << name;
  }
}

class NoDateTest : public testing::TestWithParam<const char*> {};

TEST_P(NoDateTest, IsFound) {
  EXPECT_THAT(DateFinder().Find(GetParam()), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Texts, NoDateTest,
                         testing::Values("", "12/48", "3/2/0", "14:23:53",
                                         "40/40/1970", "MAG 1.06 CM",
                                         "120 KVP 10 MAS", "12345678901",
                                         "MARKER 12", "1.3 2.6",
                                         "17 05:24:57PM"),
                         RowNumber);

class PossibleDateTest : public testing::TestWithParam<const char*> {};

TEST_P(PossibleDateTest, CanMeanTheSecondOfApril1970ButIsNoDateByItself) {
  EXPECT_THAT(DateFinder().Find(GetParam()), IsEmpty());
  bool means_it = false;
  for (const FoundDate& date : DateFinder().FindPossible(GetParam())) {
    means_it = means_it || testing::Value(date.meanings, Contains(kDate));
  }
  EXPECT_TRUE(means_it);
}

INSTANTIATE_TEST_SUITE_P(Formats, PossibleDateTest,
                         testing::Values("02 04 70", "2 4 70", "04 02 70",
                                         "70 04 02", "02.04 70", "02:04:70",
                                         "02: 04 70", "020470", "700402",
                                         "0204 70", "12 02 04 70",
                                         "SCAN 020470 X"),
                         RowNumber);

TEST(PossibleDateTest, IsNoPartOfALongerNumberOrWord) {
  for (const char* text : {"0204701", "A020470", "020470B", "02 04 701"}) {
    EXPECT_THAT(DateFinder().FindPossible(text), IsEmpty());
  }
}

TEST(DicomDateTest, IsReadWithAndWithoutDots) {
  EXPECT_EQ(ParseDicomDate("19700402"), kDate);
  EXPECT_EQ(ParseDicomDate("1970.04.02"), kDate);
  EXPECT_EQ(ParseDicomDate("19700402143000.00"), kDate);
}

TEST(DicomDateTest, IsNothingWhenItIsNoDate) {
  for (const char* value : {"", "1970", "00000000", "19701302", "ANON"}) {
    EXPECT_EQ(ParseDicomDate(value), std::nullopt);
  }
}

TEST(CompactSpellingsTest, HoldTheUsualOrders) {
  const std::vector<std::string> spellings = CompactSpellings(kDate);
  for (const char* spelling :
       {"19700402", "02041970", "04021970", "02APR1970", "APR021970"}) {
    EXPECT_THAT(spellings, Contains(spelling));
  }
}

}  // namespace
}  // namespace burntin
