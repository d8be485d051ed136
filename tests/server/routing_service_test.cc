#include "server/decision/routing_service.h"

#include <gmock/gmock.h>

#include <random>

#include "server/digest/sha256.h"
#include "tests/server/server_fixture.h"
#include "tests/testutil/temp_dir.h"
#include "wire/decision_proto.h"
#include "wire/report_proto.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kStudy[] = "1.2.3";
constexpr char kProtocol[] = R"(version: 1
rules:
  - {name: us, when: {modality: US}, then: quarantine}
  - {name: ct, when: {modality: [CT, MR], manufacturer: ACME}, then: {to_project: A}}
)";

// Remembers what it was given; fails once `error` is set.
class FakeDecisionLog final : public DecisionLog {
 public:
  absl::StatusOr<RecordedDecision> Record(
      const DecisionRecord& record) override {
    if (!error.ok()) return error;
    records.push_back(record);
    return RecordedDecision{"d" + std::to_string(records.size()), "c1",
                            record.time};
  }

  std::vector<DecisionRecord> records;
  absl::Status error;
};

// The verdict that an object's bytes begin with, of a CT object whose UID is
// the bytes.
InstanceReport ReportByBytes(const std::string& bytes) {
  InstanceReport report = ClearReport(bytes);
  report.header.study_instance_uid = kStudy;
  report.header.sop_instance_uid = bytes;
  report.header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  report.header.modality = bytes.starts_with("us") ? "US" : "CT";
  report.header.manufacturer = "ACME";
  report.header.station_name = "DOE^JANE";
  if (bytes.starts_with("review")) {
    report.verdict = Verdict::kReview;
    report.risk = 0.7;
    report.reasons = {{Reason::kUnprovenText, "There is text."}};
  }
  return report;
}

class RoutingServiceTest : public testing::Test {
 protected:
  explicit RoutingServiceTest(const std::string& file_name = "protocol.yaml",
                              const std::string& protocol = kProtocol,
                              bool has_ledger = true)
      : protocol_({.path = folder_.Write(file_name, protocol),
                   .site = {.hospital_project = "HOSPITAL"},
                   .poll_interval = std::chrono::seconds(0)},
                  &log_),
        inspector_(/*include_text=*/false, &log_, &reports_),
        detection_({.upload = {.file_bytes = 1 << 20,
                               .memory_bytes = 1 << 20,
                               .spool_directory = testing::TempDir()}},
                   &inspector_, &gate_, &log_) {
    detector_.answer = [](const std::string& bytes, const InspectOptions&) {
      return ReportByBytes(bytes);
    };
    inspector_.UseDetector(&detector_, "1.2.3");
    Look();
    Start(has_ledger ? &decisions_ : nullptr);
  }

  void Start(DecisionLog* decisions) {
    routing_ = std::make_unique<RoutingService>(
        "QUARANTINE",
        RoutingParts{&protocol_, &reports_, decisions, &gate_, &log_}, [] {
          return std::chrono::system_clock::time_point(
              std::chrono::milliseconds(1'500));
        });
    host_ =
        *GrpcHost::Start({.listen = "", .reflection = false, .max_calls = 8},
                         {&detection_, routing_.get()}, &gate_, &log_);
    host_->Open();
    stub_ = v1::RoutingService::NewStub(host_->InProcessChannel());
  }

  void Look() { protocol_.Poll(std::chrono::steady_clock::now()); }

  // Uploads an object for inspection.
  void Upload(const std::string& bytes) {
    const auto stub = v1::DetectionService::NewStub(host_->InProcessChannel());
    EXPECT_TRUE(Inspect(stub.get(), bytes).status.ok());
  }

  static v1::DecideSessionRequest RequestFor(
      const std::vector<std::string>& uids) {
    v1::DecideSessionRequest request;
    request.set_study_instance_uid(kStudy);
    for (const std::string& uid : uids) {
      request.add_instances()->set_sop_instance_uid(uid);
    }
    return request;
  }

  v1::DecideSessionResponse Decide(const v1::DecideSessionRequest& request) {
    grpc::ClientContext context;
    v1::DecideSessionResponse response;
    const grpc::Status status =
        stub_->DecideSession(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  std::optional<Reason> DecideFails(const v1::DecideSessionRequest& request) {
    grpc::ClientContext context;
    v1::DecideSessionResponse response;
    return ReasonOfCall(stub_->DecideSession(&context, request, &response));
  }

  v1::ExplainProtocolResponse Explain(
      const v1::ExplainProtocolRequest& request) {
    grpc::ClientContext context;
    v1::ExplainProtocolResponse response;
    const grpc::Status status =
        stub_->ExplainProtocol(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  static std::vector<std::string> CodesOf(const v1::Decision& decision) {
    std::vector<std::string> codes;
    for (const v1::Reason& reason : decision.reasons()) {
      codes.push_back(reason.code());
    }
    return codes;
  }

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  Gate gate_{8};
  MemoryReportStore reports_{1 << 20};
  ProtocolStore protocol_;
  FakeDetector detector_;
  Inspector inspector_;
  DetectionService detection_;
  FakeDecisionLog decisions_;
  std::unique_ptr<RoutingService> routing_;
  std::unique_ptr<GrpcHost> host_;
  std::unique_ptr<v1::RoutingService::Stub> stub_;
};

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
  const DecisionRecord& record = decisions_.records[0];
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

v1::HeaderFacts RandomHeader(std::mt19937* chance) {
  const auto pick = [&](std::vector<std::string> from) {
    return from[(*chance)() % from.size()];
  };
  v1::HeaderFacts header;
  header.set_modality(pick({"CT", "MR", "US", ""}));
  header.set_manufacturer(pick({"ACME", "acme", ""}));
  header.set_manufacturer_model_name(pick({"S", ""}));
  header.set_sop_class_uid(pick({"1.2.840.10008.5.1.4.1.1.2", ""}));
  header.add_image_type(pick({"ORIGINAL", "DERIVED", ""}));
  header.add_image_type(pick({"PRIMARY", ""}));
  header.add_software_versions(pick({"1", ""}));
  header.set_burned_in_annotation(pick({"YES", "NO", "", "odd"}));
  header.set_station_name(pick({"CT1", ""}));
  return header;
}

// As the detector would have given it.
Header HeaderOf(const v1::HeaderFacts& facts) {
  Header header;
  header.modality = facts.modality();
  header.manufacturer = facts.manufacturer();
  header.manufacturer_model_name = facts.manufacturer_model_name();
  header.sop_class_uid = facts.sop_class_uid();
  header.image_type = facts.image_type(0) + "\\" + facts.image_type(1);
  header.software_versions = facts.software_versions(0);
  header.burned_in_annotation = facts.burned_in_annotation();
  header.station_name = facts.station_name();
  return header;
}

TEST_F(RoutingServiceTest, AnExplanationIsWhatTheDecisionIsMadeBy) {
  const auto protocol = protocol_.Current()->protocol;
  std::mt19937 chance(7);
  for (int i = 0; i < 300; ++i) {
    v1::ExplainProtocolRequest request;
    *request.mutable_header() = RandomHeader(&chance);
    request.set_verdict(static_cast<v1::Verdict>(chance() % 5));
    request.set_risk(static_cast<double>(chance() % 11) / 10);
    const auto response = Explain(request);

    SessionFacts session;
    session.instances.resize(1);
    session.instances[0].header = FactsOf(HeaderOf(request.header()));
    if (request.verdict() != v1::VERDICT_UNSPECIFIED) {
      session.instances[0].assessment = {
          FromProto(request.verdict()), request.risk(), {}};
    }
    const RoutingDecision decision =
        DecideSession(protocol.get(), "QUARANTINE", session);
    EXPECT_EQ(response.decision().action(), ToProto(decision.action));
    EXPECT_EQ(response.decision().rule(), decision.rule);
    EXPECT_EQ(response.decision().rule_line(), decision.rule_line);
    EXPECT_EQ(response.decision().target_project(), decision.target_project);
    ASSERT_GT(response.trace_size(), 0);
    const v1::RuleTrace& last = response.trace(response.trace_size() - 1);
    EXPECT_EQ(last.matched(), !decision.rule.empty());
    EXPECT_EQ(last.matched() ? last.rule() : "", decision.rule);
    EXPECT_THAT(response.dasher_project(), IsEmpty());
  }
}

class DasherServiceTest : public RoutingServiceTest {
 protected:
  DasherServiceTest()
      : RoutingServiceTest("protocol.txt",
                           "0008,0060 Modality RTSTRUCT\n"
                           "0008,1090 ManufacturersModelName ALLOW ALL\n") {}
};

TEST_F(DasherServiceTest, AnExplanationSaysWhatDasherWouldHaveDone) {
  v1::ExplainProtocolRequest request;
  request.mutable_header()->set_modality("CT");
  request.mutable_header()->set_sop_class_uid("1.2.840.10008.5.1.4.1.1.2");
  request.set_verdict(v1::VERDICT_CLEAR);
  const auto response = Explain(request);
  EXPECT_EQ(response.decision().target_project(), "QUARANTINE");
  EXPECT_EQ(response.dasher_project(), "HOSPITAL");
}

}  // namespace
}  // namespace burntin
