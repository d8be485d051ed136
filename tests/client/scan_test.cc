#include "client/scan/scan.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "burntin/v1/scan_event.pb.h"
#include "detector/base/error.h"
#include "tests/client/fake_inspector.h"
#include "tests/client/render_nothing.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ScanTest : public testing::Test {
 protected:
  ScanTest() {
    environment_.out = &out_;
    environment_.err = &err_;
    environment_.clock = std::chrono::steady_clock::now;
    environment_.looks_like_dicom = BeginsWithDicm;
    environment_.render_frame = RenderNothing;
    environment_.make_inspector = [this](const ScanArguments&)
        -> absl::StatusOr<std::unique_ptr<Inspector>> {
      return std::make_unique<FakeInspector>(inspection_);
    };
    arguments_.paths = {folder_.path()};
  }

  int Run() { return Scan(arguments_, environment_); }

  std::vector<v1::ScanEvent> Events() {
    std::vector<v1::ScanEvent> events;
    std::istringstream lines(out_.str());
    for (std::string line; std::getline(lines, line);) {
      EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(
                      line, &events.emplace_back())
                      .ok());
    }
    return events;
  }

  TemporaryFolder folder_;
  ScanArguments arguments_;
  ScanEnvironment environment_;
  absl::Status inspection_;
  std::ostringstream out_;
  std::ostringstream err_;
};

struct ExitCase {
  std::string name;
  std::vector<std::string> files;
  int exit_status;
};

class ScanExitTest : public ScanTest,
                     public testing::WithParamInterface<ExitCase> {};

TEST_P(ScanExitTest, TheExitStatusSaysWhetherSomethingIsHeld) {
  for (const std::string& file : GetParam().files) folder_.Write(file, "DICM");
  EXPECT_EQ(Run(), GetParam().exit_status);
}

INSTANTIATE_TEST_SUITE_P(
    All, ScanExitTest,
    testing::Values(ExitCase{"AllClearIsNothingFound", {"clear1", "clear2"}, 0},
                    ExitCase{"OneToReviewIsHeld", {"clear1", "review"}, 1},
                    ExitCase{
                        "OneIdentifyingIsHeld", {"identifying", "clear"}, 1},
                    ExitCase{"OneIndeterminateIsHeld", {"clear", "odd"}, 1},
                    ExitCase{"NoFileAtAllFails", {}, 2}),
    [](const auto& test) { return test.param.name; });

TEST_F(ScanTest, OnlyFilesThatAreNotDicomFail) {
  folder_.Write("notes.txt", "hello");
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_.str(), HasSubstr("skipped, not DICOM: "));
}

TEST_F(ScanTest, APathThatDoesNotExistFails) {
  arguments_.paths.push_back(folder_ / "missing");
  folder_.Write("clear", "DICM");
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ScanTest, ModelsThatAreNotLoadedFail) {
  folder_.Write("clear", "DICM");
  environment_.make_inspector =
      [](const ScanArguments&) -> absl::StatusOr<std::unique_ptr<Inspector>> {
    return Error(Reason::kModelNotLoaded, "Fetch the models.");
  };
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_.str(), HasSubstr("Fetch the models."));
}

TEST_F(ScanTest, AServerThatGoesAwayFailsWithEveryAnswerWritten) {
  folder_.Write("clear", "DICM");
  folder_.Write("lost", "DICM");
  arguments_.format = ScanFormat::kJsonLines;
  inspection_ = absl::UnavailableError("The server cannot be reached.");
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_EQ(Events().size(), 3u);
}

TEST_F(ScanTest, AReportThatCannotBeWrittenFailsBeforeTheScan) {
  folder_.Write("clear", "DICM");
  arguments_.report_path = folder_ / "missing/report.html";
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ScanTest, ResultsThatCannotBeWrittenFail) {
  folder_.Write("clear", "DICM");
  out_.setstate(std::ios::badbit);
  EXPECT_EQ(Run(), kExitFailed);
}

TEST_F(ScanTest, LinesComeInTheOrderOfTheWalkAndSessionsLast) {
  for (const char* name : {"clear1", "review2", "clear0", "odd"}) {
    folder_.Write(name, "DICM");
  }
  arguments_.format = ScanFormat::kJsonLines;
  EXPECT_EQ(Run(), kExitHeld);
  std::vector<std::string> order;
  for (const v1::ScanEvent& event : Events()) {
    order.push_back(
        event.has_session()
            ? "session " + event.session().study_instance_uid()
            : event.instance().path().substr(folder_.path().size() + 1));
  }
  EXPECT_THAT(order, ElementsAre("clear0", "clear1", "odd", "review2",
                                 "session 1.2.3"));
}

TEST_F(ScanTest, EmptyAndUnreadableFilesAreAnsweredHere) {
  folder_.Write("a.dcm", "");
  std::filesystem::create_symlink("nowhere", folder_ / "b.dcm");
  folder_.Write("clear", "DICM");
  arguments_.format = ScanFormat::kJsonLines;
  EXPECT_EQ(Run(), kExitHeld);
  const std::vector<v1::ScanEvent> events = Events();
  EXPECT_EQ(events.at(0).instance().reasons(0).code(), "FILE_EMPTY");
  EXPECT_EQ(events.at(1).instance().reasons(0).code(), "FILE_UNREADABLE");
  EXPECT_EQ(events.at(2).instance().verdict(), v1::VERDICT_CLEAR);
}

TEST_F(ScanTest, JsonLinesKeepStandardOutputToThemselves) {
  folder_.Write("clear", "DICM");
  folder_.Write("notes.txt", "hello");
  environment_.err_is_terminal = true;
  arguments_.format = ScanFormat::kJsonLines;
  Run();
  EXPECT_EQ(Events().size(), 2u);
  EXPECT_THAT(err_.str(), HasSubstr("0 of 1 held"));
}

TEST_F(ScanTest, QuietTellsOnlyHowManyFilesWereSkipped) {
  folder_.Write("clear", "DICM");
  folder_.Write("notes.txt", "hello");
  arguments_.format = ScanFormat::kJsonLines;
  arguments_.quiet = true;
  EXPECT_EQ(Run(), kExitNothingFound);
  EXPECT_EQ(err_.str(), "skipped, not DICOM: 1 files\n");
  err_.str("");
  std::filesystem::remove(folder_ / "notes.txt");
  EXPECT_EQ(Run(), kExitNothingFound);
  EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(ScanTest, ColoursNeedATerminalThatMayHaveThem) {
  folder_.Write("review", "DICM");
  environment_.out_is_terminal = true;
  environment_.may_use_color = false;
  Run();
  EXPECT_THAT(out_.str(), Not(HasSubstr("\x1b")));
  environment_.may_use_color = true;
  Run();
  EXPECT_THAT(out_.str(), HasSubstr("\x1b"));
}

TEST_F(ScanTest, ThePageIsWrittenAndItsPlaceIsTold) {
  folder_.Write("review", "DICM");
  TemporaryFolder elsewhere;
  arguments_.report_path = elsewhere / "report.html";
  EXPECT_EQ(Run(), kExitHeld);
  EXPECT_THAT(ReadFile(arguments_.report_path), HasSubstr("/review"));
  EXPECT_THAT(err_.str(), HasSubstr(arguments_.report_path));
}

}  // namespace
}  // namespace burntin
