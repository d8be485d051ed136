#include "detector/codec/video.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include "detector/base/error.h"
#include "tests/detector/codec/video_stream.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

// The number of the frame, by its bar; -1 if it has none.
int NumberOf(const DecodedFrame& frame) {
  const auto& cells = std::get<std::vector<uint8_t>>(frame.cells.values);
  const auto columns = static_cast<size_t>(frame.cells.columns);
  const size_t line = static_cast<size_t>(frame.cells.rows / 2) * columns * 3;
  for (size_t x = 8; x < columns; x += 16) {
    if (cells[line + 3 * x] > 180) return static_cast<int>(x / 16);
  }
  return -1;
}

// Between pictures, the mean of the differences of values.
double MeanDifference(const DecodedFrame& frame, const Image& image) {
  const auto& cells = std::get<std::vector<uint8_t>>(frame.cells.values);
  EXPECT_EQ(cells.size(), image.pixels.size());
  double sum = 0;
  for (size_t i = 0; i < std::min(cells.size(), image.pixels.size()); ++i) {
    sum += std::abs(cells[i] - image.pixels[i]);
  }
  return sum / static_cast<double>(cells.size());
}

struct VideoCase {
  std::string name;
  VideoOptions options;
};

std::vector<VideoCase> Videos() {
  using enum VideoCoding;
  using enum VideoWrapping;
  return {
      {"Mpeg1", {.coding = kMpeg1}},
      {"Mpeg2", {.coding = kMpeg2}},
      {"Mpeg2WithBFrames", {.coding = kMpeg2, .b_frames = 2}},
      {"Mpeg2Interlaced", {.coding = kMpeg2, .interlaced = true}},
      {"Mpeg2OfKeyFrames", {.coding = kMpeg2, .key_interval = 1}},
      {"Mpeg2InTransport", {.coding = kMpeg2, .wrapping = kTransport}},
      {"Mpeg2InProgram", {.coding = kMpeg2, .wrapping = kProgram}},
      {"Mpeg2InMp4", {.coding = kMpeg2, .wrapping = kMp4, .b_frames = 2}},
      {"H264", {}},
      {"H264WithBFrames", {.b_frames = 3}},
      {"H264Interlaced", {.interlaced = true}},
      {"H264OfKeyFrames", {.key_interval = 1}},
      {"H264WithoutCabac", {.extra = "cabac=0"}},
      {"H264OfSlices", {.extra = "slices=4"}},
      {"H264InTransport", {.wrapping = kTransport, .b_frames = 2}},
      {"H264InProgram", {.wrapping = kProgram}},
      {"H264InMp4", {.wrapping = kMp4, .b_frames = 2}},
      {"Hevc", {.coding = kHevc}},
      {"HevcWithBFrames", {.coding = kHevc, .b_frames = 3}},
      {"HevcOfKeyFrames", {.coding = kHevc, .key_interval = 1}},
      {"HevcWithWavefronts", {.coding = kHevc, .extra = "pools=2:wpp=1"}},
      {"HevcInTransport",
       {.coding = kHevc, .wrapping = kTransport, .b_frames = 2}},
      {"HevcInMp4", {.coding = kHevc, .wrapping = kMp4, .b_frames = 2}},
  };
}

class VideoTest : public testing::TestWithParam<VideoCase> {};

TEST_P(VideoTest, GivesEachFrameOnceInTheOrderInWhichItIsShown) {
  const VideoOptions& options = GetParam().options;
  const std::string stream = MakeVideo(Frames(), options);
  const auto frames = Decode(stream, KindOf(options.coding));
  ASSERT_THAT(frames, IsOk());
  ASSERT_EQ(frames->size(), size_t{kFrames});
  for (int i = 0; i < kFrames; ++i) {
    const DecodedFrame& frame = (*frames)[static_cast<size_t>(i)];
    EXPECT_EQ(frame.cells.rows, kRows);
    EXPECT_EQ(frame.cells.columns, kColumns);
    EXPECT_EQ(frame.cells.channels, 3);
    EXPECT_EQ(frame.precision, 8);
    EXPECT_EQ(NumberOf(frame), i);
    EXPECT_LT(MeanDifference(frame, Frame(i)), 5);
  }
}

// Of all values.
double PartThatDiffers(const DecodedFrame& a, const DecodedFrame& b) {
  const auto& some = std::get<std::vector<uint8_t>>(a.cells.values);
  const auto& others = std::get<std::vector<uint8_t>>(b.cells.values);
  if (some.size() != others.size()) return 1;
  size_t differing = 0;
  for (size_t i = 0; i < some.size(); ++i) differing += some[i] != others[i];
  return static_cast<double>(differing) / static_cast<double>(some.size());
}

// Whether the start of a stream gives an error, or just whole frames: what is
// missing was an end mark or padding, or shows in the number of frames. The
// motion of the last block may be lost; see video_end.h.
void ExpectNoPartOfAFrame(std::string_view start, VideoKind kind,
                          const std::vector<DecodedFrame>& whole) {
  const auto frames = Decode(start, kind);
  if (!frames.ok()) {
    EXPECT_THAT(frames, FailsWith(Reason::kFrameDecodeFailed));
    return;
  }
  ASSERT_LE(frames->size(), whole.size());
  for (size_t i = 0; i < frames->size(); ++i) {
    EXPECT_LT(PartThatDiffers((*frames)[i], whole[i]), 0.05) << "frame " << i;
  }
}

TEST_P(VideoTest, NeverGivesAPartOfAFrameWhenItIsCut) {
  const VideoOptions& options = GetParam().options;
  const VideoKind kind = KindOf(options.coding);
  const std::string stream = MakeVideo(Frames(), options);
  const auto whole = Decode(stream, kind);
  ASSERT_THAT(whole, IsOk());
  for (const int percent : {0, 1, 10, 50, 90}) {
    SCOPED_TRACE(percent);
    ExpectNoPartOfAFrame(CutTo(stream, percent), kind, *whole);
  }
  for (size_t missing = 1; missing <= 40; ++missing) {
    SCOPED_TRACE(missing);
    ExpectNoPartOfAFrame(
        std::string_view(stream).substr(0, stream.size() - missing), kind,
        *whole);
  }
}

TEST_P(VideoTest, ToleratesPadding) {
  const VideoOptions& options = GetParam().options;
  const std::string stream = MakeVideo(Frames(3), options);
  const auto frames =
      Decode(stream + std::string(1, '\0'), KindOf(options.coding));
  ASSERT_THAT(frames, IsOk());
  EXPECT_EQ(frames->size(), 3u);
}

TEST_P(VideoTest, RefusesMorePixelsThanTheLimit) {
  const VideoOptions& options = GetParam().options;
  const std::string stream = MakeVideo(Frames(2), options);
  EXPECT_THAT(
      Decode(stream, KindOf(options.coding), {.pixels = kRows * kColumns}),
      IsOk());
  EXPECT_THAT(
      Decode(stream, KindOf(options.coding), {.pixels = kRows * kColumns - 1}),
      FailsWith(Reason::kPixelLimitExceeded));
}

TEST_P(VideoTest, RefusesAnotherKind) {
  const VideoOptions& options = GetParam().options;
  const std::string stream = MakeVideo(Frames(2), options);
  for (const VideoKind kind :
       {VideoKind::kMpeg2, VideoKind::kH264, VideoKind::kHevc}) {
    if (kind == KindOf(options.coding)) continue;
    // Bytes of another coding can look like a second view or a large frame.
    EXPECT_FALSE(Decode(stream, kind).ok());
    if (options.wrapping == VideoWrapping::kBare) continue;
    EXPECT_THAT(Decode(stream, kind), FailsWith(Reason::kFrameDecodeFailed));
  }
}

INSTANTIATE_TEST_SUITE_P(, VideoTest, testing::ValuesIn(Videos()),
                         [](const auto& tested) { return tested.param.name; });

TEST(VideoDecoderTest, RefusesWhatIsNoVideo) {
  for (const VideoKind kind :
       {VideoKind::kMpeg2, VideoKind::kH264, VideoKind::kHevc}) {
    for (const std::string& junk :
         {std::string(), std::string("\0\0\1", 3), std::string(5000, '\xFF'),
          std::string(5000, '\0'), std::string(188 * 20, 'G'),
          std::string("\0\0\0\1", 4) + std::string(5000, '\x41'),
          std::string("\0\0\0\x18"
                      "ftypisom",
                      12) +
              std::string(5000, 'a'),
          std::string("#EXTM3U\nfile:///etc/hostname\n")}) {
      EXPECT_FALSE(Decode(junk, kind).ok());
    }
  }
}

TEST(VideoDecoderTest, GivesSixteenBitsForMoreThanEight) {
  for (const VideoCoding coding : {VideoCoding::kH264, VideoCoding::kHevc}) {
    const std::string stream =
        MakeVideo(Frames(2), {.coding = coding, .ten_bits = true});
    const auto frames = Decode(stream, KindOf(coding));
    ASSERT_THAT(frames, IsOk());
    ASSERT_EQ(frames->size(), 2u);
    EXPECT_EQ(frames->front().precision, 16);
    const auto& cells =
        std::get<std::vector<uint16_t>>(frames->front().cells.values);
    EXPECT_NEAR(cells[3 * 8] / 257, 230, 12);
    EXPECT_NEAR(cells[3 * 100] / 257, 40, 12);
  }
}

TEST(VideoDecoderTest, KnowsTheFullRange) {
  const auto frames =
      Decode(MakeVideo({Frame(1)}, {.full_range = true}), VideoKind::kH264);
  ASSERT_THAT(frames, IsOk());
  EXPECT_LT(MeanDifference(frames->front(), Frame(1)), 5);
}

TEST(VideoDecoderTest, CropsAsAViewerDoes) {
  // 90 rows are stored as 96.
  const auto frames =
      Decode(MakeVideo({Frame(1, 90, 150)}, {}), VideoKind::kH264);
  ASSERT_THAT(frames, IsOk());
  EXPECT_EQ(frames->front().cells.rows, 90);
  EXPECT_EQ(frames->front().cells.columns, 150);
  EXPECT_LT(MeanDifference(frames->front(), Frame(1, 90, 150)), 5);
}

TEST(VideoDecoderTest, RefusesASecondStreamOfPictures) {
  for (const VideoWrapping wrapping :
       {VideoWrapping::kTransport, VideoWrapping::kProgram,
        VideoWrapping::kMp4}) {
    EXPECT_THAT(
        Decode(MakeVideo(Frames(3), {.wrapping = wrapping, .videos = 2}),
               VideoKind::kH264),
        FailsWith(Reason::kUnsupportedPlace));
  }
}

TEST(VideoDecoderTest, LeavesSoundOut) {
  for (const VideoWrapping wrapping :
       {VideoWrapping::kTransport, VideoWrapping::kProgram,
        VideoWrapping::kMp4}) {
    const auto frames =
        Decode(MakeVideo(Frames(3), {.wrapping = wrapping, .with_audio = true}),
               VideoKind::kH264);
    ASSERT_THAT(frames, IsOk());
    EXPECT_EQ(frames->size(), 3u);
  }
}

TEST(VideoDecoderTest, RefusesSubtitles) {
  EXPECT_THAT(Decode(MakeVideo(Frames(3), {.wrapping = VideoWrapping::kMp4,
                                           .with_subtitles = true}),
                     VideoKind::kH264),
              FailsWith(Reason::kUnsupportedPlace));
}

TEST(VideoDecoderTest, RefusesAChangeOfSize) {
  for (const VideoCoding coding :
       {VideoCoding::kMpeg2, VideoCoding::kH264, VideoCoding::kHevc}) {
    const std::string first = MakeVideo(Frames(2), {.coding = coding});
    const std::string second =
        MakeVideo({Frame(2, 96, 128)}, {.coding = coding});
    EXPECT_THAT(Decode(first + second, KindOf(coding)),
                FailsWith(Reason::kFrameDecodeFailed));
  }
}

TEST(VideoDecoderTest, FollowsOneVideoByAnotherOfItsSize) {
  for (const VideoCoding coding :
       {VideoCoding::kMpeg2, VideoCoding::kH264, VideoCoding::kHevc}) {
    const std::string video =
        MakeVideo(Frames(4), {.coding = coding, .b_frames = 2});
    const auto frames = Decode(video + video, KindOf(coding));
    ASSERT_THAT(frames, IsOk());
    EXPECT_EQ(frames->size(), 8u);
  }
}

}  // namespace
}  // namespace burntin
