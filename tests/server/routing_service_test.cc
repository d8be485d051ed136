#include "server/decision/routing_service.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "server/digest/sha256.h"
#include "tests/server/routing_fixture.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(RoutingServiceTest, AnInspectedClearSessionGoesOut) {
  Upload("clear1");
  Upload("clear2");
  const auto response = Decide(RequestFor({"clear1", "clear2"}));
  const v1::Decision& decision = response.decision();
  EXPECT_EQ(decision.action(), v1::ROUTE_ACTION_TO_PROJECT);
  EXPECT_EQ(decision.target_project(), "A");
  EXPECT_EQ(decision.rule(), "ct");
  EXPECT_EQ(decision.rule_line(), 4);
  EXPECT_EQ(decision.verdict(), v1::VERDICT_CLEAR);
  EXPECT_EQ(decision.instances_total(), 2);
  EXPECT_EQ(decision.protocol_sha256(), TextSha256(kProtocol));
  EXPECT_EQ(decision.decide_time().seconds(), 1);
  EXPECT_EQ(decision.decide_time().nanos(), 500'000'000);
  EXPECT_THAT(CodesOf(decision), ElementsAre("PROTOCOL_RULE"));
}

TEST_F(RoutingServiceTest, OneObjectWithTextHoldsTheSession) {
  Upload("clear1");
  Upload("review1");
  const auto response = Decide(RequestFor({"clear1", "review1"}));
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_EQ(response.decision().target_project(), "QUARANTINE");
  EXPECT_EQ(response.decision().verdict(), v1::VERDICT_REVIEW);
  EXPECT_EQ(response.decision().risk(), 0.7);
  EXPECT_THAT(CodesOf(response.decision()),
              ElementsAre("NO_RULE_MATCHED", "UNPROVEN_TEXT"));
}

TEST_F(RoutingServiceTest, AnObjectWithoutReportHoldsTheSession) {
  Upload("clear1");
  const auto response = Decide(RequestFor({"clear1", "clear2"}));
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_EQ(response.decision().verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(CodesOf(response.decision()).front(), "INSTANCE_NOT_INSPECTED");
}

TEST_F(RoutingServiceTest, AnInspectedObjectThatIsNotNamedHoldsTheSession) {
  Upload("clear1");
  Upload("review1");
  const auto response = Decide(RequestFor({"clear1"}));
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_EQ(CodesOf(response.decision()).front(), "SESSION_INCOMPLETE");
}

TEST_F(RoutingServiceTest, AnObjectOfAnotherStudyNeedNotBeNamed) {
  Upload("clear1");
  detector_.answer = [](const std::string& bytes, const InspectOptions&) {
    InstanceReport report = ReportByBytes(bytes);
    report.header.study_instance_uid = "9.8.7";
    return report;
  };
  Upload("review1");
  EXPECT_EQ(Decide(RequestFor({"clear1"})).decision().action(),
            v1::ROUTE_ACTION_TO_PROJECT);
}

TEST_F(RoutingServiceTest, AnObjectOfWhichAPartWasSeenHoldsTheSession) {
  detector_.answer = [](const std::string& bytes, const InspectOptions&) {
    InstanceReport report = ReportByBytes(bytes);
    report.verdict = Verdict::kIdentifying;
    report.inspected_in_full = bytes == "whole";
    return report;
  };
  folder_.Write("protocol.yaml",
                "version: 1\nrules:\n  - {name: all, when: {verdict: "
                "[CLEAR, REVIEW, IDENTIFYING]}, then: {to_project: A}}\n");
  Look();
  Look();
  Upload("whole");
  EXPECT_EQ(Decide(RequestFor({"whole"})).decision().action(),
            v1::ROUTE_ACTION_TO_PROJECT);
  Upload("part");
  EXPECT_EQ(Decide(RequestFor({"whole", "part"})).decision().action(),
            v1::ROUTE_ACTION_QUARANTINE);
}

TEST_F(RoutingServiceTest, ASessionThatStillArrivesIsHeld) {
  Upload("clear1");
  v1::DecideSessionRequest request = RequestFor({"clear1"});
  request.set_instances_expected(2);
  EXPECT_EQ(Decide(request).decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  Upload("clear2");
  request.add_instances()->set_sop_instance_uid("clear2");
  EXPECT_EQ(Decide(request).decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
}

TEST_F(RoutingServiceTest, OnlyAReportOnTheNamedBytesCounts) {
  Upload("clear1");
  v1::DecideSessionRequest request = RequestFor({"clear1"});
  request.mutable_instances(0)->set_sha256(TextSha256("clear1"));
  EXPECT_EQ(Decide(request).decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
  request.mutable_instances(0)->set_sha256(TextSha256("other bytes"));
  EXPECT_EQ(Decide(request).decision().action(), v1::ROUTE_ACTION_QUARANTINE);
}

TEST_F(RoutingServiceTest, ADecisionIsRecordedWithAllItIsBasedOn) {
  Upload("clear1");
  v1::DecideSessionRequest request = RequestFor({"clear1", "missing"});
  request.mutable_location()->set_project("P");
  request.mutable_location()->set_experiment_id("E1");
  request.mutable_location()->set_session_label("DOE^JANE");
  const auto response = Decide(request);
  EXPECT_EQ(response.decision().decision_id(), "d1");
  EXPECT_EQ(response.case_id(), "c1");
  ASSERT_EQ(decisions_.records.size(), 1U);
  const SessionDecision& record = decisions_.records[0];
  EXPECT_EQ(record.study_instance_uid, kStudy);
  EXPECT_EQ(record.place->experiment_id, "E1");
  EXPECT_EQ(record.place->session_label, PhiText("DOE^JANE"));
  EXPECT_EQ(record.protocol_sha256, TextSha256(kProtocol));
  ASSERT_EQ(record.instances.size(), 2U);
  EXPECT_EQ(record.instances[0].sha256, TextSha256("clear1"));
  EXPECT_NE(record.instances[0].report, nullptr);
  EXPECT_EQ(record.instances[1].report, nullptr);
  EXPECT_EQ(record.decision.action, RouteAction::kQuarantine);
}

TEST_F(RoutingServiceTest, AValidationIsNotRecorded) {
  Upload("clear1");
  v1::DecideSessionRequest request = RequestFor({"clear1"});
  request.set_validate_only(true);
  const auto response = Decide(request);
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
  EXPECT_THAT(response.decision().decision_id(), IsEmpty());
  EXPECT_THAT(decisions_.records, IsEmpty());
}

class NoLedgerTest : public RoutingServiceTest {
 protected:
  NoLedgerTest()
      : RoutingServiceTest("protocol.yaml", kProtocol, /*has_ledger=*/false) {}
};

TEST_F(NoLedgerTest, TheAnswerSaysThatItIsNotRecorded) {
  Upload("clear1");
  const auto response = Decide(RequestFor({"clear1"}));
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
  EXPECT_THAT(response.decision().decision_id(), IsEmpty());
  EXPECT_THAT(response.case_id(), IsEmpty());
}

TEST_F(RoutingServiceTest, ADecisionThatCannotBeRecordedIsNotAnswered) {
  Upload("clear1");
  decisions_.error = Error(Reason::kInternalFailure, "The disk is full.");
  EXPECT_EQ(DecideFails(RequestFor({"clear1"})), Reason::kInternalFailure);
}

TEST_F(RoutingServiceTest, ABrokenFileLeavesTheLastGoodOneAndSaysSo) {
  Upload("clear1");
  folder_.Write("protocol.yaml", "version: 1\n");
  Look();
  Look();
  const auto response = Decide(RequestFor({"clear1"}));
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
  EXPECT_THAT(CodesOf(response.decision()),
              ElementsAre("PROTOCOL_RULE", "PROTOCOL_OUTDATED"));
}

TEST_F(RoutingServiceTest, WithoutAFileEverythingIsQuarantined) {
  Upload("clear1");
  std::filesystem::remove(folder_.File("protocol.yaml"));
  Look();
  Look();
  const auto response = Decide(RequestFor({"clear1"}));
  EXPECT_EQ(response.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_THAT(response.decision().protocol_sha256(), IsEmpty());
  EXPECT_EQ(CodesOf(response.decision()).front(), "PROTOCOL_MISSING");
  const auto explained = Explain([] {
    v1::ExplainProtocolRequest request;
    request.mutable_header();
    return request;
  }());
  EXPECT_EQ(explained.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_THAT(explained.trace(), IsEmpty());
}

TEST_F(RoutingServiceTest, NoCallIsAnsweredWhileTheServerDrains) {
  gate_.Close();
  EXPECT_EQ(DecideFails(RequestFor({"clear1"})), Reason::kServerDraining);
}

TEST_F(RoutingServiceTest, NothingThatIdentifiesReachesTheLog) {
  Upload("clear1");
  v1::DecideSessionRequest request = RequestFor({"clear1"});
  request.mutable_location()->set_project("P");
  request.mutable_location()->set_experiment_id("E1");
  request.mutable_location()->set_subject_label("DOE^JANE");
  Decide(request);
  host_->Drain(std::chrono::milliseconds(0));
  EXPECT_THAT(log_text_.str(), HasSubstr("session_decided"));
  EXPECT_THAT(log_text_.str(), Not(HasSubstr("DOE")));
  EXPECT_THAT(log_text_.str(), Not(HasSubstr(kStudy)));
  EXPECT_THAT(log_text_.str(), Not(HasSubstr("clear1")));
}

struct BadRequest {
  std::string name;
  void (*spoil)(v1::DecideSessionRequest* request);
};

class BadRequestTest : public RoutingServiceTest,
                       public testing::WithParamInterface<BadRequest> {};

TEST_P(BadRequestTest, IsRefused) {
  v1::DecideSessionRequest request = RequestFor({"clear1"});
  ASSERT_EQ(DecideFails(request), std::nullopt);
  GetParam().spoil(&request);
  EXPECT_EQ(DecideFails(request), Reason::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadRequestTest,
    testing::Values(
        BadRequest{"NoStudy",
                   [](v1::DecideSessionRequest* request) {
                     request->clear_study_instance_uid();
                   }},
        BadRequest{"ALongStudy",
                   [](v1::DecideSessionRequest* request) {
                     request->set_study_instance_uid(std::string(65, '1'));
                   }},
        BadRequest{"NoObject",
                   [](v1::DecideSessionRequest* request) {
                     request->clear_instances();
                   }},
        BadRequest{"TooManyObjects",
                   [](v1::DecideSessionRequest* request) {
                     for (int i = 0; i < 20'000; ++i) {
                       request->add_instances()->set_sop_instance_uid("1");
                     }
                   }},
        BadRequest{"AnObjectWithoutUid",
                   [](v1::DecideSessionRequest* request) {
                     request->add_instances();
                   }},
        BadRequest{"ADigestInUpperCase",
                   [](v1::DecideSessionRequest* request) {
                     request->mutable_instances(0)->set_sha256(
                         std::string(64, 'A'));
                   }},
        BadRequest{"AnExpectationBelowZero",
                   [](v1::DecideSessionRequest* request) {
                     request->set_instances_expected(-1);
                   }},
        BadRequest{"APlaceWithoutProject",
                   [](v1::DecideSessionRequest* request) {
                     request->mutable_location()->set_experiment_id("E");
                   }}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace burntin
