#include "server/evidence/picture_taker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "detector/base/error.h"
#include "server/digest/sha256.h"
#include "tests/server/metrics/exposition.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::Region TextAt(int x, int first, int last,
                  v1::Category category = v1::CATEGORY_OTHER) {
  v1::Region region;
  region.set_source(v1::SOURCE_FRAME);
  region.set_category(category);
  region.mutable_box()->set_x(x);
  region.mutable_box()->set_width(10);
  region.mutable_box()->set_height(5);
  region.add_frame_ranges()->set_first(first);
  region.mutable_frame_ranges(0)->set_last(last);
  return region;
}

v1::InstanceReport ReportWith(v1::Verdict verdict,
                              const std::vector<v1::Region>& regions) {
  v1::InstanceReport report;
  report.set_study_instance_uid("1.2.3");
  report.set_verdict(verdict);
  report.set_frames_total(20);
  report.set_frames_inspected(20);
  for (const v1::Region& region : regions) *report.add_regions() = region;
  return report;
}

struct Asked {
  int frame = 0;
  Source source = Source::kFrame;
  std::vector<int> columns;  // of the outlined boxes

  friend bool operator==(const Asked&, const Asked&) = default;
};

class PictureTakerTest : public testing::Test {
 protected:
  PictureTakerTest() { Make({}); }

  void Make(const PictureOptions& options) {
    registry_.emplace();
    taker_.emplace(options, store_.get(), &log_, &*registry_);
    taker_->UseDetector(
        [this](const std::string& path, const Picture& picture, int max_side,
               const std::vector<Box>& outlined) {
          return Render(path, picture, max_side, outlined);
        },
        [](RenderedFrame frame, int, int64_t) { return frame; });
  }

  // Pictures that say what they show.
  absl::StatusOr<RenderedFrame> Render(const std::string& path,
                                       const Picture& picture, int max_side,
                                       const std::vector<Box>& outlined) {
    EXPECT_EQ(path, "object");
    if (picture.frame == broken_frame_ || picture.source == broken_source_) {
      return Error(Reason::kFrameDecodeFailed, "It cannot be decoded.");
    }
    Asked asked{picture.frame, picture.source, {}};
    for (const Box& box : outlined) asked.columns.push_back(box.x);
    asked_.push_back(asked);
    return RenderedFrame{"frame " + std::to_string(picture.frame), 3'200, 2'400,
                         max_side / 3'200.0};
  }

  std::vector<KeptPicture> Take(const v1::InstanceReport& report) {
    return taker_->Take("object", report, [] { return false; });
  }

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  std::unique_ptr<EvidenceStore> store_ =
      *EvidenceStore::Open({.directory = folder_.File("evidence")});
  std::optional<MetricRegistry> registry_;
  std::optional<PictureTaker> taker_;
  std::vector<Asked> asked_;
  int broken_frame_ = -1;
  std::optional<Source> broken_source_;
};

TEST_F(PictureTakerTest, EachTextIsOnAPictureWithAllTextsOfItsFrame) {
  const auto taken =
      Take(ReportWith(v1::VERDICT_REVIEW,
                      {TextAt(1, 0, 4), TextAt(2, 0, 0, v1::CATEGORY_BENIGN),
                       TextAt(3, 3, 9), TextAt(4, 7, 9)}));
  EXPECT_THAT(asked_, ElementsAre(Asked{0, Source::kFrame, {1}},
                                  Asked{3, Source::kFrame, {1, 3}},
                                  Asked{7, Source::kFrame, {3, 4}}));
  ASSERT_THAT(taken, SizeIs(3));
  EXPECT_THAT(taken[0].regions, ElementsAre(0));
  EXPECT_THAT(taken[1].regions, ElementsAre(2));
  EXPECT_THAT(taken[2].regions, ElementsAre(3));
  for (const KeptPicture& one : taken) EXPECT_FALSE(one.of_whole_object);
  const EvidenceReference expected = {TextSha256("frame 3"), 3, 1'600, 3'200};
  EXPECT_EQ(taken[1].reference, expected);
  EXPECT_EQ(*store_->Read(expected.sha256), "frame 3");
}

TEST_F(PictureTakerTest, OfAClearObjectThereIsNone) {
  EXPECT_THAT(Take(ReportWith(v1::VERDICT_CLEAR, {TextAt(1, 0, 0)})),
              IsEmpty());
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(PictureTakerTest, AnObjectThatWasNotInspectedInFullIsShownAsAWhole) {
  const auto taken =
      Take(ReportWith(v1::VERDICT_INDETERMINATE, {TextAt(1, 5, 5)}));
  ASSERT_THAT(taken, SizeIs(2));
  EXPECT_FALSE(taken[0].of_whole_object);
  EXPECT_TRUE(taken[1].of_whole_object);
  EXPECT_EQ(taken[1].reference.frame_index, 0);
}

TEST_F(PictureTakerTest, WhereTheFirstFrameCannotBeShownAnotherIs) {
  broken_frame_ = 0;
  const auto taken = Take(ReportWith(v1::VERDICT_INDETERMINATE, {}));
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_TRUE(taken[0].of_whole_object);
  EXPECT_EQ(taken[0].reference.frame_index, 1);
}

TEST_F(PictureTakerTest, OfAnObjectThatCannotBeDecodedNothingIsTried) {
  v1::InstanceReport report = ReportWith(v1::VERDICT_INDETERMINATE, {});
  report.set_frames_inspected(0);
  report.add_reasons()->set_code("FRAME_DECODE_FAILED");
  EXPECT_THAT(Take(report), IsEmpty());
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(PictureTakerTest, ADocumentIsShownByItsFirstPage) {
  broken_source_ = Source::kFrame;
  const auto taken = Take(ReportWith(v1::VERDICT_INDETERMINATE, {}));
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(asked_, ElementsAre(Asked{0, Source::kDocument, {}}));
}

TEST_F(PictureTakerTest, WhatCannotBeDecodedIsMissingAndTheLogSaysSo) {
  broken_frame_ = 3;
  const auto taken =
      Take(ReportWith(v1::VERDICT_REVIEW, {TextAt(1, 0, 0), TextAt(3, 3, 3)}));
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(taken[0].regions, ElementsAre(0));
  EXPECT_THAT(log_text_.str(), HasSubstr("evidence_missing"));
  EXPECT_THAT(log_text_.str(), HasSubstr("FRAME_DECODE_FAILED"));
}

TEST_F(PictureTakerTest, WhatWasTakenAndWhatCouldNotBeIsCounted) {
  broken_frame_ = 3;
  Take(ReportWith(v1::VERDICT_REVIEW,
                  {TextAt(1, 0, 0), TextAt(2, 1, 1), TextAt(3, 3, 3)}));
  const std::string pictures = "burntin_evidence_pictures_total{outcome=";
  EXPECT_THAT(ValueOf(registry_->Text(), pictures + "\"kept\"}"),
              testing::Optional(2.0));
  EXPECT_THAT(ValueOf(registry_->Text(), pictures + "\"missing\"}"),
              testing::Optional(1.0));
}

TEST_F(PictureTakerTest, NoMoreThanSoManyAreTakenOfAnObject) {
  Make({.pictures_per_object = 2});
  const auto taken = Take(ReportWith(
      v1::VERDICT_REVIEW, {TextAt(1, 0, 0), TextAt(2, 1, 1), TextAt(3, 2, 2)}));
  EXPECT_THAT(taken, SizeIs(2));
  EXPECT_THAT(log_text_.str(), HasSubstr("EVIDENCE_UNAVAILABLE"));
}

TEST_F(PictureTakerTest, NoMoreThanItsBytesAreTakenOfASession) {
  Make({.session_bytes = 1});
  EXPECT_THAT(Take(ReportWith(v1::VERDICT_REVIEW, {TextAt(1, 0, 0)})),
              SizeIs(1));
  EXPECT_THAT(Take(ReportWith(v1::VERDICT_REVIEW, {TextAt(1, 1, 1)})),
              IsEmpty());
  v1::InstanceReport other = ReportWith(v1::VERDICT_REVIEW, {TextAt(1, 2, 2)});
  other.set_study_instance_uid("1.2.4");
  EXPECT_THAT(Take(other), SizeIs(1));
}

TEST_F(PictureTakerTest, TextThatStandsInNoPixelsHasNone) {
  v1::Region region = TextAt(1, 0, 0);
  region.set_source(v1::SOURCE_GRAPHIC_ANNOTATION);
  EXPECT_THAT(Take(ReportWith(v1::VERDICT_REVIEW, {region})), IsEmpty());
  EXPECT_THAT(log_text_.str(), IsEmpty());
}

TEST_F(PictureTakerTest, ACancelledInspectionKeepsNone) {
  EXPECT_THAT(
      taker_->Take("object", ReportWith(v1::VERDICT_REVIEW, {TextAt(1, 0, 0)}),
                   [] { return true; }),
      IsEmpty());
  EXPECT_EQ(store_->bytes(), 0);
}

}  // namespace
}  // namespace burntin
