// Transfer syntaxes that DCMTK does not decode: each frame gives the values
// that were encoded, and nothing damaged passes.
#include <gmock/gmock.h>
#include <zlib.h>

#include <functional>
#include <string>
#include <vector>

#include "detector/dicom/stored_pixels.h"
#include "tests/detector/dicom/opened.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/raw_dicom.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/stream_maker.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr int kRows = 32;
constexpr int kColumns = 48;
constexpr int kFrames = 3;

// A raw deflate stream.
std::string Deflate(std::string bytes) {
  std::string deflated(compressBound(bytes.size()) + 16, '\0');
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(deflated.data());
  stream.avail_out = static_cast<uInt>(deflated.size());
  deflate(&stream, Z_FINISH);
  deflated.resize(stream.total_out);
  deflateEnd(&stream);
  return deflated;
}

// As native pixels, little endian.
std::string Native(const Samples& samples) {
  std::string bytes;
  for (const int32_t value : samples.values) {
    bytes +=
        RawBytes(static_cast<uint64_t>(value), samples.precision > 8 ? 2 : 1);
  }
  return bytes;
}

struct StreamCase {
  std::string name;
  std::string uid;
  int channels;
  int precision;
  bool is_signed;
  std::function<std::string(const Samples&)> encode;
};

Samples FrameOf(const StreamCase& tested, int frame) {
  Samples samples = MakeSamples(kRows, kColumns, tested.channels,
                                tested.precision, tested.is_signed);
  std::rotate(samples.values.begin(),
              samples.values.begin() + frame * kColumns * tested.channels,
              samples.values.end());
  return samples;
}

RawDataset Described(const StreamCase& tested, int frames) {
  RawDataset image = RawImage(kRows, kColumns);
  image.Number(0x00280002, tested.channels)
      .Number(0x00280100, tested.precision > 8 ? 16 : 8)
      .Number(0x00280101, tested.precision)
      .Number(0x00280102, tested.precision - 1)
      .Number(0x00280103, tested.is_signed ? 1 : 0)
      .Text(0x00280008, "IS", std::to_string(frames));
  if (tested.channels == 3) {
    image.Text(0x00280004, "CS", "RGB").Number(0x00280006, 0);
  }
  return image;
}

class EncapsulatedTest : public testing::TestWithParam<StreamCase> {
 protected:
  std::vector<std::string> Streams() const {
    std::vector<std::string> streams;
    for (int frame = 0; frame < kFrames; ++frame) {
      streams.push_back(GetParam().encode(FrameOf(GetParam(), frame)));
    }
    return streams;
  }

  std::string File(const std::vector<std::string>& fragments,
                   int frames = kFrames) const {
    return RawFile(Described(GetParam(), frames).Fragments(fragments),
                   GetParam().uid);
  }
};

std::vector<int32_t> ValuesOf(const StoredFrame& stored, bool is_signed) {
  std::vector<int32_t> values;
  std::visit(
      [&](const auto& cells) {
        for (const auto cell : cells) {
          const auto word = static_cast<uint64_t>(cell);
          values.push_back(sizeof(cell) == 1
                               ? (is_signed ? static_cast<int8_t>(word)
                                            : static_cast<uint8_t>(word))
                               : (is_signed ? static_cast<int16_t>(word)
                                            : static_cast<uint16_t>(word)));
        }
      },
      stored.cells.values);
  return values;
}

TEST_P(EncapsulatedTest, EachFrameGivesItsValues) {
  const TempDir folder;
  int frames = 0;
  EXPECT_THAT(
      ReadStoredFrames(folder.Write("object", File(Streams())), kWideLimits,
                       [&](int frame, const auto& stored) {
                         ASSERT_THAT(stored, IsOk());
                         EXPECT_EQ(ValuesOf(*stored, GetParam().is_signed),
                                   FrameOf(GetParam(), frame).values);
                         ++frames;
                       }),
      IsOk());
  EXPECT_EQ(frames, kFrames);
}

TEST_P(EncapsulatedTest, IsFullyInspected) {
  EXPECT_THAT(Failures(Opened(File(Streams()))), IsEmpty());
}

TEST_P(EncapsulatedTest, FewerAndMoreFramesThanDeclaredAreReported) {
  EXPECT_THAT(Failures(Opened(File(Streams(), kFrames + 1))), Not(IsEmpty()));
  EXPECT_THAT(Failures(Opened(File(Streams(), kFrames - 1))), Not(IsEmpty()));
}

TEST_P(EncapsulatedTest, AFrameThatIsCutIsReported) {
  for (const size_t percent : {10U, 50U, 90U}) {
    std::vector<std::string> streams = Streams();
    streams[1].resize(streams[1].size() * percent / 100);
    EXPECT_THAT(Failures(Opened(File(streams))), Not(IsEmpty()))
        << "cut to " << percent << " %";
  }
}

TEST_P(EncapsulatedTest, AFrameOfAnotherSizeIsReported) {
  RawDataset image = Described(GetParam(), kFrames).Fragments(Streams());
  image.Number(0x00280010, kRows + 1);
  EXPECT_THAT(Failures(Opened(RawFile(image, GetParam().uid))), Not(IsEmpty()));
}

TEST_P(EncapsulatedTest, AFileThatIsCutIsNeverFullyInspected) {
  const std::string whole = File(Streams());
  for (int percent = 5; percent < 100; percent += 10) {
    EXPECT_THAT(Failures(Opened(CutTo(whole, percent))), Not(IsEmpty()));
  }
}

std::string Lossless2000(const Samples& samples) {
  return MakeJpeg2000(samples);
}
std::string LosslessXl(const Samples& samples) { return MakeJpegXl(samples); }
std::string Deflated(const Samples& samples) {
  return Deflate(Native(samples));
}

INSTANTIATE_TEST_SUITE_P(
    All, EncapsulatedTest,
    testing::Values(StreamCase{"Uncompressed", "1.2.840.10008.1.2.1.98", 1, 8,
                               false, Native},
                    StreamCase{"UncompressedColour", "1.2.840.10008.1.2.1.98",
                               3, 8, false, Native},
                    StreamCase{"DeflatedFrame", "1.2.840.10008.1.2.8.1", 1, 16,
                               true, Deflated},
                    StreamCase{"Jpeg2000", "1.2.840.10008.1.2.4.90", 1, 8,
                               false, Lossless2000},
                    StreamCase{"Jpeg2000Signed", "1.2.840.10008.1.2.4.91", 1,
                               16, true, Lossless2000},
                    StreamCase{"Jpeg2000Colour", "1.2.840.10008.1.2.4.91", 3, 8,
                               false, Lossless2000},
                    StreamCase{"JpegXl", "1.2.840.10008.1.2.4.110", 1, 16,
                               false, LosslessXl},
                    StreamCase{"JpegXlColour", "1.2.840.10008.1.2.4.112", 3, 8,
                               false, LosslessXl}),
    [](const auto& tested) { return tested.param.name; });

TEST(FragmentsTest, AJpeg2000FrameMayHaveSeveral) {
  const Samples samples = MakeSamples(kRows, kColumns);
  const std::string stream = MakeJpeg2000(samples);
  const size_t half = stream.size() / 4 * 2;
  RawDataset image = RawImage(kRows, kColumns);
  image.Fragments({stream.substr(0, half), stream.substr(half)});
  EXPECT_THAT(Failures(Opened(RawFile(image, "1.2.840.10008.1.2.4.90"))),
              IsEmpty());
}

// Two frames of JPEG 2000 with these offset tables.
std::string WithTables(const std::string& basic, const std::string& extended) {
  std::string stream = MakeJpeg2000(MakeSamples(kRows, kColumns));
  if (stream.size() % 2 != 0) stream += '\0';
  RawDataset image = RawImage(kRows, kColumns);
  image.Text(0x00280008, "IS", "2").Fragments({stream, stream}, basic);
  if (!extended.empty()) image.Bytes(0x7FE00001, "OV", extended);
  return RawFile(image, "1.2.840.10008.1.2.4.90");
}

uint64_t SecondOffset() {
  return 8 + (MakeJpeg2000(MakeSamples(kRows, kColumns)).size() + 1) / 2 * 2;
}

TEST(OffsetTableTest, ThatIsTrueIsTaken) {
  const uint64_t second = SecondOffset();
  EXPECT_THAT(Failures(Opened(WithTables("", ""))), IsEmpty());
  EXPECT_THAT(
      Failures(Opened(WithTables(RawBytes(0, 4) + RawBytes(second, 4), ""))),
      IsEmpty());
  EXPECT_THAT(
      Failures(Opened(WithTables("", RawBytes(0, 8) + RawBytes(second, 8)))),
      IsEmpty());
}

TEST(OffsetTableTest, ThatLiesIsReported) {
  const uint64_t second = SecondOffset();
  for (const uint64_t lie : {uint64_t{0}, second + 2, uint64_t{0xFFFFFFF0}}) {
    EXPECT_THAT(
        Failures(Opened(WithTables(RawBytes(0, 4) + RawBytes(lie, 4), ""))),
        ElementsAre(Reason::kFileMalformed));
    EXPECT_THAT(
        Failures(Opened(WithTables("", RawBytes(0, 8) + RawBytes(lie, 8)))),
        ElementsAre(Reason::kFileMalformed));
  }
  EXPECT_THAT(Failures(Opened(WithTables(RawBytes(0, 4), ""))),
              ElementsAre(Reason::kFileMalformed));
}

TEST(ConstantFrameTest, OfLittleDataIsFine) {
  Samples flat = MakeSamples(kRows, kColumns);
  flat.values.assign(flat.values.size(), 77);
  RawDataset image = RawImage(kRows, kColumns);
  image.Fragments({MakeJpeg2000(flat)});
  EXPECT_THAT(Failures(Opened(RawFile(image, "1.2.840.10008.1.2.4.90"))),
              IsEmpty());
}

TEST(ConstantFrameTest, OfMuchDataIsSuspicious) {
  // JPEG 2000 whose comment is noise: more than a flat picture needs.
  Samples flat = MakeSamples(kRows, kColumns);
  flat.values.assign(flat.values.size(), 77);
  std::string stream = MakeJpeg2000(flat);
  const Image noise = NoisePicture(64, 64, /*seed=*/7);
  const std::string comment =
      "\xFF\x64"s + std::string{'\x10', '\x04', '\0', '\0'} +
      std::string(noise.pixels.begin(), noise.pixels.end());
  stream.insert(stream.find("\xFF\x90"), comment);
  RawDataset image = RawImage(kRows, kColumns);
  image.Fragments({stream});
  EXPECT_THAT(Failures(Opened(RawFile(image, "1.2.840.10008.1.2.4.90"))),
              ElementsAre(Reason::kSuspiciousPixels));
}

TEST(SurplusTest, RowsBeyondTheDeclaredOnesAreReported) {
  // As if somebody had lowered Rows to cut text off.
  const Samples samples = MakeSamples(kRows, kColumns);
  RawDataset image = RawImage(kRows / 2, kColumns);
  image.Fragments({Native(samples)});
  EXPECT_THAT(Failures(Opened(RawFile(image, "1.2.840.10008.1.2.1.98"))),
              ElementsAre(Reason::kFileMalformed));
  image.Fragments({Deflate(Native(samples))});
  EXPECT_THAT(Failures(Opened(RawFile(image, "1.2.840.10008.1.2.8.1"))),
              ElementsAre(Reason::kFrameDecodeFailed));
}

struct VideoCase {
  std::string name;
  std::string uid;
  VideoOptions options;
};

class VideoTest : public testing::TestWithParam<VideoCase> {
 protected:
  // One white column, at another place in each frame.
  static std::vector<Image> Pictures(int frames) {
    std::vector<Image> pictures;
    for (int frame = 0; frame < frames; ++frame) {
      Image picture = FlatPicture(64, 96, 20);
      for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 8; ++x) {
          picture.pixels[static_cast<size_t>(y * 96 + 8 * frame + x)] = 235;
        }
      }
      pictures.push_back(picture);
    }
    return pictures;
  }

  static std::string File(const std::string& stream, int declared) {
    RawDataset image = RawImage(64, 96);
    image.Number(0x00280002, 3)
        .Text(0x00280004, "CS", "YBR_PARTIAL_420")
        .Number(0x00280006, 0)
        .Text(0x00280008, "IS", std::to_string(declared))
        .Fragments({stream.substr(0, stream.size() / 4 * 2),
                    stream.substr(stream.size() / 4 * 2)});
    return RawFile(image, GetParam().uid);
  }
};

TEST_P(VideoTest, EachFrameIsThereInWhateverOrderItIsAskedFor) {
  const std::string stream = MakeVideo(Pictures(8), GetParam().options);
  const Opened opened(File(stream, 8));
  ASSERT_THAT(opened.object, IsOk());
  ASSERT_THAT(opened->omissions(), IsEmpty());
  for (const int frame : {5, 0, 7, 3, 3, 6, 1, 2, 4}) {
    const auto decoded = opened->Decode({.frame = frame});
    ASSERT_THAT(decoded, IsOk()) << "frame " << frame;
    const Image& view = decoded->views.front();
    const auto at = [&](int x) {
      return view.pixels[static_cast<size_t>((32 * 96 + x) * view.channels)];
    };
    EXPECT_GT(at(8 * frame + 4), 150) << "frame " << frame;
    EXPECT_LT(at((8 * frame + 52) % 96), 100) << "frame " << frame;
  }
}

TEST_P(VideoTest, FewerAndMoreFramesThanDeclaredAreReported) {
  const std::string stream = MakeVideo(Pictures(5), GetParam().options);
  EXPECT_THAT(Failures(Opened(File(stream, 5))), IsEmpty());
  EXPECT_THAT(Failures(Opened(File(stream, 6))),
              ElementsAre(Reason::kPixelDataTruncated));
  EXPECT_THAT(Failures(Opened(File(stream, 4))),
              ElementsAre(Reason::kFileMalformed));
}

INSTANTIATE_TEST_SUITE_P(
    All, VideoTest,
    testing::Values(VideoCase{"Mpeg2",
                              "1.2.840.10008.1.2.4.100",
                              {.coding = VideoCoding::kMpeg2}},
                    VideoCase{"H264InMp4",
                              "1.2.840.10008.1.2.4.102",
                              {.wrapping = VideoWrapping::kMp4, .b_frames = 2}},
                    VideoCase{"HevcInATransportStream",
                              "1.2.840.10008.1.2.4.107",
                              {.coding = VideoCoding::kHevc,
                               .wrapping = VideoWrapping::kTransport}}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace burntin
