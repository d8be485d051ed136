#include "server/host/call_metrics.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/server/metrics/exposition.h"
#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

constexpr char kInstance[] = "burntin.v1.DetectionService/InspectInstance";

class CallMetricsTest : public testing::Test {
 protected:
  explicit CallMetricsTest(int max_calls = 8)
      : server_({.max_calls = max_calls,
                 .call_metrics = &metrics_,
                 .inspection_metrics = &inspections_}) {}

  std::optional<double> Value(const std::string& metric) {
    return ValueOf(registry_.Text(), metric);
  }
  std::optional<double> Calls(const std::string& rpc, const std::string& code) {
    return Value("burntin_rpc_calls_total{code=\"" + code + "\",rpc=\"" + rpc +
                 "\"}");
  }
  std::optional<double> InFlight() {
    return Value("burntin_rpc_calls_in_flight{rpc=\"" + std::string(kInstance) +
                 "\"}");
  }
  std::optional<double> Failures(const std::string& reason) {
    return Value("burntin_rpc_failures_total{reason=\"" + reason + "\"}");
  }

  MetricRegistry registry_;
  CallMetrics metrics_{&registry_};
  const InspectionMetrics inspections_{{}, &registry_};
  TestServer server_;
};

TEST_F(CallMetricsTest, ACallCountsOnceByItsCode) {
  server_.Open();
  const auto stub = server_.Stub();
  ASSERT_TRUE(Inspect(stub.get(), "bytes").status.ok());
  server_.host().Drain(std::chrono::minutes(1));
  EXPECT_THAT(Calls(kInstance, "OK"), Optional(1.0));
  EXPECT_THAT(Value("burntin_rpc_duration_seconds_count{rpc=\"" +
                    std::string(kInstance) + "\"}"),
              Optional(1.0));
  EXPECT_THAT(InFlight(), Optional(0.0));
  EXPECT_THAT(Calls("burntin.v1.DetectionService/InspectStream", "OK"),
              Optional(0.0));
}

TEST_F(CallMetricsTest, AFailedCallCountsByItsCodeAndReason) {
  const auto stub = server_.Stub();
  EXPECT_EQ(ReasonOfCall(Inspect(stub.get(), "bytes").status),
            Reason::kServerStarting);
  server_.host().Drain(std::chrono::minutes(1));
  EXPECT_THAT(Calls(kInstance, "UNAVAILABLE"), Optional(1.0));
  EXPECT_THAT(Failures("SERVER_STARTING"), Optional(1.0));
  EXPECT_THAT(Failures("OTHER"), Optional(0.0));
}

TEST_F(CallMetricsTest, ACallerThatIsNotLetInCountsAsThat) {
  server_.Open();
  grpc::ClientContext context;
  v1::InspectSessionResponse response;
  const auto stub = server_.Stub();
  const auto reader = stub->InspectSession(&context, {});
  while (reader->Read(&response)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
  server_.host().Drain(std::chrono::minutes(1));
  EXPECT_THAT(
      Calls("burntin.v1.DetectionService/InspectSession", "UNAUTHENTICATED"),
      Optional(1.0));
  EXPECT_THAT(Failures("CREDENTIALS_INVALID"), Optional(1.0));
}

TEST_F(CallMetricsTest, AMethodThatNobodyKnowsIsUnlistedAndNeverALabel) {
  server_.Open();
  grpc::GenericStub stub(server_.host().InProcessChannel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const grpc::Slice empty;
  const grpc::ByteBuffer request(&empty, 1);
  const auto call =
      stub.PrepareUnaryCall(&context, "/DOE.Service/JANE", request, &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  void* tag = nullptr;
  bool has_event = false;
  call->Finish(&response, &status, &queue);
  queue.Next(&tag, &has_event);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  server_.host().Drain(std::chrono::minutes(1));
  EXPECT_THAT(Calls("unlisted", "UNIMPLEMENTED"), Optional(1.0));
  EXPECT_THAT(registry_.Text(), Not(HasSubstr("DOE")));
}

class OneCallMetricsTest : public CallMetricsTest {
 protected:
  OneCallMetricsTest() : CallMetricsTest(/*max_calls=*/1) {}
};

TEST_F(OneCallMetricsTest, ACallThatGoesOnIsInFlightAndOneTooManyIsRefused) {
  Door door;
  server_.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  server_.Open();
  const auto stub = server_.Stub();
  std::jthread first([&] { Inspect(stub.get(), "first"); });
  door.AwaitWaiting(1);
  EXPECT_THAT(InFlight(), Optional(1.0));
  EXPECT_EQ(ReasonOfCall(Inspect(stub.get(), "second").status),
            Reason::kTooManyRequests);
  door.Permit(1);
  first.join();
  server_.host().Drain(std::chrono::minutes(1));
  EXPECT_THAT(InFlight(), Optional(0.0));
  EXPECT_THAT(Calls(kInstance, "RESOURCE_EXHAUSTED"), Optional(1.0));
  EXPECT_THAT(Failures("TOO_MANY_REQUESTS"), Optional(1.0));
  EXPECT_THAT(Calls(kInstance, "OK"), Optional(1.0));
}

TEST_F(CallMetricsTest, ObjectsOfAStreamAreCountedWhileTheyAreHeld) {
  Door door;
  server_.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  server_.Open();
  const auto stub = server_.Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  for (int i = 0; i < 2; ++i) {
    v1::InspectStreamRequest message;
    *message.mutable_header() = HeaderFor("bytes", std::to_string(i));
    ASSERT_TRUE(stream->Write(message));
    message.set_chunk("bytes");
    ASSERT_TRUE(stream->Write(message));
  }
  door.AwaitWaiting(2);
  EXPECT_THAT(Value("burntin_stream_objects"), Optional(2.0));
  EXPECT_THAT(Value("burntin_stream_objects_capacity"), Optional(3.0));
  door.Permit(2);
  stream->WritesDone();
  v1::InspectStreamResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_TRUE(stream->Finish().ok());
  server_.host().Drain(std::chrono::minutes(1));
  EXPECT_THAT(Value("burntin_stream_objects"), Optional(0.0));
  EXPECT_THAT(Value("burntin_stream_objects_capacity"), Optional(0.0));
  EXPECT_THAT(Value("burntin_objects_inspected_total{verdict=\"CLEAR\"}"),
              Optional(2.0));
}

}  // namespace
}  // namespace burntin
