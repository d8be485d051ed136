#include "detector/dicom/data_dictionary.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace burntin {
namespace {

TEST(DataDictionaryTest, HoldsTheAttributesThatIdentify) {
  EXPECT_THAT(DataDictionaryText(), testing::HasSubstr("PatientName"));
}

TEST(DataDictionaryTest, IsEmptyWhereAFileOfItCannotBeRead) {
  ASSERT_FALSE(DataDictionaryText().empty());  // it is loaded
  setenv("DCMDICTPATH", "/nonexistent.dic", /*overwrite=*/1);
  EXPECT_EQ(DataDictionaryText(), "");
  unsetenv("DCMDICTPATH");
}

}  // namespace
}  // namespace burntin
