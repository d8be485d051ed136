#include "server/host/grpc_host.h"

#include <gmock/gmock.h>
#include <google/protobuf/empty.pb.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "burntin/v1/quarantine_service.grpc.pb.h"
#include "burntin/v1/routing_service.grpc.pb.h"
#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

using google::protobuf::Empty;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr int kServing = 1;
constexpr int kNotServing = 2;

// The status that grpc.health.v1.Health/Check answers for `service`, or the
// negative code of the failure. The messages are read and written by their
// field numbers: both `service` and `status` are field 1.
int Health(const std::shared_ptr<grpc::Channel>& channel,
           const std::string& service = "") {
  Empty request;
  Empty response;
  request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(
      1, service);
  grpc::ClientContext context;
  std::promise<grpc::Status> done;
  grpc::TemplatedGenericStub<Empty, Empty> stub(channel);
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(),
                 &request, &response,
                 [&](grpc::Status status) { done.set_value(status); });
  const grpc::Status status = done.get_future().get();
  if (!status.ok()) return -status.error_code();
  const auto& fields = response.GetReflection()->GetUnknownFields(response);
  return fields.empty() ? 0 : static_cast<int>(fields.field(0).varint());
}

TEST(GrpcHostTest, DoesNotServeBeforeItIsOpen) {
  TestServer server;
  const auto channel = server.host().InProcessChannel();
  EXPECT_EQ(Health(channel), kNotServing);
  EXPECT_EQ(Health(channel, "burntin.v1.DetectionService"), kNotServing);
  const grpc::Status status = Inspect(server.Stub().get(), "abc").status;
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOfCall(status), Reason::kServerStarting);
  server.Open();
  EXPECT_EQ(Health(channel), kServing);
  EXPECT_EQ(Health(channel, "burntin.v1.DetectionService"), kServing);
  EXPECT_TRUE(Inspect(server.Stub().get(), "abc").status.ok());
}

// Over TCP, because the in-process transport drops its calls on shutdown.
TEST(GrpcHostTest, DrainingFinishesCallsInFlightAndRefusesOthers) {
  TestServer server({.listen = "127.0.0.1:0"});
  Door door;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  const auto channel = grpc::CreateChannel(server.Open().host().address(),
                                           grpc::InsecureChannelCredentials());
  const auto stub = v1::DetectionService::NewStub(channel);
  std::thread call(
      [&] { EXPECT_TRUE(Inspect(stub.get(), "abc").status.ok()); });
  door.AwaitWaiting(1);
  std::thread drain([&] { server.host().Drain(minutes(1)); });
  while (Health(channel) != kNotServing) std::this_thread::yield();
  EXPECT_EQ(ReasonOfCall(Inspect(stub.get(), "abc").status),
            Reason::kServerDraining);
  door.Permit(1);
  call.join();
  drain.join();
}

TEST(GrpcHostTest, CallsThatOutlastTheDrainTimeoutAreCancelled) {
  TestServer server;
  Door started;
  server.detector.answer = [&](const auto&, const InspectOptions& options) {
    started.Pass();
    return RunUntilCancelled(options);
  };
  const auto stub = server.Open().Stub();
  std::thread call(
      [&] { EXPECT_FALSE(Inspect(stub.get(), "abc").status.ok()); });
  started.AwaitWaiting(1);
  started.Permit(1);
  server.host().Drain(milliseconds(0));
  call.join();
  EXPECT_EQ(server.gate().calls(), 0);
}

TEST(GrpcHostTest, AHostThatDrainsDoesNotOpenAgain) {
  TestServer server;
  server.host().Drain(milliseconds(0));
  server.host().Open();
  EXPECT_EQ(ReasonOf(server.gate().Enter().status()), Reason::kServerDraining);
}

TEST(GrpcHostTest, ListensOnAFreePortAndSaysWhich) {
  TestServer server({.listen = "127.0.0.1:0"});
  server.Open();
  EXPECT_THAT(server.host().address(),
              testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  const auto stub = v1::DetectionService::NewStub(grpc::CreateChannel(
      server.host().address(), grpc::InsecureChannelCredentials()));
  EXPECT_TRUE(Inspect(stub.get(), "abc").status.ok());
}

// gRPC refuses those, before a handler sees them.
TEST(GrpcHostTest, CallsWithoutAThreadAreRefusedAsTheGateDoes) {
  constexpr int kCalls = 60;
  TestServer server({.max_calls = kCalls, .threaded_calls = 1});
  Door door;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  const auto stub = server.Open().Stub();
  std::atomic<int> answered = 0;
  std::promise<void> refused;
  std::once_flag once;
  std::vector<std::thread> callers;
  for (int i = 0; i < kCalls; ++i) {
    callers.emplace_back([&] {
      const grpc::Status status = Inspect(stub.get(), "abc").status;
      if (status.ok()) {
        ++answered;
        return;
      }
      EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
      EXPECT_EQ(ReasonOfCall(status), Reason::kTooManyRequests);
      std::call_once(once, [&] { refused.set_value(); });
    });
  }
  refused.get_future().wait();  // hangs if all calls got a thread
  door.Permit(kCalls);
  for (std::thread& caller : callers) caller.join();
  EXPECT_GT(answered, 0);
  EXPECT_LT(answered, kCalls);
}

TEST(GrpcHostTest, APortThatAnotherServerUsesIsAnError) {
  TestServer server({.listen = "127.0.0.1:0"});
  std::ostringstream out;
  Log log(LogLevel::kOff, &out);
  Gate gate(/*max_calls=*/1);
  Doorman doorman({}, &std::chrono::system_clock::now);
  Entrance entrance(&doorman, &gate, &log);
  const auto second =
      GrpcHost::Start({.listen = server.host().address()}, {}, &entrance, &log);
  EXPECT_EQ(ReasonOf(second.status()), Reason::kInvalidArgument);
}

TEST(GrpcHostTest, AnAddressThatIsNotOursIsAnError) {
  std::ostringstream out;
  Log log(LogLevel::kOff, &out);
  Gate gate(/*max_calls=*/1);
  Doorman doorman({}, &std::chrono::system_clock::now);
  Entrance entrance(&doorman, &gate, &log);
  // 192.0.2.0/24 is set aside for documentation by RFC 5737.
  const auto host = GrpcHost::Start(
      {.listen = "192.0.2.1:1", .allow_plaintext = true}, {}, &entrance, &log);
  EXPECT_EQ(ReasonOf(host.status()), Reason::kInvalidArgument);
}

TEST(GrpcHostTest, PlaintextIsNotOfferedToOtherMachines) {
  std::ostringstream out;
  Log log(LogLevel::kOff, &out);
  Gate gate(/*max_calls=*/1);
  Doorman doorman({}, &std::chrono::system_clock::now);
  Entrance entrance(&doorman, &gate, &log);
  const auto host =
      GrpcHost::Start({.listen = "0.0.0.0:0"}, {}, &entrance, &log);
  EXPECT_EQ(ReasonOf(host.status()), Reason::kInvalidArgument);
}

TEST(GrpcHostTest, ServicesOfLaterVersionsAnswerWithAReason) {
  TestServer server;
  const auto channel = server.Open().host().InProcessChannel();
  grpc::ClientContext first;
  v1::DecideSessionResponse decision;
  EXPECT_EQ(ReasonOfCall(v1::RoutingService::NewStub(channel)->DecideSession(
                &first, v1::DecideSessionRequest(), &decision)),
            Reason::kNotImplemented);
  grpc::ClientContext second;
  v1::ListCasesResponse cases;
  EXPECT_EQ(ReasonOfCall(v1::QuarantineService::NewStub(channel)->ListCases(
                &second, v1::ListCasesRequest(), &cases)),
            Reason::kNotImplemented);
}

}  // namespace
}  // namespace burntin
