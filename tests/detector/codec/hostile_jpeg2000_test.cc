#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "detector/base/error.h"
#include "tests/detector/codec/jpeg2000_stream.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

TEST(HostileJpeg2000Test, RefusesWhatIsNoStream) {
  EXPECT_THAT(Decode(""), FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Decode("\xFF"), FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Decode(std::string(10000, '\xFF')),
              FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Decode("\xFF\x4F" + std::string(10000, '\0')),
              FailsWith(Reason::kFrameDecodeFailed));
}

TEST(HostileJpeg2000Test, NeverFailsInAnotherWayOnFlippedBits) {
  const std::string stream = MakeJpeg2000(MakeSamples(32, 32));
  for (size_t i = 0; i < stream.size(); ++i) {
    std::string damaged = stream;
    damaged[i] = static_cast<char>(damaged[i] ^ (1 << i % 8));
    const absl::StatusOr<DecodedFrame> frame = Decode(damaged);
    if (frame.ok()) continue;  // the packets carry no check sum
    EXPECT_TRUE(ReasonOf(frame.status()) == Reason::kFrameDecodeFailed ||
                ReasonOf(frame.status()) == Reason::kPixelLimitExceeded ||
                ReasonOf(frame.status()) == Reason::kUnsupportedPixelLayout)
        << i;
  }
}

TEST(HostileJpeg2000Test, RefusesMorePixelsThanTheLimit) {
  const std::string stream = MakeJpeg2000(MakeSamples(20, 30));
  EXPECT_THAT(Decode(stream, {.pixels = 600}), IsOk());
  EXPECT_THAT(Decode(stream, {.pixels = 599}),
              FailsWith(Reason::kPixelLimitExceeded));
}

// Where SIZ stands in a bare codestream.
constexpr size_t kSizeAt = 2;

TEST(HostileJpeg2000Test, RefusesADeclaredGigapixelBeforeItTakesRoom) {
  const std::string stream = MakeJpeg2000(MakeSamples(20, 30));
  std::string declared = PutBigEndian(stream, kSizeAt + 6, 40000);
  declared = PutBigEndian(declared, kSizeAt + 10, 40000);
  EXPECT_THAT(Decode(declared), FailsWith(Reason::kPixelLimitExceeded));
}

TEST(HostileJpeg2000Test, RefusesTilesWithoutEnd) {
  std::string stream = MakeJpeg2000(MakeSamples(200, 200));
  stream = PutBigEndian(std::move(stream), kSizeAt + 22, 1);
  stream = PutBigEndian(std::move(stream), kSizeAt + 26, 1);
  EXPECT_THAT(Decode(stream), FailsWith(Reason::kUnsupportedPixelLayout));
}

TEST(HostileJpeg2000Test, RefusesMorePacketsThanItHasBytes) {
  // One tile of 10000 by 10000 pixels in precincts of 2 by 2.
  std::string stream = MakeJpeg2000(MakeSamples(20, 30), {.levels = 0});
  for (const size_t at : {6, 10, 22, 26}) {
    stream = PutBigEndian(std::move(stream), kSizeAt + at, 10000);
  }
  const size_t style = stream.find("\xFF\x52");
  stream[style + 3] = static_cast<char>(stream[style + 3] + 1);
  stream[style + 4] = 1;
  stream.insert(style + 14, 1, '\x11');
  EXPECT_THAT(Decode(stream, {.pixels = 100'000'000}),
              FailsWith(Reason::kFrameDecodeFailed));
}

TEST(HostileJpeg2000Test, RefusesATileThatIsNotThere) {
  // OpenJPEG would leave it black.
  std::string stream = MakeJpeg2000(MakeSamples(64, 64), {.tile_size = 32});
  const size_t second = stream.find("\xFF\x90", stream.find("\xFF\x90") + 1);
  const size_t third = stream.find("\xFF\x90", second + 1);
  ASSERT_NE(third, std::string::npos);
  stream.erase(second, third - second);
  EXPECT_THAT(Decode(stream), FailsWith(Reason::kFrameDecodeFailed));
}

TEST(HostileJpeg2000Test, RefusesATilePartTooMany) {
  // OpenJPEG would not look at it.
  std::string stream = MakeJpeg2000(MakeSamples(32, 32));
  const size_t tile_part = stream.find("\xFF\x90");
  const std::string again =
      stream.substr(tile_part, stream.size() - 2 - tile_part);
  stream.insert(stream.size() - 2, again);
  EXPECT_THAT(Decode(stream), FailsWith(Reason::kFrameDecodeFailed));
}

TEST(HostileJpeg2000Test, RefusesComponentsThatDiffer) {
  const std::string stream = MakeJpeg2000(MakeSamples(20, 20, 3));
  std::string deeper = stream;
  deeper[kSizeAt + 43] = 11;  // the second component has 12 bits
  EXPECT_THAT(Decode(deeper), FailsWith(Reason::kUnsupportedPixelLayout));
  std::string is_signed = stream;
  is_signed[kSizeAt + 43] = static_cast<char>(0x87);
  EXPECT_THAT(Decode(is_signed), FailsWith(Reason::kUnsupportedPixelLayout));
  std::string wider = stream;
  wider[kSizeAt + 41] = 2;  // the first component is half as wide
  EXPECT_THAT(Decode(wider), FailsWith(Reason::kUnsupportedPixelLayout));
}

}  // namespace
}  // namespace burntin
