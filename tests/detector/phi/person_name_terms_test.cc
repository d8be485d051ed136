#include "detector/phi/person_name_terms.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::vector<std::string> Characters(const std::string& group) {
  std::vector<std::string> characters;
  for (const NameSpelling& spelling : SpellingsOfName(group)) {
    characters.push_back(spelling.characters);
  }
  return characters;
}

TEST(SpellingsOfNameTest, HyphensMayBecomeBlanksOrBeLost) {
  EXPECT_THAT(Characters("DOE^ANNE-MARIE"),
              AllOf(Contains("ANNE"), Contains("MARIE"), Contains("ANNEMARIE"),
                    Contains("DOEANNE")));
}

TEST(SpellingsOfNameTest, InitialsStandBeforeOrBehind) {
  EXPECT_THAT(Characters("DOE^JANE^MARY"),
              AllOf(Contains("DOEJ"), Contains("JDOE"), Contains("DOEJM"),
                    Contains("JMDOE"), Contains("JANED")));
}

TEST(SpellingsOfNameTest, ParticlesAreLeftOutOrStandWithTheirName) {
  for (const char* name : {"VAN DER BERG^JAN", "VON DER BERG^JAN"}) {
    EXPECT_THAT(Characters(name), AllOf(Contains("BERG"), Not(Contains("DER")),
                                        Contains("BERGJAN")));
  }
  EXPECT_THAT(Characters("VAN DER BERG^JAN"), Contains("VANDERBERG"));
  EXPECT_THAT(Characters("BIN ALI^OMAR"),
              AllOf(Contains("ALI"), Contains("BINALI")));
}

TEST(SpellingsOfNameTest, TwoFamilyNamesAreLookedForEach) {
  EXPECT_THAT(Characters("GARCIA LOPEZ^MARIA"),
              AllOf(Contains("GARCIA"), Contains("LOPEZ"),
                    Contains("GARCIALOPEZ"), Contains("MARIALOPEZ")));
}

TEST(NameGroupsTest, AreAlphabeticIdeographicAndPhonetic) {
  EXPECT_THAT(NameGroups("A^B=C=D"), ElementsAre("A^B", "C", "D"));
  EXPECT_THAT(NameGroups(""), ElementsAre(""));
}

}  // namespace
}  // namespace burntin
