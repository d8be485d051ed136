#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "client/inspect/remote_inspector.h"
#include "client/inspect/server_address.h"
#include "tests/client/remote_fixture.h"

namespace burntin {
namespace {

using ::testing::Each;
using ::testing::Gt;

// A server on a free port, with the standard health service.
struct Host {
  explicit Host(Handler handler) : service(std::move(handler)) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    server = builder.BuildAndStart();
    address = "127.0.0.1:" + std::to_string(port);
  }

  FakeServer service;
  std::unique_ptr<grpc::Server> server;
  std::string address;
};

class BalancedInspectorTest : public RemoteInspectorTest {
 protected:
  BalancedInspectorTest() {
    options_.streams = 4;
    options_.max_in_flight = 2;
  }

  absl::Status InspectBy(const Host& first, const Host& second) {
    const auto servers = ParseServers(first.address + "," + second.address);
    if (!servers.ok()) return servers.status();
    RemoteInspector inspector(MakeBalancedChannel(servers->target), options_);
    return InspectWith(&inspector);
  }
};

TEST_F(BalancedInspectorTest, EachServerGetsAShare) {
  AddFiles(100);
  const Handler answer = [](int, Stream* stream) {
    return AnswerAllClear(stream);
  };
  Host first(answer);
  Host second(answer);
  ASSERT_TRUE(InspectBy(first, second).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
  EXPECT_THAT(first.service.calls(), Gt(0));
  EXPECT_THAT(second.service.calls(), Gt(0));
}

TEST_F(BalancedInspectorTest, AServerThatDoesNotServeIsNotAsked) {
  AddFiles(40);
  const Handler answer = [](int, Stream* stream) {
    return AnswerAllClear(stream);
  };
  Host first(answer);
  Host second(answer);
  first.server->GetHealthCheckService()->SetServingStatus(false);
  ASSERT_TRUE(InspectBy(first, second).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
  EXPECT_EQ(first.service.calls(), 0);
}

TEST_F(BalancedInspectorTest, AServerThatDiesCostsNoAnswer) {
  AddFiles(100);
  // The first server takes an object on each call, if it can, and dies with it.
  std::atomic<bool> dies = false;
  Host first([&](int, Stream* stream) {
    if (ReadUpload(stream)) {
      dies = true;
      dies.notify_all();
    }
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
  });
  Host second([](int, Stream* stream) { return AnswerAllClear(stream); });
  std::jthread killer([&] {
    dies.wait(false);
    first.server->Shutdown(std::chrono::system_clock::now());
  });
  ASSERT_TRUE(InspectBy(first, second).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
  EXPECT_THAT(first.service.calls(), Gt(0));
  dies = true;
  dies.notify_all();
}

TEST_F(BalancedInspectorTest, WithoutAnyServerEachObjectIsStillAnswered) {
  AddFiles(100);
  options_.connect_timeout = std::chrono::milliseconds(50);
  std::string address;
  {
    Host gone([](int, Stream*) { return grpc::Status::OK; });
    address = gone.address;
  }
  RemoteInspector inspector(MakeBalancedChannel("ipv4:" + address), options_);
  EXPECT_TRUE(absl::IsUnavailable(InspectWith(&inspector)));
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_INDETERMINATE));
}

}  // namespace
}  // namespace burntin
