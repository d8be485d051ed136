#include "client/health/health.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "client/inspect/remote_inspector.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

constexpr std::chrono::seconds kPatience(10);

class HealthTest : public testing::Test {
 protected:
  HealthTest() : address_("unix:" + (folder_ / "socket")) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    builder.AddListeningPort(address_, grpc::InsecureServerCredentials());
    server_ = builder.BuildAndStart();
  }

  absl::Status Check(std::chrono::milliseconds patience = kPatience) {
    return CheckHealth(MakeChannel(address_), patience);
  }

  TemporaryFolder folder_;
  const std::string address_;
  v1::DetectionService::Service service_;  // so that somebody polls
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(HealthTest, AServerThatServesIsHealthy) {
  EXPECT_TRUE(Check().ok()) << Check();
}

TEST_F(HealthTest, AServerThatDrainsIsNot) {
  server_->GetHealthCheckService()->SetServingStatus(false);
  EXPECT_TRUE(absl::IsUnavailable(Check()));
}

TEST_F(HealthTest, AServerThatIsGoneIsNot) {
  server_->Shutdown();
  server_.reset();
  EXPECT_FALSE(Check(std::chrono::milliseconds(50)).ok());
}

}  // namespace
}  // namespace burntin
