// Files that are junk, cut, malformed or beyond a limit: each is refused or
// reported with its reason, and none crashes.
#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "tests/detector/dicom/opened.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using namespace std::string_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

DicomSpec Small() { return SpecOf(FlatPicture(16, 24, 100)); }

DicomSpec WithFrames(const std::string& value) {
  DicomSpec spec = Small();
  spec.number_of_frames = value;
  return spec;
}

std::string Meta() {
  const std::string whole = MakeDicom(Small());
  // The data set starts with its SOP Class UID.
  return whole.substr(0, whole.find("\x08\x00\x16\x00UI"s));
}

// Sequences within sequences of undefined length, and nothing else.
std::string Nested(int levels) {
  std::string bytes;
  for (int i = 0; i < levels; ++i) {
    bytes += "\x08\x00\x40\x11SQ\x00\x00\xFF\xFF\xFF\xFF"s +
             "\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF"s;
  }
  for (int i = 0; i < levels; ++i) {
    bytes += "\xFE\xFF\x0D\xE0\x00\x00\x00\x00"s +
             "\xFE\xFF\xDD\xE0\x00\x00\x00\x00"s;
  }
  return bytes;
}

// `bytes` as a raw deflate stream of stored blocks (RFC 1951, 3.2.4).
std::string Deflated(const std::string& bytes) {
  constexpr size_t kBlockBytes = 60'000;
  std::string stream;
  for (size_t at = 0; at < bytes.size(); at += kBlockBytes) {
    const std::string block = bytes.substr(at, kBlockBytes);
    const auto size = static_cast<uint16_t>(block.size());
    const auto inverse = static_cast<uint16_t>(~size);
    stream += at + kBlockBytes >= bytes.size() ? '\x01' : '\x00';
    for (const uint16_t number : {size, inverse}) {
      stream += static_cast<char>(number & 0xFF);
      stream += static_cast<char>(number >> 8);
    }
    stream += block;
  }
  return stream;
}

TEST(DamagedFileTest, AMissingFileIsUnreadable) {
  EXPECT_THAT(DicomObject::Open(TempDir().File("none"), kWideLimits),
              FailsWith(Reason::kFileUnreadable));
}

TEST(DamagedFileTest, AFolderIsUnreadable) {
  EXPECT_THAT(DicomObject::Open(TempDir().path(), kWideLimits),
              FailsWith(Reason::kFileUnreadable));
}

TEST(DamagedFileTest, AnEmptyFileSaysSo) {
  EXPECT_THAT(Opened(""s).object, FailsWith(Reason::kFileEmpty));
}

TEST(DamagedFileTest, JunkIsNeverFullyInspected) {
  std::mt19937 random(1);
  for (int i = 0; i < 50; ++i) {
    std::string junk(static_cast<size_t>(1 + i * 97), '\0');
    for (char& c : junk) c = static_cast<char>(random());
    EXPECT_THAT(Failures(Opened(junk)), testing::Not(IsEmpty()));
  }
}

TEST(DamagedFileTest, JunkAfterThePrefixIsNeverFullyInspected) {
  std::mt19937 random(2);
  for (int i = 0; i < 50; ++i) {
    std::string junk = std::string(128, '\0') + "DICM";
    for (int k = 0; k < 40 * i; ++k) junk += static_cast<char>(random());
    EXPECT_THAT(Failures(Opened(junk)), testing::Not(IsEmpty()));
  }
}

TEST(DamagedFileTest, TextIsNotDicom) {
  EXPECT_THAT(
      Failures(Opened("Notes about the study, of no use to a parser.\n"s)),
      testing::Not(IsEmpty()));
}

TEST(DamagedFileTest, ABitFlippedAnywhereDoesNotCrash) {
  DicomSpec spec = Small();
  spec.encoding = Encoding::kJpegBaseline;
  const std::string whole = MakeDicom(spec);
  for (size_t at = 132; at < whole.size(); at += 7) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    Failures(Opened(flipped));
  }
}

TEST(DamagedFileTest, AValueThatClaimsGigabytesCostsNone) {
  // Manufacturer, Patient's Name and Pixel Data with a length of 3 GB.
  for (const std::string& tag :
       {"\x08\x00\x70\x00"s, "\x10\x00\x10\x00"s, "\xE0\x7F\x10\x00"s}) {
    const std::string bytes =
        Meta() + tag + "OW\x00\x00\x00\x00\x00\xC0"s + std::string(100, 'x');
    EXPECT_THAT(Failures(Opened(bytes)), testing::Not(IsEmpty()));
  }
}

// The rest of it would be what the memory held before: another patient's.
TEST(DamagedFileTest, AValueThatTheFileCutsIsNone) {
  const std::string whole = MakeDicom(Small());
  const size_t at = whole.find("\x08\x00\x60\x00"s);  // Modality
  const std::string before = whole.substr(0, at);
  for (const std::string& bytes :
       {before + "\x08\x00\x60\x00LO\xF0\x00US"s,
        before + "\x08\x00\x60\x00UT\x00\x00\x00\x08\x00\x00US"s}) {
    const Opened opened(bytes);
    EXPECT_THAT(Failures(opened), testing::Not(IsEmpty()));
    EXPECT_EQ(opened->header().modality, "");
    EXPECT_NE(opened->header().sop_class_uid, "");
  }
}

TEST(DamagedFileTest, ImplicitVrsUnderACompressedSyntaxAreMalformed) {
  DicomSpec spec = Small();
  spec.encoding = Encoding::kImplicitLittle;
  const std::string implicit = MakeDicom(spec);
  const std::string as_rle =
      Patch(Meta(), "1.2.840.10008.1.2.1\0"s, "1.2.840.10008.1.2.5\0"s);
  EXPECT_THAT(
      Failures(
          Opened(as_rle + implicit.substr(implicit.find("\x08\x00\x16\x00"s)))),
      ElementsAre(Reason::kFileMalformed));
}

TEST(DamagedFileTest, AWholeFileHasNoFailure) {
  EXPECT_THAT(Failures(Opened(Small())), IsEmpty());
}

TEST(DamagedFileTest, SequencesALittleNestedAreFine) {
  const std::string whole = MakeDicom(Small());
  const std::string meta = Meta();
  // A nested sequence before everything else: tags need not ascend to parse.
  const std::string nested = meta + Nested(8) + whole.substr(meta.size());
  EXPECT_THAT(Failures(Opened(nested)), IsEmpty());
}

TEST(DamagedFileTest, SequencesNestedTooDeeplyAreRefused) {
  for (const int levels : {129, 1000, 100'000}) {
    EXPECT_THAT(Opened(Meta() + Nested(levels)).object,
                FailsWith(Reason::kFileMalformed))
        << levels << " levels";
  }
}

// Each level holds a value that looks like the ends of the levels so far.
TEST(DamagedFileTest, DeepNestingBehindFalseEndsIsRefused) {
  const std::string end = "\xFE\xFF\x0D\xE0\x00\x00\x00\x00"s;
  std::string bytes;
  for (int level = 0; level < 100'000; ++level) {
    bytes += "\x08\x00\x40\x11SQ\x00\x00\xFF\xFF\xFF\xFF"s +
             "\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF"s +
             "\x08\x00\x41\x11OB\x00\x00\x10\x00\x00\x00"s + end + end;
  }
  EXPECT_THAT(Opened(Meta() + bytes).object, FailsWith(Reason::kFileMalformed));
}

TEST(DamagedFileTest, DeepNestingThatIsDeflatedIsRefused) {
  DicomSpec spec = Small();
  spec.encoding = Encoding::kDeflated;
  const std::string whole = MakeDicom(spec);
  // The meta information ends with its last element, the software version.
  const size_t version = whole.find("\x02\x00\x13\x00SH"s);
  const size_t length = static_cast<uint8_t>(whole[version + 6]);
  EXPECT_THAT(
      Opened(whole.substr(0, version + 8 + length) + Deflated(Nested(100'000)))
          .object,
      FailsWith(Reason::kFileMalformed));
}

TEST(DamagedFileTest, BytesAfterTheDeflatedDataSetAreReported) {
  DicomSpec spec = Small();
  spec.encoding = Encoding::kDeflated;
  EXPECT_THAT(Failures(Opened(MakeDicom(spec) + "more bytes")),
              ElementsAre(Reason::kFileMalformed));
}

TEST(DamagedFileTest, DeepNestingThatIsCutOffIsRefused) {
  const std::string bytes = Meta() + Nested(100'000);
  EXPECT_THAT(Opened(CutTo(bytes, 40)).object,
              FailsWith(Reason::kFileMalformed));
}

struct FrameNumberCase {
  std::string name;
  std::string value;
  std::vector<Reason> failures;
};

class NumberOfFramesTest : public testing::TestWithParam<FrameNumberCase> {};

TEST_P(NumberOfFramesTest, IsANumberAboveZeroThatThePixelsBear) {
  EXPECT_THAT(Failures(Opened(WithFrames(GetParam().value))),
              testing::UnorderedElementsAreArray(GetParam().failures));
}

INSTANTIATE_TEST_SUITE_P(
    Values, NumberOfFramesTest,
    testing::Values(
        FrameNumberCase{"One", "1", {}},
        FrameNumberCase{"OnePadded", " 1 ", {}},
        FrameNumberCase{"OneWithSign", "+1", {}},
        FrameNumberCase{"Empty", "", {}},
        FrameNumberCase{"Zero", "0", {Reason::kFileMalformed}},
        FrameNumberCase{"Negative", "-1", {Reason::kFileMalformed}},
        FrameNumberCase{"WithALetter", "1A", {Reason::kFileMalformed}},
        FrameNumberCase{"AWord", "ONE", {Reason::kFileMalformed}},
        FrameNumberCase{"ADecimal", "1.5", {Reason::kFileMalformed}},
        FrameNumberCase{
            "BeyondAnInteger", "99999999999", {Reason::kFileMalformed}},
        FrameNumberCase{
            "MoreThanThePixels", "2", {Reason::kPixelDataTruncated}},
        FrameNumberCase{
            "BeyondTheLimit", "2000000000", {Reason::kFrameLimitExceeded}}),
    [](const auto& tested) { return tested.param.name; });

TEST(DamagedObjectTest, MorePixelsThanDeclaredFramesAreReported) {
  DicomSpec spec = Small();
  spec.samples.resize(3 * spec.samples.size());
  const Opened opened(spec);
  EXPECT_THAT(Failures(opened), ElementsAre(Reason::kFileMalformed));
  EXPECT_EQ(opened->planes().size(), 1U);
}

TEST(DamagedObjectTest, MoreIdentifiersThanAnyoneHasAreReported) {
  DicomSpec spec = Small();
  std::string ids = "1";
  for (int i = 0; i < 1000; ++i) ids += "\\1";
  spec.header = {{0x0010, 0x1000, ids}};  // Other Patient IDs
  const Opened opened(spec);
  EXPECT_THAT(Failures(opened), ElementsAre(Reason::kFileMalformed));
  EXPECT_EQ(opened->header().identifiers.size(), 1000U);
}

TEST(DamagedObjectTest, MissingRowsAreReported) {
  DicomSpec spec = Small();
  spec.with_rows = false;
  EXPECT_THAT(Failures(Opened(spec)), ElementsAre(Reason::kFileMalformed));
}

TEST(DamagedObjectTest, FewerPixelsThanRowsAndColumnsAreReported) {
  DicomSpec spec = Small();
  spec.samples.resize(spec.samples.size() / 2);
  EXPECT_THAT(Failures(Opened(spec)), ElementsAre(Reason::kPixelDataTruncated));
}

TEST(DamagedObjectTest, NoPixelDataIsReported) {
  DicomSpec spec = Small();
  spec.with_pixel_data = false;
  const Opened opened(spec);
  EXPECT_THAT(Failures(opened), ElementsAre(Reason::kNoPixelData));
  EXPECT_EQ(opened->frames_total(), 0);
}

TEST(DamagedObjectTest, CompressedPixelsCutInTheMiddleAreReported) {
  for (const Encoding encoding :
       {Encoding::kJpegBaseline, Encoding::kJpegLosslessSv1,
        Encoding::kJpegLsLossless, Encoding::kRle}) {
    DicomSpec spec = SpecOf(NoisePicture(64, 64, /*seed=*/3));
    spec.encoding = encoding;
    std::string bytes = MakeDicom(spec);
    // The second half of the frame's bytes is gone; lengths are unchanged.
    const size_t end = bytes.size() - 8;
    const size_t middle = bytes.size() - 1500;
    bytes.replace(middle, end - middle, std::string(end - middle, '\0'));
    EXPECT_THAT(Failures(Opened(bytes)), Contains(Reason::kFrameDecodeFailed))
        << "encoding " << static_cast<int>(encoding);
  }
}

TEST(DamagedObjectTest, ATransferSyntaxWithoutDecoderIsReported) {
  DicomSpec spec = Small();
  spec.encoding = Encoding::kJpegLosslessSv1;
  const std::string part2 = Patch(MakeDicom(spec), "1.2.840.10008.1.2.4.70",
                                  "1.2.840.10008.1.2.4.92");
  EXPECT_THAT(Failures(Opened(part2)),
              ElementsAre(Reason::kUnsupportedTransferSyntax));
}

TEST(DamagedObjectTest, PixelsOfAnotherTransferSyntaxAreReported) {
  DicomSpec spec = Small();
  spec.encoding = Encoding::kJpegLosslessSv1;
  for (const std::string uid :
       {"1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90"}) {
    EXPECT_THAT(
        Failures(Opened(Patch(MakeDicom(spec), "1.2.840.10008.1.2.4.70", uid))),
        testing::Not(IsEmpty()));
  }
}

TEST(DamagedObjectTest, ACompressedFrameOfAnotherSizeIsReported) {
  const std::string rows = "\x28\x00\x10\x00US\x02\x00"s;
  for (const Encoding encoding :
       {Encoding::kJpegBaseline, Encoding::kJpegLosslessSv1,
        Encoding::kJpegLsLossless}) {
    DicomSpec spec = Small();
    spec.encoding = encoding;
    for (const char other : {'\x0F', '\x11', '\x20'}) {
      EXPECT_THAT(Failures(Opened(Patch(MakeDicom(spec), rows + "\x10\x00"s,
                                        rows + other + "\x00"s))),
                  ElementsAre(Reason::kFrameDecodeFailed));
    }
  }
}

TEST(DamagedObjectTest, AnUnknownTransferSyntaxIsReportedAndNotGuessed) {
  const std::string bytes = Patch(MakeDicom(Small()), "1.2.840.10008.1.2.1\0"s,
                                  "1.2.826.0.1.3.99.1\0\0"s);
  EXPECT_THAT(Failures(Opened(bytes)),
              ElementsAre(Reason::kUnsupportedTransferSyntax));
}

TEST(LimitTest, AFileBeyondItIsRefused) {
  DicomLimits limits = kWideLimits;
  limits.file_bytes = 100;
  EXPECT_THAT(Opened(Small(), limits).object, FailsWith(Reason::kFileTooLarge));
}

TEST(LimitTest, ADeflatedFileThatInflatesBeyondItIsRefused) {
  DicomSpec spec = SpecOf(FlatPicture(512, 512, 0));
  spec.encoding = Encoding::kDeflated;
  DicomLimits limits = kWideLimits;
  limits.file_bytes = 100'000;  // the file itself has far less
  EXPECT_THAT(Opened(spec, limits).object, FailsWith(Reason::kFileTooLarge));
  limits.file_bytes = 600'000;
  EXPECT_THAT(Failures(Opened(spec, limits)), IsEmpty());
}

TEST(LimitTest, AFileAtItIsRead) {
  DicomLimits limits = kWideLimits;
  limits.file_bytes = static_cast<int64_t>(MakeDicom(Small()).size());
  EXPECT_THAT(Failures(Opened(Small(), limits)), IsEmpty());
}

TEST(LimitTest, AFrameBeyondItIsReported) {
  DicomLimits limits = kWideLimits;
  limits.pixels_per_frame = 16 * 24 - 1;
  EXPECT_THAT(Failures(Opened(Small(), limits)),
              ElementsAre(Reason::kPixelLimitExceeded));
}

TEST(LimitTest, MoreFramesThanItAreReported) {
  DicomLimits limits = kWideLimits;
  limits.frames = 1;
  DicomSpec spec = WithFrames("2");
  spec.samples.resize(2 * spec.samples.size());
  EXPECT_THAT(Failures(Opened(spec, limits)),
              ElementsAre(Reason::kFrameLimitExceeded));
}

TEST(LimitTest, AnOverlayBeyondItIsReported) {
  DicomLimits limits = kWideLimits;
  limits.pixels_per_frame = 16 * 24;
  DicomSpec spec = Small();
  spec.overlays = {{.bits = FlatPicture(32, 32, 1)}};
  EXPECT_THAT(Failures(Opened(spec, limits)),
              testing::ElementsAre(Reason::kPixelLimitExceeded));
}

TEST(LimitTest, AnIconBeyondItIsReported) {
  DicomLimits limits = kWideLimits;
  limits.pixels_per_frame = 16 * 24;
  DicomSpec spec = Small();
  spec.icon = FlatPicture(32, 32, 1);
  EXPECT_THAT(Failures(Opened(spec, limits)),
              ElementsAre(Reason::kPixelLimitExceeded));
}

}  // namespace
}  // namespace burntin
