#include "detector/phi/patterns.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace burntin {
namespace {

constexpr double kIdentifying = 0.8;

std::string RowName(size_t index, const std::string& text) {
  std::string name = "Row" + std::to_string(index) + "_";
  for (const char c : text) {
    name.push_back(std::isalnum(static_cast<unsigned char>(c)) ? c : '_');
  }
  return name;
}

std::vector<Evidence> Find(const std::string& folded) {
  static const auto* vocabulary =
      new BenignVocabulary(BuiltInBenignVocabulary());
  static const auto* dates = new DateFinder();
  static const auto* patterns = new PatternFinder();
  return patterns->Find(folded, *vocabulary, *dates);
}

struct PatternCase {
  std::string text;
  Category category;
};

class IdentifyingPatternTest : public testing::TestWithParam<PatternCase> {};

TEST_P(IdentifyingPatternTest, IsFound) {
  const std::vector<Evidence> found = Find(GetParam().text);
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const Evidence& e) {
    return e.category == GetParam().category && e.score >= kIdentifying;
  }));
}

INSTANTIATE_TEST_SUITE_P(Texts, IdentifyingPatternTest,
                         testing::ValuesIn(std::vector<PatternCase>{
                             {"NAME: DOE, JANE", Category::kPersonName},
                             {"NAME:DOEJANE", Category::kPersonName},
                             {"PATIENT NAME DOE JANE", Category::kPersonName},
                             {"PATIENTNAME:DOE", Category::kPersonName},
                             {"NOM: DUPONT", Category::kPersonName},
                             {"NACHNAME: MEIER", Category::kPersonName},
                             {"DR. MEIER", Category::kPersonName},
                             {"DOE^JANE", Category::kPersonName},
                             {"DOE JANE [F] 03.09.2012", Category::kPersonName},
                             {"DOB: 02/04/1970", Category::kDate},
                             {"DOB:02/04/70", Category::kDate},
                             {"D0B 02APR1970", Category::kDate},
                             {"DATE OF BIRTH 1970-04-02", Category::kDate},
                             {"PATIENTBIRTHDATE:19700402", Category::kDate},
                             {"GEB. 02.04.1970", Category::kDate},
                             {"GEBOREN AM 02.04.1970", Category::kDate},
                             {"F. NAC. 02/04/1970", Category::kDate},
                             {"PATIENT ID: MF-0000013", Category::kIdentifier},
                             {"PATIENTID:MF-0000013", Category::kIdentifier},
                             {"MRN: S4214563-1", Category::kIdentifier},
                             {"ID 12345678", Category::kIdentifier},
                             {"ACC#: 4711", Category::kIdentifier},
                             {"ACCESSION NO 2020A4711", Category::kIdentifier},
                             {"PID: 125-98-445", Category::kIdentifier},
                             {"00079241539", Category::kIdentifier},
                             {"125-98-4457", Category::kIdentifier},
                             {"S4214563-1", Category::kIdentifier},
                             {"JANE.DOE@EXAMPLE.ORG", Category::kContact},
                             {"TEL. 0123 456789", Category::kContact},
                             {"(555) 123-4567", Category::kContact},
                             {"555-123-4567", Category::kContact},
                             {"+44 20 7946 0000", Category::kContact},
                             {"+442079460000", Category::kContact},
                             {"0049 30 1234567", Category::kContact},
                             {"030/1234567", Category::kContact},
                             {"01 23 45 67 89", Category::kContact},
                             {"EMAIL: QUUX(AT)EXAMPLE", Category::kContact},
                             {"REF PHYS: QUUX", Category::kPersonName},
                             {"APELLIDOS: QUUX", Category::kPersonName},
                             {"JANE HOLLAND", Category::kPersonName},
                             {"943 476 5919", Category::kIdentifier},
                             {"756.9217.0769.85", Category::kIdentifier},
                             {"FALLNUMMER: QUUX", Category::kIdentifier},
                             {"DATUM NAROZENI 2.4.70", Category::kDate},
                         }),
                         [](const testing::TestParamInfo<PatternCase>& row) {
                           return RowName(row.index, row.param.text);
                         });

class WeakPatternTest : public testing::TestWithParam<PatternCase> {};

TEST_P(WeakPatternTest, IsFoundButNamesNobodyAlone) {
  const std::vector<Evidence> found = Find(GetParam().text);
  ASSERT_FALSE(found.empty());
  for (const Evidence& evidence : found) {
    EXPECT_EQ(evidence.category, GetParam().category);
    EXPECT_LT(evidence.score, kIdentifying);
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, WeakPatternTest,
                         testing::ValuesIn(std::vector<PatternCase>{
                             {"DOE, JANE", Category::kPersonName},
                             {"142825", Category::kIdentifier},
                             {"GENERAL HOSPITAL", Category::kInstitution},
                             {"NORTH MED CTR", Category::kInstitution},
                             {"KLINIKUM QUUX", Category::kInstitution},
                             {"UNIVERSITATSSPITAL", Category::kInstitution},
                             {"SZPITAL", Category::kInstitution},
                             {"DEPT. OF RADIOLOGY", Category::kInstitution},
                             {"HEALTH CENTRE", Category::kInstitution},
                             {"045Y", Category::kDate},
                             {"62 ANS", Category::kDate},
                             {"62 YEARS OLD", Category::kDate},
                             {"AGE: 62", Category::kDate},
                             {"ALTER: 62", Category::kDate},
                             {"12345 QUUXVILLE", Category::kContact},
                             {"QUUXVILLE SW1A 1AA", Category::kContact},
                             {"1234 AB QUUXDAM", Category::kContact},
                             {"QUUXVILLE NY 12345", Category::kContact},
                             {"12 QUUX STREET", Category::kContact},
                             {"QUUXSTRASSE 12", Category::kContact},
                             {"WWW.EXAMPLE.ORG", Category::kContact},
                         }),
                         [](const testing::TestParamInfo<PatternCase>& row) {
                           return RowName(row.index, row.param.text);
                         });

class NoPatternTest : public testing::TestWithParam<std::string> {};

TEST_P(NoPatternTest, IsFound) { EXPECT_TRUE(Find(GetParam()).empty()); }

INSTANTIATE_TEST_SUITE_P(
    Texts, NoPatternTest,
    testing::Values("", "CHEST, PORTABLE", "W: 3498 L: 2000", "14:23:53",
                    "12/48", "IM 12 SE 3", "19700402", "120 KVP", "0.1234567",
                    "DR 60", "NAME:", "L12 5HZ", "C50 6DB", "1024 CHEST",
                    "12 LAT", "HC: 123 MM", "30 FR", "100 200 300",
                    "2000 4000 6000", "T1W 2D3", "PRC 16/4/1 PRS 4",
                    "CENTER 40 WIDTH 400", "HEALTHCARE", "WITH 2 MM SLICE",
                    "10 SUB 12"),
    [](const testing::TestParamInfo<std::string>& row) {
      return RowName(row.index, row.param);
    });

TEST(PatternPlaceTest, IsThatOfTheValue) {
  const std::vector<Evidence> found = Find("DOB: 02/04/1970");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].begin, 5);
  EXPECT_EQ(found[0].end, 15);
}

}  // namespace
}  // namespace burntin
