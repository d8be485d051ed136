// Asking for a decision: what is asked again, and for how long.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "burntin/v1/routing_service.grpc.pb.h"
#include "client/inspect/remote_inspector.h"
#include "client/session/router.h"
#include "detector/base/error.h"
#include "tests/testutil/status_matchers.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

// Answers the call with a number, counted from 0, as a test says.
class FakeRouting final : public v1::RoutingService::Service {
 public:
  using Answer = std::function<grpc::Status(int call)>;

  explicit FakeRouting(Answer answer) : answer_(std::move(answer)) {}

  grpc::Status DecideSession(grpc::ServerContext*,
                             const v1::DecideSessionRequest*,
                             v1::DecideSessionResponse* response) override {
    response->mutable_decision()->set_decision_id("decided");
    return answer_(calls_++);
  }

  int calls() const { return calls_; }

 private:
  const Answer answer_;
  std::atomic<int> calls_ = 0;
};

class RemoteRouterTest : public testing::Test {
 protected:
  RemoteRouterTest() { options_.pause = std::chrono::milliseconds(1); }

  absl::StatusOr<v1::DecideSessionResponse> Decide(FakeRouting::Answer answer) {
    FakeRouting service(std::move(answer));
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&service);
    const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
    const auto router = MakeRemoteRouter(
        MakeChannel("127.0.0.1:" + std::to_string(port)), options_);
    auto decided = router->Decide({});
    calls_ = service.calls();
    return decided;
  }

  RemoteRouterOptions options_;
  int calls_ = 0;
};

TEST_F(RemoteRouterTest, AServerThatHasTooManyCallsIsAskedUntilItHasNot) {
  const auto decided = Decide([](int call) {
    return call < 9 ? ToGrpc(Error(Reason::kTooManyRequests, "Full."))
                    : grpc::Status::OK;
  });
  ASSERT_THAT(decided, IsOk());
  EXPECT_EQ(decided->decision().decision_id(), "decided");
  EXPECT_EQ(calls_, 10);
}

TEST_F(RemoteRouterTest, PatienceWithAFullServerEnds) {
  options_.patience = std::chrono::milliseconds(0);
  EXPECT_THAT(Decide([](int) {
                return ToGrpc(Error(Reason::kTooManyRequests, "Full."));
              }),
              FailsWith(Reason::kTooManyRequests));
  EXPECT_EQ(calls_, 1);
}

TEST_F(RemoteRouterTest, AServerOutOfReachIsAskedAFewTimes) {
  EXPECT_EQ(Decide([](int) {
              return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
            })
                .status()
                .code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(calls_, options_.attempts);
}

TEST_F(RemoteRouterTest, ADrainingServerMayBeOutOfReachAfterwards) {
  const auto decided = Decide([](int call) {
    if (call < 5) return ToGrpc(Error(Reason::kServerDraining, "Going."));
    if (call < 7) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
    return grpc::Status::OK;
  });
  ASSERT_THAT(decided, IsOk());
  EXPECT_EQ(calls_, 8);
}

TEST_F(RemoteRouterTest, ARefusalIsNotAskedAgain) {
  EXPECT_THAT(Decide([](int) {
                return ToGrpc(Error(Reason::kTextNotAllowed, "Not here."));
              }),
              FailsWith(Reason::kTextNotAllowed));
  EXPECT_EQ(calls_, 1);
}

}  // namespace
}  // namespace burntin
