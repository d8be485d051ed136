#include "client/output/text_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "client/output/wording.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::InstanceReport HeldReport() {
  v1::InstanceReport report;
  report.set_path("/in/a.dcm");
  report.set_verdict(v1::VERDICT_IDENTIFYING);
  report.set_risk(0.97);
  report.set_frames_total(12);
  report.set_frames_inspected(12);
  v1::Reason* reason = report.add_reasons();
  reason->set_code("HEADER_MATCH");
  reason->set_message("Text matches PatientName.");
  v1::Region* region = report.add_regions();
  region->set_source(v1::SOURCE_FRAME);
  region->set_category(v1::CATEGORY_PERSON_NAME);
  region->set_text("DOE JANE");
  return report;
}

std::string Written(const v1::InstanceReport& report,
                    TextTableOptions options) {
  std::ostringstream out;
  TextTable table(&out, options);
  EXPECT_TRUE(table.Instance(FoundFile{}, report).ok());
  return out.str();
}

TEST(TextTableTest, ARowSaysWhatWasFoundAndWhy) {
  const std::string out = Written(HeldReport(), {});
  EXPECT_THAT(out, HasSubstr("IDENTIFYING    0.97      12/12         1  "
                             "/in/a.dcm\n"));
  EXPECT_THAT(out, HasSubstr("HEADER_MATCH: Text matches PatientName.\n"));
}

TEST(TextTableTest, ObjectsWithoutAStudyKeepEveryStudyFromBeingClear) {
  std::ostringstream out;
  TextTable table(&out, {});
  v1::SessionReport session;
  session.set_verdict(v1::VERDICT_CLEAR);
  EXPECT_TRUE(table.Session(session).ok());
  EXPECT_THAT(out.str(), Not(HasSubstr("treat none as clear")));
  session.set_verdict(v1::VERDICT_INDETERMINATE);
  EXPECT_TRUE(table.Session(session).ok());
  EXPECT_THAT(out.str(), HasSubstr("treat none as clear"));
}

TEST(TextTableTest, RecognisedTextIsShownOnlyWhenAskedFor) {
  EXPECT_THAT(Written(HeldReport(), {}), Not(HasSubstr("DOE")));
  EXPECT_THAT(Written(HeldReport(), {.text = true}), HasSubstr("DOE JANE"));
}

TEST(TextTableTest, ColoursComeOnlyWhenAskedFor) {
  EXPECT_THAT(Written(HeldReport(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(Written(HeldReport(), {.color = true}), HasSubstr("\x1b[1;31m"));
}

TEST(TextTableTest, AFileNameCannotCommandTheTerminal) {
  v1::InstanceReport report = HeldReport();
  report.set_path("/in/\x1b[2Jx\r\ny\xC2\x9B");
  EXPECT_THAT(Written(report, {}), HasSubstr("/in/?[2Jx??y?\n"));
}

TEST(TextTableTest, BenignTextIsNoFinding) {
  v1::InstanceReport report = HeldReport();
  report.mutable_regions(0)->set_category(v1::CATEGORY_BENIGN);
  EXPECT_EQ(FindingsWords(report), "0");
}

TEST(TextTableTest, FramesAreWrittenAsRanges) {
  v1::Region region;
  v1::FrameRange* range = region.add_frame_ranges();
  range->set_last(12);
  range = region.add_frame_ranges();
  range->set_first(40);
  range->set_last(40);
  EXPECT_EQ(FrameRangesWords(region), "0-12, 40");
}

TEST(TextTableTest, OtherAlphabetsPassUnchanged) {
  EXPECT_EQ(TerminalSafe("Jos\u00E9 \u5C71\u7530"), "Jos\u00E9 \u5C71\u7530");
}

}  // namespace
}  // namespace burntin
