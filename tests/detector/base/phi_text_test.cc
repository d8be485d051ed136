#include "detector/base/phi_text.h"

#include <gmock/gmock.h>

#include <sstream>

namespace burntin {
namespace {

TEST(PhiTextTest, DoesNotPrintItsCharacters) {
  std::ostringstream stream;
  stream << PhiText("DOE^JANE");
  EXPECT_THAT(stream.str(), testing::Not(testing::HasSubstr("DOE")));
}

TEST(PhiTextTest, AFailedExpectationDoesNotPrintItEither) {
  EXPECT_THAT(testing::PrintToString(PhiText("DOE^JANE")),
              testing::Not(testing::HasSubstr("DOE")));
}

TEST(PhiTextTest, ComparesAndRevealsLikeAString) {
  EXPECT_EQ(PhiText("DOE^JANE"), PhiText("DOE^JANE"));
  EXPECT_FALSE(PhiText("DOE^JANE") == PhiText("DOE^JOHN"));
  EXPECT_EQ(PhiText("DOE^JANE").Reveal(), "DOE^JANE");
  EXPECT_TRUE(PhiText().empty());
  EXPECT_FALSE(PhiText("X").empty());
}

}  // namespace
}  // namespace burntin
