#include "detector/phi/normalize.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace burntin {
namespace {

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

TEST(FoldTest, UmlautsHaveASecondSpelling) {
  const TextFolder folder;
  EXPECT_EQ(folder.FoldUmlautsToTwoLetters("Müller^Jörg"), "MUELLER^JOERG");
  EXPECT_EQ(folder.FoldUmlautsToTwoLetters("DOE^JANE"), "DOE^JANE");
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
