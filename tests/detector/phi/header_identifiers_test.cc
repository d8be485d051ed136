#include "detector/phi/header_identifiers.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

HeaderTerms TermsFor(std::string keyword, std::string value) {
  Header header;
  header.identifiers.push_back({std::move(keyword), PhiText(value)});
  return TermsOf(header, TextFolder());
}

std::vector<std::string> Characters(const HeaderTerms& terms) {
  std::vector<std::string> characters;
  for (const SearchTerm& term : terms.terms) {
    characters.push_back(term.characters);
  }
  return characters;
}

TEST(NameTermsTest, HoldPartsJoinedPartsAndInitials) {
  EXPECT_THAT(Characters(TermsFor("PatientName", "Doe^Jane")),
              AllOf(Contains("DOE"), Contains("JANE"), Contains("DOEJANE"),
                    Contains("JANEDOE"), Contains("JDOE"), Contains("DOEJ")));
}

TEST(NameTermsTest, LeaveOutTitlesAndParticles) {
  EXPECT_THAT(Characters(TermsFor("PatientName", "van Doe^Jane^^Dr^Jr")),
              AllOf(Not(Contains("VAN")), Not(Contains("DR")),
                    Not(Contains("JR")), Contains("DOE")));
}

TEST(NameTermsTest, HoldAParticleThatIsAWholeFamilyOrGivenName) {
  EXPECT_THAT(Characters(TermsFor("PatientName", "LE^VAN")),
              AllOf(Contains("LE"), Contains("VAN"), Contains("LEVAN")));
  EXPECT_THAT(Characters(TermsFor("PatientName", "Do^Van Anh")),
              AllOf(Contains("DO"), Contains("ANH"), Not(Contains("VAN"))));
}

TEST(NameTermsTest, HoldBothSpellingsOfAnUmlaut) {
  EXPECT_THAT(Characters(TermsFor("PatientName", "Müller^Eva")),
              AllOf(Contains("MULLER"), Contains("MUELLER")));
}

TEST(NameTermsTest, HoldEveryGroupOfRepresentations) {
  EXPECT_THAT(Characters(TermsFor("PatientName", "Yamada^Taro=山田^太郎")),
              AllOf(Contains("YAMADA"), Contains("TARO")));
}

class PlaceholderTest : public testing::TestWithParam<const char*> {};

TEST_P(PlaceholderTest, GivesNoTerm) {
  EXPECT_THAT(TermsFor("PatientName", GetParam()).terms, IsEmpty());
  EXPECT_THAT(TermsFor("PatientID", GetParam()).terms, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Values, PlaceholderTest,
                         testing::Values("", " ", "ANONYMOUS", "unknown",
                                         "None", "0", "000000", "xxxxxx",
                                         "TEST", "N/A"),
                         [](const auto& row) {
                           return "Row" + std::to_string(row.index);
                         });

TEST(IdentifierTermsTest, SingleCharactersAndShortStudyNumbersGiveNoTerm) {
  EXPECT_THAT(TermsFor("PatientID", "7").terms, IsEmpty());
  EXPECT_THAT(TermsFor("StudyID", "1234").terms, IsEmpty());
  EXPECT_THAT(TermsFor("RequestedProcedureID", "1234").terms, IsEmpty());
}

TEST(IdentifierTermsTest, TwoOrThreeCharactersAreAWeakWholeWord) {
  for (const char* id : {"12", "P07", "P-07"}) {
    const HeaderTerms terms = TermsFor("PatientID", id);
    ASSERT_EQ(terms.terms.size(), 1u);
    EXPECT_EQ(terms.terms[0].placement, Placement::kWholeWord);
    EXPECT_LT(terms.terms[0].score, 0.8);
  }
}

size_t CharactersOf(const HeaderTerms& terms) {
  size_t characters = 0;
  for (const SearchTerm& term : terms.terms) {
    characters += term.characters.size();
  }
  return characters;
}

void ExpectBoundedButNotComplete(const HeaderTerms& terms) {
  EXPECT_FALSE(terms.is_complete);
  EXPECT_LE(terms.terms.size(), kMostTerms);
  EXPECT_LE(CharactersOf(terms), kMostTermCharacters);
}

TEST(HostileHeaderTest, GivesABoundedNumberOfTermsOfBoundedLength) {
  std::string name;
  for (int i = 0; i < 30000; ++i) name += "A" + std::to_string(i % 7) + " ";
  const HeaderTerms words = TermsFor("PatientName", name);
  EXPECT_LT(words.terms.size(), 1000u);
  ExpectBoundedButNotComplete(words);
  const HeaderTerms one = TermsFor("PatientID", std::string(64000, 'A') + "B");
  ExpectBoundedButNotComplete(one);
  for (const SearchTerm& term : one.terms) {
    EXPECT_LE(term.characters.size(), 768u);
  }
  Header header;
  for (int i = 0; i < 30000; ++i) {
    header.identifiers.push_back(
        {"OtherPatientIDs", PhiText("AB" + std::to_string(i))});
  }
  ExpectBoundedButNotComplete(TermsOf(header, TextFolder()));
}

TEST(HostileHeaderTest, GivesBoundedTermsWhateverItsAttributes) {
  Header header;
  for (int i = 0; i < 1000; ++i) {
    std::string name;
    for (int word = 0; word < 20; ++word) {
      name += "Nam" + std::to_string(i * 100 + word) + " ";
    }
    header.identifiers.push_back(
        {"Attribute" + std::to_string(i) + "Name", PhiText(name)});
  }
  ExpectBoundedButNotComplete(TermsOf(header, TextFolder()));
}

TEST(LongHeaderTest, IsCompleteWithAHundredValuesOfOneAttribute) {
  Header header;
  for (int i = 0; i < 100; ++i) {
    header.identifiers.push_back(
        {"OtherPatientIDs", PhiText("AB" + std::to_string(1000 + i))});
  }
  const HeaderTerms terms = TermsOf(header, TextFolder());
  EXPECT_TRUE(terms.is_complete);
  EXPECT_THAT(Characters(terms), Contains("AB1099"));
}

TEST(LongHeaderTest, IsCompleteWithTheLongestNameAndIdentifierOfTheStandard) {
  EXPECT_TRUE(TermsFor("PatientName", std::string(64, 'A') + "=" +
                                          std::string(64, 'B') + "=" +
                                          std::string(64, 'C'))
                  .is_complete);
  EXPECT_TRUE(TermsFor("PatientID", std::string(64, '7')).is_complete);
}

TEST(LongHeaderTest, RunningTextIsLookedForToItsEnd) {
  std::string comment;
  for (int i = 0; i < 200; ++i) comment += "and so on ";
  const HeaderTerms terms =
      TermsFor("PatientComments", comment + "for Holloway");
  EXPECT_TRUE(terms.is_complete);
  EXPECT_THAT(Characters(terms), Contains("HOLLOWAY"));
}

TEST(HostileHeaderTest, IsCutBetweenCharacters) {
  std::string name = "a";
  for (int i = 0; i < 1000; ++i) name += "\u00e9";
  EXPECT_THAT(Characters(TermsFor("PatientName", name)),
              testing::Each(Not(testing::HasSubstr("~"))));
}

TEST(AttributeTest, NamesOfStaffAndNumbersOfVisitsAreLookedFor) {
  for (const char* keyword :
       {"PhysiciansOfRecord", "ScheduledPerformingPhysicianName"}) {
    EXPECT_EQ(TermsFor(keyword, "Craig^Mark").terms.front().category,
              Category::kPersonName);
  }
  for (const char* keyword : {"AdmissionID", "RequestedProcedureID"}) {
    EXPECT_EQ(TermsFor(keyword, "AB12345").terms.front().category,
              Category::kIdentifier);
  }
}

TEST(IdentifierTermsTest, ALongNumberForgivesMoreErrors) {
  const auto limit = [](const char* id) {
    return TermsFor("PatientID", id).terms.front().limit;
  };
  EXPECT_LT(limit("4711"), limit("471147"));
  EXPECT_LT(limit("471147"), limit("4711471147"));
}

TEST(IdentifierTermsTest, LeadingZerosMayBeLeftOut) {
  EXPECT_THAT(Characters(TermsFor("PatientID", "0004711471")),
              AllOf(Contains("0004711471"), Contains("4711471")));
}

TEST(DateTermsTest, ABirthDateWeighsMoreThanAStudyDate) {
  const HeaderTerms birth = TermsFor("PatientBirthDate", "19700402");
  const HeaderTerms study = TermsFor("StudyDate", "20200402");
  ASSERT_EQ(birth.dates.size(), 1u);
  ASSERT_EQ(study.dates.size(), 1u);
  EXPECT_GT(birth.dates[0].score, study.dates[0].score);
}

TEST(UnknownAttributeTest, IsStillLookedFor) {
  EXPECT_THAT(Characters(TermsFor("PatientReligiousPreference", "Quaker")),
              Contains("QUAKER"));
}

}  // namespace
}  // namespace burntin
