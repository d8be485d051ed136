#include "client/html/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <regex>

#include "detector/base/error.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kAttack[] = "</title><script>alert('1')</script>\"{{held}}";

absl::StatusOr<RenderedFrame> RenderNothing(const std::string&, Source, int,
                                            int, int) {
  return RenderedFrame{"\x89PNG", 200, 100, 1};
}

absl::StatusOr<RenderedFrame> FailToRender(const std::string&, Source, int, int,
                                           int) {
  return Error(Reason::kFrameDecodeFailed, "The frame cannot be decoded.");
}

class HtmlReportTest : public testing::Test {
 protected:
  // One finding on each of the first `frames` frames.
  v1::InstanceReport Held(const std::string& path, int frames = 1) {
    v1::InstanceReport report;
    report.set_path(path);
    report.set_study_instance_uid("1.2.3");
    report.set_verdict(v1::VERDICT_IDENTIFYING);
    report.set_frames_total(frames);
    v1::Reason* reason = report.add_reasons();
    reason->set_code("HEADER_MATCH");
    reason->set_message("Text matches PatientName.");
    for (int frame = 0; frame < frames; ++frame) {
      v1::Region* region = report.add_regions();
      region->set_source(v1::SOURCE_FRAME);
      v1::FrameRange* range = region->add_frame_ranges();
      range->set_first(frame);
      range->set_last(frame);
      region->mutable_box()->set_x(10);
      region->mutable_box()->set_width(50);
      region->set_category(v1::CATEGORY_PERSON_NAME);
      region->set_score(0.97);
      region->set_matched_attribute("PatientName");
      region->set_text("DOE JANE");
    }
    return report;
  }

  std::string Page(const std::vector<v1::InstanceReport>& reports,
                   HtmlReportOptions options = {},
                   FrameRenderer renderer = RenderNothing) {
    auto page = HtmlReport::Create(path_, options, renderer).value();
    v1::SessionReport session;
    ScanSummary summary;
    for (const v1::InstanceReport& report : reports) {
      EXPECT_TRUE(page->Instance(FoundFile{}, report).ok());
      session.set_study_instance_uid(report.study_instance_uid());
      session.set_instances_total(session.instances_total() + 1);
    }
    EXPECT_TRUE(page->Session(session).ok());
    EXPECT_TRUE(page->Finish(summary).ok());
    return ReadFile(path_);
  }

  static int Count(const std::string& text, const std::string& part) {
    const std::regex pattern(part);
    return static_cast<int>(std::distance(
        std::sregex_iterator(text.begin(), text.end(), pattern), {}));
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "report.html";
};

TEST_F(HtmlReportTest, AFindingIsShownWithPictureBoxAndReason) {
  const std::string page = Page({Held("/in/a.dcm")});
  EXPECT_THAT(page, HasSubstr("/in/a.dcm"));
  EXPECT_THAT(page, HasSubstr("HEADER_MATCH"));
  EXPECT_THAT(page, HasSubstr("src=\"data:image/png;base64,iVBORw==\""));
  EXPECT_THAT(page, HasSubstr("viewBox=\"0 0 200 100\""));
  EXPECT_THAT(page, HasSubstr("97 %"));
  EXPECT_THAT(page, HasSubstr("<code>PatientName</code>"));
}

TEST_F(HtmlReportTest, NothingFromAFileBecomesMarkup) {
  v1::InstanceReport report = Held(kAttack);
  report.set_study_instance_uid(kAttack);
  report.set_series_instance_uid(kAttack);
  report.set_sop_instance_uid(kAttack);
  report.set_modality(kAttack);
  report.set_manufacturer(kAttack);
  report.mutable_reasons(0)->set_message(kAttack);
  report.mutable_reasons(0)->set_code(kAttack);
  report.mutable_regions(0)->set_text(kAttack);
  report.mutable_regions(0)->set_matched_attribute(kAttack);
  v1::InstanceReport clear;
  clear.set_path(kAttack);
  clear.set_study_instance_uid(kAttack);
  clear.set_verdict(v1::VERDICT_CLEAR);
  HtmlReportOptions options;
  options.text = true;
  options.inspected_by = kAttack;
  const std::string page = Page({report, clear}, options);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("alert('1')")));
  EXPECT_EQ(Count(page, "</title>"), 1);
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(page, HasSubstr("{{held}}"));  // not filled in a second time
}

TEST_F(HtmlReportTest, RecognisedTextIsShownOnlyWhenAskedFor) {
  EXPECT_THAT(Page({Held("a")}), Not(HasSubstr("DOE JANE")));
  HtmlReportOptions options;
  options.text = true;
  EXPECT_THAT(Page({Held("a")}, options), HasSubstr("DOE JANE"));
}

TEST_F(HtmlReportTest, NothingIsFetchedFromElsewhere) {
  const std::string page = Page({Held("a")});
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("http:")));
  EXPECT_THAT(page, Not(HasSubstr("https:")));
  EXPECT_THAT(page, Not(HasSubstr("url(")));
  EXPECT_THAT(page, Not(HasSubstr("style=\"")));
  EXPECT_THAT(page, HasSubstr("style-src 'sha256-"));
}

TEST_F(HtmlReportTest, AFrameThatCannotBeShownSaysWhy) {
  const std::string page = Page({Held("a")}, {}, FailToRender);
  EXPECT_THAT(page, HasSubstr("The frame cannot be decoded."));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("Person name"));
}

TEST_F(HtmlReportTest, MorePicturesThanTheLimitAreCounted) {
  const std::string page = Page({Held("a", /*frames=*/8)});
  EXPECT_EQ(Count(page, "<img"), 6);
  EXPECT_THAT(page, HasSubstr("2 more findings"));
}

TEST_F(HtmlReportTest, ThePicturesOfAWholePageAreLimited) {
  HtmlReportOptions options;
  options.pictures_in_all = 3;
  EXPECT_EQ(Count(Page({Held("a", 2), Held("b", 2)}, options), "<img"), 3);
}

TEST_F(HtmlReportTest, OnlyTheOwnerMayReadIt) {
  Page({Held("a")});
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(HtmlReportTest, NoOtherFileIsLeftBehind) {
  Page({Held("a")});
  const std::filesystem::directory_iterator files(folder_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(HtmlReportTest, AFolderThatDoesNotExistFailsBeforeTheScan) {
  const auto page =
      HtmlReport::Create(folder_ / "missing/report.html", {}, RenderNothing);
  EXPECT_EQ(ReasonOf(page.status()), Reason::kInvalidArgument);
}

TEST_F(HtmlReportTest, AFailedScanIsSaidOnThePage) {
  auto page = HtmlReport::Create(path_, {}, RenderNothing).value();
  ScanSummary summary;
  summary.complete = false;
  EXPECT_TRUE(page->Finish(summary).ok());
  EXPECT_THAT(ReadFile(path_), HasSubstr("The scan failed before its end."));
}

}  // namespace
}  // namespace burntin
