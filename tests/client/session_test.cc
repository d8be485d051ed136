#include "client/session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <functional>
#include <optional>
#include <sstream>

#include "client/session/session_request.h"
#include "detector/base/error.h"
#include "tests/client/fake_inspector.h"
#include "tests/client/render_nothing.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class FakeRouter final : public Router {
 public:
  FakeRouter(absl::StatusOr<v1::DecideSessionResponse> answer,
             std::optional<v1::DecideSessionRequest>* asked)
      : answer_(std::move(answer)), asked_(asked) {}

  absl::StatusOr<v1::DecideSessionResponse> Decide(
      const v1::DecideSessionRequest& request) override {
    *asked_ = request;
    return answer_;
  }

 private:
  const absl::StatusOr<v1::DecideSessionResponse> answer_;
  std::optional<v1::DecideSessionRequest>* const asked_;
};

// As FakeInspector, with an object's UID for each file, and a deed before.
class SessionInspector final : public Inspector {
 public:
  explicit SessionInspector(std::function<void()>* before) : before_(before) {}

  absl::Status InspectAll(std::span<const FoundFile> files,
                          const Answer& answer) override {
    if (*before_) (*before_)();
    for (size_t i = 0; i < files.size(); ++i) {
      v1::InstanceReport report = ReportByName(files[i]);
      report.set_sop_instance_uid("1." + ReadFile(files[i].path).substr(4));
      answer(i, report);
    }
    return absl::OkStatus();
  }

  int max_in_flight() const override { return 1; }

 private:
  std::function<void()>* const before_;
};

class SessionTest : public testing::Test {
 protected:
  SessionTest() {
    environment_.out = &out_;
    environment_.err = &err_;
    environment_.clock = std::chrono::steady_clock::now;
    environment_.looks_like_dicom = BeginsWithDicm;
    environment_.render_frame = RenderNothing;
    environment_.make_inspector = [this](const ScanArguments&)
        -> absl::StatusOr<std::unique_ptr<Inspector>> {
      return std::make_unique<SessionInspector>(&before_inspection_);
    };
    environment_.make_router =
        [this](
            const ScanArguments&) -> absl::StatusOr<std::unique_ptr<Router>> {
      return std::make_unique<FakeRouter>(answer_, &asked_);
    };
    arguments_.input = input_.path();
    arguments_.output = output_.path();
    arguments_.inspection.server = "localhost:1";
    arguments_.location.set_project("INCOMING");
    arguments_.location.set_experiment_id("XNAT_E00001");
    input_.Write("clear1", "DICM1");
    input_.Write("clear2", "DICM2");
    Answer(v1::ROUTE_ACTION_TO_PROJECT);
  }

  void Answer(v1::RouteAction action) {
    v1::DecideSessionResponse response;
    response.mutable_decision()->set_action(action);
    response.mutable_decision()->set_target_project("SOMEWHERE");
    answer_ = response;
  }

  int Run() { return DecideAndReport(arguments_, environment_); }

  std::string Json() { return ReadFile(output_ / "report.json"); }

  TemporaryFolder input_;
  TemporaryFolder output_;
  SessionArguments arguments_;
  SessionEnvironment environment_;
  std::function<void()> before_inspection_;
  absl::StatusOr<v1::DecideSessionResponse> answer_;
  std::optional<v1::DecideSessionRequest> asked_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(SessionTest, ASessionThatMayLeaveEndsWithZero) {
  EXPECT_EQ(Run(), kSessionOut) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("to project: SOMEWHERE"));
  ASSERT_TRUE(asked_.has_value());
  EXPECT_EQ(asked_->study_instance_uid(), "1.2.3");
  EXPECT_EQ(asked_->location().experiment_id(), "XNAT_E00001");
  EXPECT_EQ(asked_->instances_expected(), 2);
  ASSERT_EQ(asked_->instances_size(), 2);
  EXPECT_EQ(asked_->instances(0).sop_instance_uid(), "1.1");
  EXPECT_EQ(asked_->instances(0).sha256().size(), 64u);
}

struct HeldCase {
  std::string name;
  v1::RouteAction action;
};

class HeldTest : public SessionTest,
                 public testing::WithParamInterface<HeldCase> {};

TEST_P(HeldTest, AnyOtherActionIsQuarantine) {
  Answer(GetParam().action);
  EXPECT_EQ(Run(), kSessionHeld);
  arguments_.held_is_success = true;
  EXPECT_EQ(Run(), kSessionOut);
  EXPECT_THAT(out_.str(), HasSubstr("quarantine: SOMEWHERE"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("to project")));
}

INSTANTIATE_TEST_SUITE_P(
    All, HeldTest,
    testing::Values(HeldCase{"Quarantine", v1::ROUTE_ACTION_QUARANTINE},
                    HeldCase{"InspectFirst", v1::ROUTE_ACTION_INSPECT_FIRST},
                    HeldCase{"Unspecified", v1::ROUTE_ACTION_UNSPECIFIED},
                    HeldCase{"Unknown", static_cast<v1::RouteAction>(99)}),
    [](const auto& test) { return test.param.name; });

TEST_F(SessionTest, BothReportsCanBeReadByXnatsUser) {
  Run();
  for (const char* name : {"report.json", "report.html"}) {
    struct stat info = {};
    ASSERT_EQ(stat((output_ / name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777, 0644) << name;
  }
  EXPECT_THAT(Json(), HasSubstr("\"targetProject\":\"SOMEWHERE\""));
  EXPECT_THAT(Json(), HasSubstr("\"studyInstanceUid\":\"1.2.3\""));
}

TEST_F(SessionTest, WithoutADecisionTheReportsAreThereAndTheRunFails) {
  answer_ = absl::UnavailableError("The server is gone.");
  EXPECT_EQ(Run(), kSessionFailed);
  arguments_.held_is_success = true;
  EXPECT_EQ(Run(), kSessionFailed);
  EXPECT_THAT(Json(), HasSubstr("\"decided\":null"));
  EXPECT_THAT(Json(), HasSubstr("/clear1"));
}

TEST_F(SessionTest, AFileThatCannotBeReadIsExpectedAndNotListed) {
  input_.Write("empty.dcm", "");
  Run();
  ASSERT_TRUE(asked_.has_value());
  EXPECT_EQ(asked_->instances_expected(), 3);
  EXPECT_EQ(asked_->instances_size(), 2);
}

TEST_F(SessionTest, ASessionThatWasMergedMeanwhileIsInspectedAgain) {
  int inspections = 0;
  before_inspection_ = [&] {
    if (++inspections == 1) input_.Write("clear3", "DICM3");
  };
  EXPECT_EQ(Run(), kSessionOut);
  EXPECT_EQ(inspections, 2);
  EXPECT_EQ(asked_->instances_size(), 3);
}

TEST_F(SessionTest, ASessionThatChangesAllTheTimeIsNotDecided) {
  int inspections = 0;
  before_inspection_ = [&] {
    input_.Write("clear" + std::to_string(10 + ++inspections), "DICM3");
  };
  EXPECT_EQ(Run(), kSessionFailed);
  EXPECT_EQ(inspections, 3);
  EXPECT_FALSE(asked_.has_value());
}

TEST_F(SessionTest, APartOfASessionIsInspectedAndNotDecided) {
  arguments_.inspect_only = true;
  EXPECT_EQ(Run(), kSessionOut);
  input_.Write("review", "DICM3");
  EXPECT_EQ(Run(), kSessionHeld);
  EXPECT_FALSE(asked_.has_value());
  EXPECT_THAT(Json(), HasSubstr("/review"));
}

TEST_F(SessionTest, ASessionWithoutFilesFails) {
  TemporaryFolder empty;
  arguments_.input = empty.path();
  EXPECT_EQ(Run(), kSessionFailed);
}

TEST_F(SessionTest, OneServerInspectsAndDecides) {
  arguments_.inspection.server = "127.0.0.1:1,127.0.0.1:2";
  EXPECT_EQ(Run(), kSessionFailed);
  EXPECT_THAT(Json(), IsEmpty());
}

TEST(SessionRequestTest, WithoutAStudyThereIsNothingToAsk) {
  EXPECT_EQ(ReasonOf(MakeRequest({{v1::InstanceReport(), "ab"}}, {}).status()),
            Reason::kInvalidArgument);
}

TEST(SessionRequestTest, TheStudyOfMostFilesIsAskedForWithAllOfThem) {
  std::vector<InspectedFile> files;
  for (const char* study : {"1.1", "1.2", "1.2"}) {
    v1::InstanceReport report;
    report.set_study_instance_uid(study);
    report.set_sop_instance_uid("2." + std::to_string(files.size()));
    files.push_back({report, std::string(64, 'a')});
  }
  const auto request = MakeRequest(files, {});
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->study_instance_uid(), "1.2");
  EXPECT_EQ(request->instances_size(), 3);
  EXPECT_FALSE(request->has_location());
}

TEST(SessionRequestTest, AnObjectThatIsThereTwiceIsListedOnceAndMissed) {
  v1::InstanceReport report;
  report.set_study_instance_uid("1.2");
  report.set_sop_instance_uid("2.1");
  const InspectedFile file{report, std::string(64, 'a')};
  const auto request = MakeRequest({file, file}, {});
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->instances_size(), 1);
  EXPECT_EQ(request->instances_expected(), 2);
}

}  // namespace
}  // namespace burntin
