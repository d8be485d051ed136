#include "client/inspect/received_report.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

const FoundFile kFile{.path = "/in/a", .label = "/in/a"};

v1::InstanceReport ClearReport() {
  v1::InstanceReport report;
  report.set_verdict(v1::VERDICT_CLEAR);
  report.set_frames_total(2);
  report.set_frames_inspected(2);
  return report;
}

TEST(ReceivedReportTest, AnUnknownVerdictIsIndeterminateWithAReason) {
  v1::InstanceReport sent = ClearReport();
  sent.set_verdict(static_cast<v1::Verdict>(77));
  const v1::InstanceReport got = CheckReceived(sent, kFile, false);
  EXPECT_EQ(got.verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(got.risk(), 1);
  EXPECT_EQ(got.reasons(0).code(), "INTERNAL_FAILURE");
}

TEST(ReceivedReportTest, AMissingVerdictIsIndeterminate) {
  EXPECT_EQ(CheckReceived({}, kFile, false).verdict(),
            v1::VERDICT_INDETERMINATE);
}

TEST(ReceivedReportTest, ClearWithoutAllFramesIsIndeterminate) {
  v1::InstanceReport sent = ClearReport();
  sent.set_frames_inspected(1);
  EXPECT_EQ(CheckReceived(sent, kFile, false).verdict(),
            v1::VERDICT_INDETERMINATE);
}

TEST(ReceivedReportTest, ClearWithoutAnyFrameIsIndeterminate) {
  v1::InstanceReport sent = ClearReport();
  sent.set_frames_total(0);
  sent.set_frames_inspected(0);
  EXPECT_EQ(CheckReceived(sent, kFile, false).verdict(),
            v1::VERDICT_INDETERMINATE);
}

TEST(ReceivedReportTest, NothingIsInspectedInFullWithoutAllFrames) {
  v1::InstanceReport sent = ClearReport();
  sent.set_verdict(v1::VERDICT_IDENTIFYING);
  sent.set_inspected_in_full(true);
  EXPECT_TRUE(CheckReceived(sent, kFile, false).inspected_in_full());
  sent.set_frames_inspected(1);
  EXPECT_FALSE(CheckReceived(sent, kFile, false).inspected_in_full());
}

TEST(ReceivedReportTest, ClearBesideTextThatIsNotBenignIsIndeterminate) {
  v1::InstanceReport sent = ClearReport();
  sent.add_regions()->set_category(v1::CATEGORY_BENIGN);
  EXPECT_EQ(CheckReceived(sent, kFile, false).verdict(), v1::VERDICT_CLEAR);
  sent.add_regions()->set_category(v1::CATEGORY_UNREADABLE);
  EXPECT_EQ(CheckReceived(sent, kFile, false).verdict(),
            v1::VERDICT_INDETERMINATE);
}

TEST(ReceivedReportTest, AnUnknownCategoryIsNeverClear) {
  v1::InstanceReport sent = ClearReport();
  sent.add_regions()->set_category(static_cast<v1::Category>(77));
  EXPECT_EQ(CheckReceived(sent, kFile, false).verdict(),
            v1::VERDICT_INDETERMINATE);
}

TEST(ReceivedReportTest, ClearWithAllFramesStaysClear) {
  EXPECT_EQ(CheckReceived(ClearReport(), kFile, false).verdict(),
            v1::VERDICT_CLEAR);
}

TEST(ReceivedReportTest, TextThatWasNotAskedForIsDropped) {
  v1::InstanceReport sent = ClearReport();
  sent.add_regions()->set_text("DOE^JANE");
  EXPECT_EQ(CheckReceived(sent, kFile, false).regions(0).text(), "");
  EXPECT_EQ(CheckReceived(sent, kFile, true).regions(0).text(), "DOE^JANE");
}

TEST(ReceivedReportTest, AnUnknownCategoryIsOther) {
  v1::InstanceReport sent = ClearReport();
  sent.add_regions()->set_category(static_cast<v1::Category>(77));
  EXPECT_EQ(CheckReceived(sent, kFile, false).regions(0).category(),
            v1::CATEGORY_OTHER);
}

TEST(ReceivedReportTest, ThePathIsTheFilesLabelWhateverWasSent) {
  v1::InstanceReport sent = ClearReport();
  sent.set_path("/elsewhere");
  EXPECT_EQ(CheckReceived(sent, kFile, false).path(), "/in/a");
}

}  // namespace
}  // namespace burntin
