// What the server's parts count, each by its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "detector/base/error.h"
#include "server/daemon/daemon_metrics.h"
#include "server/daemon/follow_up_queue.h"
#include "server/daemon/measured_ledger.h"
#include "server/decision/decision_metrics.h"
#include "server/xnat/xnat_metrics.h"
#include "tests/server/ledger/silent_ledger.h"
#include "tests/server/metrics/exposition.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

class PartsMetricsTest : public testing::Test {
 protected:
  std::optional<double> Value(const std::string& metric) {
    return ValueOf(registry_.Text(), metric);
  }

  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  MetricRegistry registry_;
};

TEST_F(PartsMetricsTest, DecisionsCountByActionAndWhetherTheyAreRecorded) {
  const DecisionMetrics metrics(&registry_);
  metrics.Count(v1::ROUTE_ACTION_TO_PROJECT, /*recorded=*/true);
  metrics.Count(v1::ROUTE_ACTION_INSPECT_FIRST, /*recorded=*/false);
  metrics.Count(static_cast<v1::RouteAction>(99), /*recorded=*/true);
  const auto decisions = [&](const char* action, const char* recorded) {
    return Value("burntin_routing_decisions_total{action=\"" +
                 std::string(action) + "\",recorded=\"" + recorded + "\"}");
  };
  EXPECT_THAT(decisions("TO_PROJECT", "true"), Optional(1.0));
  EXPECT_THAT(decisions("TO_PROJECT", "false"), Optional(0.0));
  EXPECT_THAT(decisions("INSPECT_FIRST", "false"), Optional(1.0));
  EXPECT_THAT(decisions("QUARANTINE", "true"), Optional(1.0));
}

TEST_F(PartsMetricsTest, RequestsToXnatCountByWhatTheAnswerMeans) {
  const XnatMetrics metrics(&registry_);
  for (const int status : {0, 200, 204, 302, 404, 500}) {
    metrics.Count("GET", status, /*seconds=*/0.5);
  }
  metrics.Count("DOE", 200, /*seconds=*/0.5);
  const auto requests = [&](const char* method, const char* outcome) {
    return Value("burntin_xnat_requests_total{method=\"" + std::string(method) +
                 "\",outcome=\"" + outcome + "\"}");
  };
  EXPECT_THAT(requests("GET", "unreachable"), Optional(1.0));
  EXPECT_THAT(requests("GET", "success"), Optional(2.0));
  EXPECT_THAT(requests("GET", "redirect"), Optional(1.0));
  EXPECT_THAT(requests("GET", "client_error"), Optional(1.0));
  EXPECT_THAT(requests("GET", "server_error"), Optional(1.0));
  EXPECT_THAT(requests("other", "success"), Optional(1.0));
  EXPECT_THAT(requests("PUT", "success"), Optional(0.0));
  EXPECT_THAT(Value("burntin_xnat_request_duration_seconds_count"),
              Optional(7.0));
  EXPECT_THAT(registry_.Text(), Not(HasSubstr("DOE")));
}

TEST_F(PartsMetricsTest, FollowUpsCountByHowTheyEnded) {
  absl::Status end;
  FollowUpQueue queue({.release_cleared = [&](const auto&) { return end; },
                       .store_report = [&](const auto&) { return end; }},
                      &log_, &registry_);
  registry_.AddSource([&] { return queue.Measure(); });
  const auto count = [&](const char* kind, const char* outcome) {
    return Value("burntin_follow_ups_total{kind=\"" + std::string(kind) +
                 "\",outcome=\"" + outcome + "\"}");
  };
  const std::string waiting = "burntin_follow_ups_waiting{kind=";
  queue.ReleaseCleared("c1");
  queue.StoreReport({"E1", "d1", "report"});
  EXPECT_THAT(Value(waiting + "\"release\"}"), Optional(1.0));
  EXPECT_THAT(Value(waiting + "\"report\"}"), Optional(1.0));
  EXPECT_THAT(Value("burntin_follow_up_report_bytes"), Optional(6.0));
  end = Error(Reason::kXnatUnavailable, "No answer.");
  queue.Run({});
  EXPECT_THAT(count("release", "put_off"), Optional(1.0));
  EXPECT_THAT(Value(waiting + "\"release\"}"), Optional(1.0));
  end = Error(Reason::kLabelConflict, "It is there.");
  queue.Run({});
  EXPECT_THAT(count("release", "failed"), Optional(1.0));
  EXPECT_THAT(count("report", "failed"), Optional(1.0));
  EXPECT_THAT(Value(waiting + "\"release\"}"), Optional(0.0));
  end = absl::OkStatus();
  queue.ReleaseCleared("c2");
  queue.Run({});
  EXPECT_THAT(count("release", "done"), Optional(1.0));
}

TEST_F(PartsMetricsTest, AReleaseThatAPersonTookFirstIsDone) {
  FollowUpQueue queue({.release_cleared =
                           [](const auto&) {
                             return Error(Reason::kCaseAlreadyDecided,
                                          "It is kept.");
                           }},
                      &log_, &registry_);
  registry_.AddSource([&] { return queue.Measure(); });
  queue.ReleaseCleared("c1");
  queue.Run({});
  const std::string releases =
      "burntin_follow_ups_total{kind=\"release\",outcome=";
  EXPECT_THAT(Value(releases + "\"done\"}"), Optional(1.0));
  EXPECT_THAT(Value(releases + "\"failed\"}"), Optional(0.0));
  EXPECT_THAT(Value("burntin_follow_ups_waiting{kind=\"release\"}"),
              Optional(0.0));
}

TEST_F(PartsMetricsTest, FollowUpsAreDoneUnderTheCallThatLeftThem) {
  FollowUpQueue queue({.release_cleared =
                           [](const auto&) {
                             return CurrentTrace() == nullptr
                                        ? absl::InternalError("no trace")
                                        : absl::OkStatus();
                           }},
                      &log_);
  const auto trace = std::make_shared<const CallTrace>(
      "method", std::vector<std::string_view>{},
      std::vector<std::string_view>{});
  {
    const TraceScope scope(trace);
    queue.ReleaseCleared("c1");
  }
  queue.Run({});
  EXPECT_THAT(log_text_.str(), HasSubstr(trace->request_id()));
  EXPECT_THAT(log_text_.str(), HasSubstr("\"level\":\"info\""));
  EXPECT_EQ(CurrentTrace(), nullptr);
}

TEST_F(PartsMetricsTest, ALedgersOperationsAreTimedAndItsFailuresCounted) {
  const TempDir folder;
  auto opened = OpenLedger({.database = folder.path() + "/ledger.sqlite"});
  ASSERT_THAT(opened, IsOk());
  const auto ledger = MeasureLedger(*std::move(opened), &registry_);
  EXPECT_THAT(ledger->CountOpenCases(), IsOk());
  EXPECT_THAT(ledger->GetCase("none", /*include_text=*/false),
              FailsWith(Reason::kCaseNotFound));
  const auto operations = [&](const char* name) {
    return Value(
        "burntin_ledger_operation_duration_seconds_count{operation=\"" +
        std::string(name) + "\"}");
  };
  const auto failures = [&](const char* name) {
    return Value("burntin_ledger_failures_total{operation=\"" +
                 std::string(name) + "\"}");
  };
  EXPECT_THAT(operations("count_cases"), Optional(1.0));
  EXPECT_THAT(operations("get_case"), Optional(1.0));
  EXPECT_THAT(operations("decide"), Optional(0.0));
  // It was asked for what is not there, and works.
  EXPECT_THAT(failures("get_case"), Optional(0.0));
}

TEST_F(PartsMetricsTest, ALedgerThatDoesNotAnswerHasFailed) {
  const auto ledger =
      MeasureLedger(std::make_unique<SilentLedger>(), &registry_);
  EXPECT_THAT(ledger->CountOpenCases(), FailsWith(Reason::kLedgerUnavailable));
  const std::string failures = "burntin_ledger_failures_total{operation=";
  EXPECT_THAT(Value(failures + "\"count_cases\"}"), Optional(1.0));
  EXPECT_THAT(Value(failures + "\"decide\"}"), Optional(0.0));
}

TEST_F(PartsMetricsTest, GateUploadsAndProtocolAreReadWhenTheyAreCollected) {
  ServerConfig config;
  config.max_calls = 7;
  config.upload_total_bytes = 1'000;
  Gate gate(config.max_calls);
  ByteBudget uploads(config.upload_total_bytes);
  const ProtocolStore protocol({}, &log_);
  AddServerMetrics(config,
                   {.gate = &gate, .uploads = &uploads, .protocol = &protocol},
                   &registry_);
  EXPECT_THAT(Value("burntin_serving"), Optional(0.0));
  gate.Open();
  const auto pass = gate.Enter();
  const auto lease = uploads.Take(300, [] { return false; });
  EXPECT_THAT(Value("burntin_serving"), Optional(1.0));
  EXPECT_THAT(Value("burntin_calls_admitted"), Optional(1.0));
  EXPECT_THAT(Value("burntin_calls_limit"), Optional(7.0));
  EXPECT_THAT(Value("burntin_upload_held_bytes"), Optional(300.0));
  EXPECT_THAT(Value("burntin_upload_capacity_bytes"), Optional(1'000.0));
  EXPECT_THAT(Value("burntin_uploads_waiting"), Optional(0.0));
  EXPECT_THAT(Value("burntin_protocol_loaded"), Optional(0.0));
  EXPECT_THAT(Value("burntin_protocol_broken"), Optional(0.0));
  EXPECT_THAT(Value("burntin_protocol_outdated"), Optional(0.0));
}

TEST_F(PartsMetricsTest, AProtocolThatWasNeverGoodIsBroken) {
  const TempDir folder;
  const std::string path = folder.path() + "/protocol.yaml";
  std::ofstream(path) << "rules: [";
  Gate gate(1);
  ByteBudget uploads(1);
  ProtocolStore protocol({.path = path}, &log_);
  AddServerMetrics({},
                   {.gate = &gate, .uploads = &uploads, .protocol = &protocol},
                   &registry_);
  EXPECT_THAT(Value("burntin_protocol_broken"), Optional(0.0));
  protocol.Poll(std::chrono::steady_clock::now());
  EXPECT_THAT(Value("burntin_protocol_broken"), Optional(1.0));
  EXPECT_THAT(Value("burntin_protocol_loaded"), Optional(0.0));
  EXPECT_THAT(Value("burntin_protocol_outdated"), Optional(0.0));
}

TEST_F(PartsMetricsTest, ModelsAndVersionAreLabelsOfOne) {
  AddBuildMetrics("1.2.3", &registry_);
  AddModelMetrics({{"detector.onnx", "ab"}, {"reader.onnx", "cd"}}, &registry_);
  EXPECT_THAT(Value("burntin_build_info{version=\"1.2.3\"}"), Optional(1.0));
  EXPECT_THAT(Value("burntin_model_info{name=\"detector.onnx\",sha256=\"ab\"}"),
              Optional(1.0));
  EXPECT_THAT(Value("burntin_model_info{name=\"reader.onnx\",sha256=\"cd\"}"),
              Optional(1.0));
}

TEST_F(PartsMetricsTest, DecodersAreCountedByHowTheyEnded) {
  Decoder decoder;
  AddDecoderMetrics(decoder, &registry_);  // in this process: nothing
  EXPECT_THAT(registry_.Text(), Not(HasSubstr("burntin_decoder")));
  decoder.processes = [] {
    return DecoderProcesses{.running = 1,
                            .started = 10,
                            .crashed = 2,
                            .timed_out = 3,
                            .retired = 4};
  };
  AddDecoderMetrics(decoder, &registry_);
  const std::string ended = "burntin_decoder_processes_ended_total{cause=";
  EXPECT_THAT(Value("burntin_decoder_processes"), Optional(1.0));
  EXPECT_THAT(Value("burntin_decoder_processes_started_total"), Optional(10.0));
  EXPECT_THAT(Value(ended + "\"crashed\"}"), Optional(2.0));
  EXPECT_THAT(Value(ended + "\"timed_out\"}"), Optional(3.0));
  EXPECT_THAT(Value(ended + "\"retired\"}"), Optional(4.0));
}

}  // namespace
}  // namespace burntin
