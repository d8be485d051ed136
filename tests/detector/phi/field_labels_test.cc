#include "detector/phi/field_labels.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace burntin {
namespace {

const BenignVocabulary& Vocabulary() {
  static const auto* vocabulary =
      new BenignVocabulary(BuiltInBenignVocabulary());
  return *vocabulary;
}

std::vector<Evidence> Find(const std::string& folded) {
  static const auto* labels = new FieldLabels(BuiltInFieldLabels());
  return labels->Find(folded, Vocabulary(), Vocabulary());
}

struct FieldCase {
  std::string name;
  std::string text;
  Category category;
  std::string value;
};

class FieldTest : public testing::TestWithParam<FieldCase> {};

TEST_P(FieldTest, HasTheValueBehindItsLabel) {
  const FieldCase& row = GetParam();
  bool is_found = false;
  for (const Evidence& evidence : Find(row.text)) {
    is_found = is_found ||
               (evidence.category == row.category &&
                row.text.substr(evidence.begin,
                                evidence.end - evidence.begin) == row.value);
  }
  EXPECT_TRUE(is_found);
}

constexpr Category kName = Category::kPersonName;
constexpr Category kId = Category::kIdentifier;
constexpr Category kDate = Category::kDate;

INSTANTIATE_TEST_SUITE_P(
    Languages, FieldTest,
    testing::ValuesIn(std::vector<FieldCase>{
        {"EnglishName", "PATIENT NAME QUUX FROB", kName, "QUUX FROB"},
        {"EnglishNameWithAnApostrophe", "PATIENT'S NAME: QUUX", kName, "QUUX"},
        {"GermanName", "NACHNAME: QUUX", kName, "QUUX"},
        {"FrenchName", "NOM : QUUX", kName, "QUUX"},
        {"SpanishName", "APELLIDOS QUUX FROB", kName, "QUUX FROB"},
        {"ItalianName", "COGNOME: QUUX", kName, "QUUX"},
        {"PortugueseName", "NOME DO PACIENTE: QUUX", kName, "QUUX"},
        {"DutchName", "ACHTERNAAM: QUUX", kName, "QUUX"},
        {"SwedishName", "EFTERNAMN QUUX", kName, "QUUX"},
        {"DanishName", "NAVN: QUUX", kName, "QUUX"},
        {"FinnishName", "SUKUNIMI: QUUX", kName, "QUUX"},
        {"PolishName", "IMIE I NAZWISKO: QUUX", kName, "QUUX"},
        {"CzechName", "PRIJMENI: QUUX", kName, "QUUX"},
        {"HungarianName", "NEV: QUUX", kName, "QUUX"},
        {"RomanianName", "NUME: QUUX", kName, "QUUX"},
        {"TurkishName", "ADI SOYADI: QUUX", kName, "QUUX"},
        {"GreekName", "EPONYMO: QUUX", kName, "QUUX"},
        {"RussianName", "FAMILIA: QUUX", kName, "QUUX"},
        {"NameWithALookalike", "NAME: QU0X", kName, "QU0X"},
        {"LabelWithALookalike", "PAT1ENT NAME: QUUX", kName, "QUUX"},
        {"NameBeforeAnotherLabel", "NAME: QUUX DOB: 02/04/1970", kName, "QUUX"},
        {"NameBeforeANumber", "NAME: QUUX 02/04/1970", kName, "QUUX"},
        {"Physician", "REF PHYS: QUUX", kName, "QUUX"},
        {"GermanPhysician", "ARZT: QUUX", kName, "QUUX"},
        {"Operator", "OPERATOR: QX", kName, "QX"},
        {"EnglishBirth", "DOB 02APR1970", kDate, "02APR1970"},
        {"EnglishBirthInDots", "D.O.B.: 02/04/70", kDate, "02/04/70"},
        {"GermanBirth", "GEB. AM: 2.4.", kDate, "2.4."},
        {"FrenchBirth", "NE(E) LE 02/04/1970", kDate, "02/04/1970"},
        {"SpanishBirth", "FECHA DE NACIMIENTO: 2 ABR 70", kDate, "2 ABR 70"},
        {"ItalianBirth", "DATA DI NASCITA 02/04/1970", kDate, "02/04/1970"},
        {"DutchBirth", "GEBOORTEDATUM 02-04-1970", kDate, "02-04-1970"},
        {"PolishBirth", "DATA URODZENIA: 1970", kDate, "1970"},
        {"CzechBirth", "DATUM NAROZENI 2.4.1970", kDate, "2.4.1970"},
        {"TurkishBirth", "DOGUM TARIHI: 02.04.1970", kDate, "02.04.1970"},
        {"BirthWithoutAShape", "DOB: 19?? 04", kDate, "19?? 04"},
        {"PatientId", "PATIENT ID: 471 M", kId, "471"},
        {"PatientIdOfLetters", "PATIENT ID: QUUX", kId, "QUUX"},
        {"PatientIdInTwoParts", "PID: AB 1234", kId, "AB 1234"},
        {"Accession", "ACC NO 2020A4711", kId, "2020A4711"},
        {"GermanCase", "FALLNUMMER 4711", kId, "4711"},
        {"FrenchFile", "NO DOSSIER : 4711", kId, "4711"},
        {"NameOfWordsThatPeopleAreCalledBy", "NAME: STONE", kName, "STONE"},
        {"NameOfTwoSuchWords", "NAME: GRAY LONG", kName, "GRAY LONG"},
        {"NamesOfMonths", "NAME: JUNE MAY", kName, "JUNE MAY"},
        {"OperatorOfSuchAWord", "OPERATOR: GREEN", kName, "GREEN"},
        {"UnitNumber", "UNIT NO 45", kId, "45"},
        {"ExamNumber", "EXAM NO: 3", kId, "3"},
        {"MedicalRecord", "MEDICAL RECORD 7", kId, "7"},
        {"Bed", "BED: 12", kId, "12"},
        {"BedNumber", "BED NO 12", kId, "12"},
        {"ReferringDoctor", "REF DR AL", kName, "AL"},
        {"Age", "AGE: 45", kDate, "4"},
        {"Sex", "SEX: F", Category::kOther, "F"},
        {"Institution", "INSTITUTION: QUUX", Category::kInstitution, "QUUX"},
        {"Address", "ADDRESS: 1 QUUX", Category::kContact, "1 QUUX"},
        {"Phone", "TELEFON: 471 147", Category::kContact, "471 147"},
    }),
    [](const testing::TestParamInfo<FieldCase>& row) {
      return row.param.name;
    });

TEST(FieldLabelsTest, FindNothingWithoutALabelOrAValue) {
  for (const char* text : {"",
                           "NAME:",
                           "NAME",
                           "DOB",
                           "QUUX",
                           "THE NAME QUUX",
                           "NAME: CHEST",
                           "PATIENT ID",
                           "ID: L",
                           "ID 12",
                           "DOB: X",
                           "ID QUUX",
                           "CASE OF",
                           "10: 47",
                           "W: 3498 L: 2000",
                           "HC: 123 MM",
                           "NAMES: QUUX",
                           "AGE 5",
                           "BED 12",
                           "MEDICAL RECORD SYSTEM",
                           "IMA: 12 MM",
                           "NAME: CHEST GREEN AP"}) {
    EXPECT_TRUE(Find(text).empty()) << text;
  }
}

TEST(FieldLabelsTest, AreReadFromATextOfTheSameForm) {
  const FieldLabels own(
      "# comment\nLOST\n[other]\nLOST\n[name]\nMY LABEL\nWORD:\n");
  const auto finds = [&](const char* text) {
    return !own.Find(text, Vocabulary(), Vocabulary()).empty();
  };
  EXPECT_TRUE(finds("MY LABEL QUUX"));
  EXPECT_TRUE(finds("MYLABEL QUUX"));
  EXPECT_TRUE(finds("WORD: QUUX"));
  EXPECT_FALSE(finds("WORD QUUX"));
  EXPECT_FALSE(finds("LOST: QUUX"));
  EXPECT_FALSE(finds("COMMENT: QUUX"));
}

}  // namespace
}  // namespace burntin
