// What every ObjectOpener has to do, and that all answer the same.
#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "detector/base/anonymous_file.h"
#include "detector/dicom/in_process_opener.h"
#include "detector/isolation/worker_pool.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

constexpr DicomLimits kLimits = {.file_bytes = int64_t{1} << 30,
                                 .pixels_per_frame = 1 << 26,
                                 .frames = 1000};

std::unique_ptr<ObjectOpener> MakePool() {
  auto pool = WorkerPool::Create({.program = BURNTIN_DECODER});
  EXPECT_THAT(pool, IsOk());
  return *std::move(pool);
}

struct NamedOpener {
  const char* name;
  std::function<std::unique_ptr<ObjectOpener>()> make;
};

class ObjectOpenerTest : public testing::TestWithParam<NamedOpener> {
 protected:
  absl::StatusOr<std::unique_ptr<DicomObject>> Open(
      const std::string& bytes, const DicomLimits& limits = kLimits) {
    return opener_->Open(folder_.Write("object", bytes), limits);
  }

  const TempDir folder_;
  const std::unique_ptr<ObjectOpener> opener_ = GetParam().make();
};

// Frames of 30 by 40 pixels, each of one grey.
DicomSpec Frames(const std::vector<uint8_t>& greys) {
  DicomSpec spec = SpecOf(FlatPicture(30, 40, greys[0]));
  spec.frames = static_cast<int>(greys.size());
  spec.samples.clear();
  for (const uint8_t grey : greys) {
    spec.samples.insert(spec.samples.end(), 30 * 40, grey);
  }
  return spec;
}

DicomSpec Noise(Encoding encoding) {
  DicomSpec spec = SpecOf(NoisePicture(64, 48, /*seed=*/1));
  spec.encoding = encoding;
  return spec;
}

// An RLE object whose second frame of three is damaged.
std::string WithADamagedFrame() {
  DicomSpec spec = Frames({10, 20, 30});
  spec.encoding = Encoding::kRle;
  std::string bytes = MakeDicom(spec);
  // The header of the second fragment counts one segment.
  const std::string counted("\1\0\0\0\x40\0\0\0", 8);
  size_t at = bytes.find(counted);
  at = bytes.find(counted, at + 1);
  bytes.replace(at, 4, std::string("\xFF\0\0\0", 4));
  return bytes;
}

TEST_P(ObjectOpenerTest, HandsOutHeaderAndPlanes) {
  DicomSpec spec = Frames({10, 20});
  spec.header = {{0x0010, 0x0010, "Doe^Jane"}};
  const auto object = Open(MakeDicom(spec));
  ASSERT_THAT(object, IsOk());
  EXPECT_EQ((*object)->frames_total(), 2);
  EXPECT_EQ((*object)->planes().size(), 2U);
  EXPECT_TRUE((*object)->omissions().empty());
  ASSERT_FALSE((*object)->header().identifiers.empty());
  EXPECT_EQ((*object)->header().identifiers[0].value, PhiText("Doe^Jane"));
}

TEST_P(ObjectOpenerTest, DecodesFramesInAnyOrder) {
  // One column of each frame is white: that of its number.
  DicomSpec spec = SpecOf(FlatPicture(30, 40, 0));
  spec.frames = 3;
  spec.samples.assign(3 * 30 * 40, 0);
  for (size_t i = 0; i < spec.samples.size(); ++i) {
    if (i % 40 == i / (30 * 40)) spec.samples[i] = 255;
  }
  const auto object = Open(MakeDicom(spec));
  ASSERT_THAT(object, IsOk());
  for (const size_t frame : {2U, 0U, 1U, 2U}) {
    const auto decoded = (*object)->Decode((*object)->planes()[frame]);
    ASSERT_THAT(decoded, IsOk());
    ASSERT_FALSE(decoded->views.empty());
    const std::vector<uint8_t>& pixels = decoded->views[0].pixels;
    ASSERT_EQ(pixels.size(), 30U * 40);
    for (size_t column = 0; column < 3; ++column) {
      EXPECT_EQ(pixels[column], column == frame ? 255 : 0);
    }
  }
}

TEST_P(ObjectOpenerTest, AFrameThatFailsLeavesTheOthers) {
  const auto object = Open(WithADamagedFrame());
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 1}),
              FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT((*object)->Decode({.frame = 0}), IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 2}), IsOk());
}

TEST_P(ObjectOpenerTest, APlaneThatIsNotThereIsUnsupported) {
  const auto object = Open(MakeDicom(Frames({10})));
  ASSERT_THAT(object, IsOk());
  for (const PlaneId& plane : {PlaneId{.frame = 1}, PlaneId{.frame = -1},
                               PlaneId{.source = Source::kIcon}}) {
    EXPECT_THAT((*object)->Decode(plane), FailsWith(Reason::kUnsupportedPlace));
  }
}

TEST_P(ObjectOpenerTest, RefusesWhatCannotBeRead) {
  EXPECT_THAT(opener_->Open(folder_.File("none"), kLimits),
              FailsWith(Reason::kFileUnreadable));
  EXPECT_THAT(opener_->Open(folder_.path(), kLimits),
              FailsWith(Reason::kFileUnreadable));
  EXPECT_THAT(Open(""), FailsWith(Reason::kFileEmpty));
}

TEST_P(ObjectOpenerTest, TheLimitsHold) {
  DicomLimits limits = kLimits;
  limits.file_bytes = 100;
  EXPECT_THAT(Open(MakeDicom(Frames({10})), limits),
              FailsWith(Reason::kFileTooLarge));
}

TEST_P(ObjectOpenerTest, TheFileNeedsNoName) {
  // As uploads live in.
  auto file = AnonymousFile::Create(folder_.path(), 0, /*memory_limit=*/0);
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT(file->Append(MakeDicom(Frames({10}))), IsOk());
  const auto object = opener_->Open(file->path(), kLimits);
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}), IsOk());
}

TEST_P(ObjectOpenerTest, ManyThreadsShareAnObject) {
  const auto object = Open(MakeDicom(Frames({10, 20, 30, 40})));
  ASSERT_THAT(object, IsOk());
  std::vector<std::thread> threads;
  for (int frame = 0; frame < 4; ++frame) {
    threads.emplace_back([&, frame] {
      for (int i = 0; i < 5; ++i) {
        EXPECT_THAT((*object)->Decode({.frame = frame}), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

INSTANTIATE_TEST_SUITE_P(
    Openers, ObjectOpenerTest,
    testing::Values(NamedOpener{"InThisProcess",
                                [] {
                                  return std::make_unique<InProcessOpener>();
                                }},
                    NamedOpener{"InProcessesOfTheirOwn", MakePool}),
    [](const auto& tested) { return std::string(tested.param.name); });

struct NamedObject {
  const char* name;
  std::function<std::string()> make;
};

class SameAnswersTest : public testing::TestWithParam<NamedObject> {};

void ExpectSamePlane(DicomObject& one, DicomObject& other,
                     const PlaneId& plane) {
  const auto first = one.Decode(plane);
  const auto second = other.Decode(plane);
  EXPECT_EQ(first.status(), second.status());
  if (!first.ok() || !second.ok()) return;
  EXPECT_TRUE(first->views == second->views);
  ASSERT_EQ(first->stated.size(), second->stated.size());
  for (size_t i = 0; i < first->stated.size(); ++i) {
    EXPECT_EQ(first->stated[i].box, second->stated[i].box);
    EXPECT_EQ(first->stated[i].text, second->stated[i].text);
  }
}

void ExpectSameHeader(const Header& one, const Header& other) {
  EXPECT_EQ(one.transfer_syntax_uid, other.transfer_syntax_uid);
  EXPECT_EQ(one.sop_class_uid, other.sop_class_uid);
  EXPECT_EQ(one.sop_instance_uid, other.sop_instance_uid);
  EXPECT_EQ(one.modality, other.modality);
  ASSERT_EQ(one.identifiers.size(), other.identifiers.size());
  for (size_t i = 0; i < one.identifiers.size(); ++i) {
    EXPECT_EQ(one.identifiers[i].keyword, other.identifiers[i].keyword);
    EXPECT_EQ(one.identifiers[i].value, other.identifiers[i].value);
  }
}

TEST_P(SameAnswersTest, WhereverItIsDecoded) {
  const TempDir folder;
  const std::string path = folder.Write("object", GetParam().make());
  InProcessOpener here;
  const std::unique_ptr<ObjectOpener> pool = MakePool();
  const auto one = here.Open(path, kLimits);
  const auto other = pool->Open(path, kLimits);
  ASSERT_EQ(one.status(), other.status());
  if (!one.ok()) return;
  ExpectSameHeader((*one)->header(), (*other)->header());
  EXPECT_EQ((*one)->frames_total(), (*other)->frames_total());
  EXPECT_TRUE((*one)->planes() == (*other)->planes());
  EXPECT_TRUE((*one)->omissions() == (*other)->omissions());
  for (const PlaneId& plane : (*one)->planes()) {
    ExpectSamePlane(**one, **other, plane);
  }
}

std::string WithPlacesOfAllKinds() {
  DicomSpec spec = SpecOf(NoisePicture(64, 48, /*seed=*/2));
  spec.window = WindowSpec{.center = 100, .width = 50};
  spec.icon = NoisePicture(16, 16, /*seed=*/3);
  spec.overlays = {{.origin_row = -3, .bits = NoisePicture(8, 8, /*seed=*/4)}};
  spec.header = {{0x0010, 0x0010, "M\xFCller^J\xFCrgen"},
                 {0x0008, 0x0005, "ISO_IR 100"}};
  return MakeDicom(spec);
}

NamedObject Encoded(const char* name, Encoding encoding) {
  return {name, [encoding] { return MakeDicom(Noise(encoding)); }};
}

INSTANTIATE_TEST_SUITE_P(
    Objects, SameAnswersTest,
    testing::Values(
        Encoded("Implicit", Encoding::kImplicitLittle),
        Encoded("BigEndian", Encoding::kExplicitBig),
        Encoded("Deflated", Encoding::kDeflated),
        Encoded("Jpeg", Encoding::kJpegBaseline),
        Encoded("JpegLossless", Encoding::kJpegLosslessSv1),
        Encoded("JpegLs", Encoding::kJpegLsLossless),
        Encoded("Rle", Encoding::kRle),
        NamedObject{"PlacesOfAllKinds", WithPlacesOfAllKinds},
        NamedObject{"ADamagedFrame", WithADamagedFrame},
        NamedObject{"CutInHalf",
                    [] { return CutTo(MakeDicom(Noise(Encoding::kRle)), 50); }},
        NamedObject{"CutAtNineTenths",
                    [] {
                      return CutTo(MakeDicom(Frames({1, 2, 3, 4})), 90);
                    }},
        NamedObject{"Junk", [] { return std::string(5000, '\x7F'); }},
        NamedObject{"Empty", [] { return std::string(); }}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace burntin
