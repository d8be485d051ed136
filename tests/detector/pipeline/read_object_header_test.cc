#include <gmock/gmock.h>

#include "detector/detector.h"
#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

class ReadObjectHeaderTest : public testing::Test {
 protected:
  absl::StatusOr<Header> Read(const std::string& bytes) {
    return ReadObjectHeader(Decoder(), folder_.Write("object", bytes));
  }

  const std::string object_ = MakeDicom(SpecOf(FlatPicture(8, 8, 0)));
  TempDir folder_;
};

TEST_F(ReadObjectHeaderTest, TellsWhatTheHeaderSays) {
  const auto header = Read(object_);
  ASSERT_THAT(header, IsOk());
  EXPECT_EQ(header->modality, "OT");
  EXPECT_FALSE(header->study_instance_uid.empty());
}

TEST_F(ReadObjectHeaderTest, WhatIsNoObjectHasNone) {
  EXPECT_THAT(Read("hello"), testing::Not(IsOk()));
  EXPECT_THAT(ReadObjectHeader(Decoder(), folder_.File("missing")),
              FailsWith(Reason::kFileUnreadable));
}

TEST_F(ReadObjectHeaderTest, ACutObjectHasNone) {
  EXPECT_THAT(Read(object_.substr(0, object_.size() / 3)),
              testing::Not(IsOk()));
}

}  // namespace
}  // namespace burntin
