#include "wire/utf8.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

TEST(Utf8Test, WellFormedTextStaysAsItIs) {
  EXPECT_EQ(ValidUtf8("M\u00fcller \u5c71\u7530"), "M\u00fcller \u5c71\u7530");
  EXPECT_EQ(ValidUtf8(""), "");
}

TEST(Utf8Test, IllFormedBytesBecomeReplacementCharacters) {
  EXPECT_EQ(ValidUtf8("M\xfcller"), "M\uFFFDller");
  EXPECT_EQ(ValidUtf8("cut \xe5\xb1"), "cut \uFFFD");
}

TEST(Utf8Test, ACutFallsBetweenTwoCharacters) {
  EXPECT_EQ(CutUtf8("abc", 3), "abc");
  EXPECT_EQ(CutUtf8("abc", 2), "ab");
  EXPECT_EQ(CutUtf8("a\u5c71b", 3), "a");
  EXPECT_EQ(CutUtf8("a\u5c71b", 4), "a\u5c71");
  EXPECT_EQ(CutUtf8("\u5c71", 2), "");
}

}  // namespace
}  // namespace burntin
