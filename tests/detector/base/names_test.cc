#include "detector/base/names.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

TEST(NamesTest, AreThoseOfTheContract) {
  EXPECT_EQ(VerdictName(Verdict::kIndeterminate), "INDETERMINATE");
  EXPECT_EQ(VerdictName(Verdict::kClear), "CLEAR");
  EXPECT_EQ(CategoryName(Category::kPersonName), "PERSON_NAME");
  EXPECT_EQ(CategoryName(Category::kUnreadable), "UNREADABLE");
}

TEST(NamesTest, AValueFromTheFutureIsReadAsTheGravest) {
  EXPECT_EQ(VerdictName(static_cast<Verdict>(99)), "INDETERMINATE");
  EXPECT_EQ(CategoryName(static_cast<Category>(99)), "UNREADABLE");
}

}  // namespace
}  // namespace burntin
