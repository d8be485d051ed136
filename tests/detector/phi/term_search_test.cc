#include "detector/phi/term_search.h"

#include <optional>
#include <string>
#include <string_view>

#include "detector/phi/header_evidence.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

class TermSearchTest : public testing::Test {
 protected:
  // The gravest evidence of one attribute in `line`, on a plane that holds
  // `others` as well; 0 for none.
  double Score(const Header& header, const std::string& line,
               const std::string& keyword, const std::string& others = "") {
    const TextFolder folder;
    Passage passage;
    passage.Append(0, folder.Fold(line));
    TextShape shape;
    shape.Add(folder.Fold(line), vocabulary_);
    shape.Add(folder.Fold(others), vocabulary_);
    double score = 0;
    for (const Evidence& evidence :
         FindTerms(TermsOf(header, folder), passage, shape, vocabulary_)) {
      if (evidence.attribute == keyword) {
        score = std::max(score, evidence.score);
      }
    }
    return score;
  }

  double Named(const std::string& name, const std::string& line,
               const std::string& others = "") {
    return Score(With("PatientName", name), line, "PatientName", others);
  }
  double Numbered(const std::string& id, const std::string& line,
                  const std::string& others = "") {
    return Score(With("PatientID", id), line, "PatientID", others);
  }

  static Header With(std::string keyword, std::string value) {
    Header header;
    header.identifiers.push_back(
        {std::move(keyword), PhiText(std::move(value))});
    return header;
  }

  BenignVocabulary vocabulary_{BuiltInBenignVocabulary()};
};

TEST_F(TermSearchTest, ATenDigitNumberWithOneWrongDigitIsStrong) {
  EXPECT_GE(Numbered("4711471147", "4711971147"), 0.9);
  EXPECT_GE(Numbered("4711471147", "ID 47114 71197"), 0.9);
}

TEST_F(TermSearchTest, AShortSurnameIsWeakAndWeakerAmongManyWords) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "QXJ ";
  const double alone = Named("Lee^Jane", "LEE");
  EXPECT_LT(alone, 0.8);
  EXPECT_LT(Named("Lee^Jane", "LEE", words), alone);
  EXPECT_GE(Named("Lee^Jane", "LEE JANE", words), 0.9);
}

TEST_F(TermSearchTest, AShortSurnameWithinAWordIsNothing) {
  for (const char* line : {"SLEEVE", "FLEET", "LEEDS"}) {
    EXPECT_EQ(Named("Lee^Ann", line), 0);
  }
}

TEST_F(TermSearchTest, KnownWordsAreNoChancesForAName) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "HEAD ";
  EXPECT_EQ(Named("Rose^Jane", "ROSE", words), Named("Rose^Jane", "ROSE"));
}

TEST_F(TermSearchTest, AShortNumberIsWeakAmongManyNumbers) {
  std::string numbers;
  for (int i = 1000; i < 1200; ++i) numbers += std::to_string(i) + " ";
  EXPECT_GE(Numbered("4711", "4711"), 0.8);
  EXPECT_LT(Numbered("4711", "4711", numbers), 0.8);
  EXPECT_GT(Numbered("4711", "4711", numbers), 0.4);
}

TEST_F(TermSearchTest, NamesAreFoundHoweverTheyAreWritten) {
  for (const char* line :
       {"ANNE-MARIE VAN DER BERG", "VANDERBERG, ANNEMARIE", "A. van der Berg",
        "BERG ANNE MARIE", "V.D. BERG, ANNE-MARIE", "ANNEMAR1E BERG",
        "BERG A M", "A M BERG"}) {
    EXPECT_GE(Named("van der Berg^Anne-Marie", line), 0.8) << line;
  }
}

TEST_F(TermSearchTest, NamesOfOtherScriptsAreFoundInLatinLetters) {
  EXPECT_GE(Named("Хрущев^Юрий", "KHRUSHCHEV YURI"), 0.8);
  EXPECT_GE(Named("Χατζής^Ευγενία", "CHATZIS EVGENIA"), 0.8);
  EXPECT_GE(Named("Müller^Jörg", "MUELLER JOERG"), 0.8);
}

TEST_F(TermSearchTest, AnAgeIsWeakAloneAndSupportsWhatStandsBesideIt) {
  Header header = With("PatientName", "Lee^Jane");
  header.identifiers.push_back({"PatientBirthDate", PhiText("19570402")});
  header.identifiers.push_back({"StudyDate", PhiText("20200316")});
  for (const char* age : {"062Y", "62 Y", "62yrs", "AGE: 62"}) {
    const double score = Score(header, age, "PatientBirthDate");
    EXPECT_GT(score, 0.4) << age;
    EXPECT_LT(score, 0.8) << age;
  }
  EXPECT_EQ(Score(header, "61Y", "PatientBirthDate"), 0);
  EXPECT_GT(Score(header, "LEE 62Y", "PatientName"),
            Score(header, "LEE", "PatientName"));
}

TEST_F(TermSearchTest, ATimeOfDayIsNoEvidence) {
  EXPECT_EQ(Score(With("StudyTime", "143205.12"), "14:32:05", "StudyTime"), 0);
}

TEST_F(TermSearchTest, ATelephoneNumberIsFoundWithoutItsPrefix) {
  EXPECT_GE(Score(With("PatientTelephoneNumbers", "+49 30 12345678"),
                  "Tel 030/12345678", "PatientTelephoneNumbers"),
            0.8);
}

// How many characters the vocabulary is asked about while a term is looked for
// in `text`.
size_t CharactersAsked(const std::string& characters, const std::string& text) {
  Passage passage;
  passage.Append(0, text);
  SearchTerm term;
  term.characters = characters;
  term.placement = Placement::kWord;
  size_t asked = 0;
  FindTerm(term, passage, [&](std::string_view word) {
    asked += word.size();
    return true;
  });
  return asked;
}

std::string Repeated(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(LongTextTest, TheVocabularyIsAskedOnlyAboutWordsThatMayHoldTheTerm) {
  EXPECT_EQ(CharactersAsked("DOE", Repeated("LOREMIPSUM ", 5000)), 0u);
  EXPECT_EQ(CharactersAsked("DOE", std::string(50000, 'A')), 0u);
  EXPECT_EQ(CharactersAsked("DOE", "DOES LOREMIPSUM"), 4u);
}

TEST(LongTextTest, TheWorkGrowsWithTheLengthOfTheText) {
  const size_t once = CharactersAsked("DOE", Repeated("DOELOREM ", 1000));
  EXPECT_EQ(once, 8000u);
  EXPECT_EQ(CharactersAsked("DOE", Repeated("DOELOREM ", 2000)), 2 * once);
  // A word is asked about at most twice: for its start and for its end.
  EXPECT_LE(CharactersAsked("AAA", std::string(50000, 'A')), 100000u);
}

}  // namespace
}  // namespace burntin
