#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "detector/base/error.h"
#include "tests/detector/codec/video_stream.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

// Where NAL units start, behind their start codes.
std::vector<size_t> UnitsOf(const std::string& stream) {
  const std::string start("\0\0\1", 3);
  std::vector<size_t> units;
  for (size_t at = stream.find(start); at != std::string::npos;
       at = stream.find(start, at + 3)) {
    units.push_back(at + 3);
  }
  return units;
}

// Without the unit that starts at `units[i]`.
std::string WithoutUnit(const std::string& stream,
                        const std::vector<size_t>& units, size_t i) {
  const size_t end = i + 1 < units.size() ? units[i + 1] - 3 : stream.size();
  return stream.substr(0, units[i] - 3) + stream.substr(end);
}

TEST(MissingUnitsTest, RefusesAMissingSlice) {
  const VideoOptions sliced[] = {
      {.extra = "slices=4"},
      {.coding = VideoCoding::kHevc, .extra = "pools=2:wpp=1:slices=2"},
  };
  for (const VideoOptions& options : sliced) {
    // Large enough for x265 to make slices.
    const std::string stream = MakeVideo(
        {Frame(0, 480, 320), Frame(1, 480, 320), Frame(2, 480, 320)}, options);
    const std::vector<size_t> units = UnitsOf(stream);
    ASSERT_THAT(Decode(stream, KindOf(options.coding)), IsOk());
    int refused = 0;
    for (size_t i = 0; i < units.size(); ++i) {
      const auto frames =
          Decode(WithoutUnit(stream, units, i), KindOf(options.coding));
      const int type = options.coding == VideoCoding::kHevc
                           ? stream[units[i]] >> 1 & 0x3F
                           : stream[units[i]] & 0x1F;
      const bool is_slice = options.coding == VideoCoding::kHevc
                                ? type < 32
                                : type == 1 || type == 5;
      if (!is_slice) continue;
      EXPECT_THAT(frames, FailsWith(Reason::kFrameDecodeFailed))
          << "unit " << i;
      refused += frames.ok() ? 0 : 1;
    }
    EXPECT_GE(refused, 6);
  }
}

TEST(MissingUnitsTest, RefusesAVideoWithoutItsFirstKeyFrame) {
  for (const VideoCoding coding : {VideoCoding::kH264, VideoCoding::kHevc}) {
    const std::string stream = MakeVideo(Frames(), {.coding = coding});
    const std::vector<size_t> units = UnitsOf(stream);
    const bool is_hevc = coding == VideoCoding::kHevc;
    size_t key = 0;
    while (is_hevc ? (stream[units.at(key)] >> 1 & 0x3E) != 20 &&
                         (stream[units.at(key)] >> 1 & 0x3F) != 19
                   : (stream[units.at(key)] & 0x1F) != 5) {
      ++key;
    }
    EXPECT_THAT(Decode(WithoutUnit(stream, units, key), KindOf(coding)),
                FailsWith(Reason::kFrameDecodeFailed));
  }
}

TEST(MissingUnitsTest, RefusesMpeg2WithoutItsFirstKeyFrame) {
  const std::string stream =
      MakeVideo(Frames(), {.coding = VideoCoding::kMpeg2});
  const std::string picture("\0\0\1\0", 4);
  const size_t first = stream.find(picture);
  const size_t second = stream.find(picture, first + 1);
  EXPECT_THAT(Decode(stream.substr(0, first) + stream.substr(second),
                     VideoKind::kMpeg2),
              FailsWith(Reason::kFrameDecodeFailed));
}

TEST(MissingUnitsTest, RefusesASecondView) {
  const std::string stream = MakeVideo(Frames(2), {});
  const std::string other_view("\0\0\1\x14\x88\x84", 6);
  EXPECT_THAT(Decode(stream + other_view, VideoKind::kH264),
              FailsWith(Reason::kUnsupportedPlace));
  const std::string hevc = MakeVideo(Frames(2), {.coding = VideoCoding::kHevc});
  const std::string other_layer("\0\0\1\x02\x09\x88", 6);
  EXPECT_THAT(Decode(hevc + other_layer, VideoKind::kHevc),
              FailsWith(Reason::kUnsupportedPlace));
}

}  // namespace
}  // namespace burntin
