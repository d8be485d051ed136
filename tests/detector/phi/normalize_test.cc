#include "detector/phi/normalize.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::Contains;
using testing::ElementsAre;

struct FoldCase {
  std::string name;
  std::string text;
  std::string folded;
};

class FoldTest : public testing::TestWithParam<FoldCase> {};

TEST_P(FoldTest, GivesUpperCaseAscii) {
  EXPECT_EQ(TextFolder().Fold(GetParam().text), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    Table, FoldTest,
    testing::ValuesIn(std::vector<FoldCase>{
        {"CaseIsLost", "Doe^Jane", "DOE^JANE"},
        {"BlanksCollapse", "  DOE \t  JANE\n", "DOE JANE"},
        {"MarksAreStripped", "Müller-Lüdenscheidt, José",
         "MULLER-LUDENSCHEIDT, JOSE"},
        {"CombiningMarksAreStripped", "Jose\xCC\x81", "JOSE"},
        {"SharpSIsTwoLetters", "Strauß", "STRAUSS"},
        {"StrokedLettersLoseTheStroke", "Łukasz Øster", "LUKASZ OSTER"},
        {"CyrillicIsSpeltInLatin", "Иванов", "IVANOV"},
        {"GreekIsSpeltInLatin", "Παππας", "PAPPAS"},
        {"WideFormsAreNarrow", "ＤＯＥ　１２", "DOE 12"},
        {"LigaturesAreResolved", "ﬁlm", "FILM"},
        {"PunctuationStays", "NAME: D.O.E. (F)", "NAME: D.O.E. (F)"},
        {"BrokenUtf8IsAForeignLetter", "A\xFF", "A~"},
        {"NothingStaysNothing", "", ""},
    }),
    [](const testing::TestParamInfo<FoldCase>& row) { return row.param.name; });

TEST(FoldTest, HanIsNeverDropped) {
  EXPECT_FALSE(Compact(TextFolder().Fold("山田")).empty());
}

struct SpellingCase {
  std::string name;
  std::string text;
  std::string spelling;
};

class SpellingTest : public testing::TestWithParam<SpellingCase> {};

TEST_P(SpellingTest, IsAmongTheSpellings) {
  EXPECT_THAT(TextFolder().Spellings(GetParam().text),
              Contains(GetParam().spelling));
}

INSTANTIATE_TEST_SUITE_P(
    Table, SpellingTest,
    testing::ValuesIn(std::vector<SpellingCase>{
        {"AnUmlautAsOneLetter", "Müller^Jörg", "MULLER^JORG"},
        {"AnUmlautAsTwoLetters", "Müller^Jörg", "MUELLER^JOERG"},
        {"ACombinedUmlautAsTwoLetters", "Mu\xCC\x88ller", "MUELLER"},
        {"NordicLettersAsTwoLetters", "Ångström^Søren", "AANGSTROEM^SOEREN"},
        {"CyrillicByIso9", "Хрущев^Юрий", "HRUSEV^URIJ"},
        {"CyrillicAsInPassports", "Хрущев^Юрий", "KHRUSHCHEV^IURII"},
        {"CyrillicAsPeopleWriteIt", "Хрущев^Юрий", "KHRUSHCHEV^YURIY"},
        {"UkrainianAsInPassports", "Ґалаґан^Євген", "GALAGAN^IEVGEN"},
        {"GreekAsInPassports", "Χατζής^Ευγενία", "CHATZIS^EVGENIA"},
        {"GreekVowelPairs", "Παπαδόπουλος", "PAPADOPOULOS"},
    }),
    [](const testing::TestParamInfo<SpellingCase>& row) {
      return row.param.name;
    });

TEST(SpellingsTest, PlainTextHasOne) {
  EXPECT_THAT(TextFolder().Spellings("Doe^Jane"), ElementsAre("DOE^JANE"));
}

TEST(LettersForStrokesTest, ChangesSignsThatTouchAWordOnly) {
  EXPECT_EQ(LettersForStrokes("M|LLER J@NE $"), "MILLER JANE $");
  EXPECT_EQ(LettersForStrokes("A | B"), "A | B");
}

TEST(CompactTest, KeepsLettersDigitsAndForeignLetters) {
  EXPECT_EQ(Compact("ID: 12-34 ~A"), "ID1234~A");
}

TEST(DigitsForLookalikesTest, ChangesNumbersInDisguiseOnly) {
  EXPECT_EQ(DigitsForLookalikes("O2/I1/197O"), "02/11/1970");
  EXPECT_EQ(DigitsForLookalikes("LOBO 12"), "LOBO 12");
  EXPECT_EQ(DigitsForLookalikes("MAY 1B"), "MAY 18");
}

}  // namespace
}  // namespace burntin
