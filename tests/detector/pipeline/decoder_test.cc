#include "detector/pipeline/decoder.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

TEST(DecoderTest, WithoutAProgramDecodesInThisProcess) {
  const auto decoder = MakeDecoder(DecoderOptions());
  ASSERT_THAT(decoder, IsOk());
  EXPECT_NE(decoder->opener, nullptr);
  EXPECT_FALSE(decoder->isolated);
  EXPECT_EQ(decoder->program_sha256, "");
}

TEST(DecoderTest, AProgramThatCannotBeRunIsAnError) {
  EXPECT_THAT(MakeDecoder({.program = "/does/not/exist"}),
              FailsWith(Reason::kInvalidArgument));
}

TEST(DecoderTest, AFrameLooksTheSameWhereverItIsDecoded) {
  const TempDir folder;
  const std::string path = folder.Write(
      "object", MakeDicom(SpecOf(NoisePicture(30, 50, /*seed=*/1))));
  const auto decoder = MakeDecoder({.program = BURNTIN_DECODER});
  ASSERT_THAT(decoder, IsOk());
  EXPECT_TRUE(decoder->isolated);
  EXPECT_EQ(decoder->program_sha256.size(), 64U);
  const auto isolated =
      RenderFrame(*decoder, path, Source::kFrame, 0, 0, /*max_side=*/40);
  const auto here =
      RenderFrame(Decoder(), path, Source::kFrame, 0, 0, /*max_side=*/40);
  ASSERT_THAT(isolated, IsOk());
  ASSERT_THAT(here, IsOk());
  EXPECT_TRUE(isolated->png == here->png);
}

TEST(DecoderTest, IsLookedForBesideTheProgram) {
  const std::filesystem::path found = DecoderBesideThisProgram();
  EXPECT_EQ(found.filename(), "burntin-decoder");
  EXPECT_TRUE(std::filesystem::exists(found.parent_path() / "decoder_test"));
}

}  // namespace
}  // namespace burntin
