#include "wire/grpc_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "detector/base/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace burntin {
namespace {

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.details_size(), 1);
  EXPECT_EQ(details.code(), status.error_code());
  if (details.details_size() == 1) details.details(0).UnpackTo(&info);
  return info;
}

TEST(GrpcStatusTest, OkStaysOk) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
}

TEST(GrpcStatusTest, CarriesReasonAndDomainInTheDetails) {
  const grpc::Status status =
      ToGrpc(Error(Reason::kUploadIncomplete, "Send the file again."));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(status.error_message(), "Send the file again.");
  EXPECT_EQ(InfoOf(status).reason(), "UPLOAD_INCOMPLETE");
  EXPECT_EQ(InfoOf(status).domain(), "burntin");
}

TEST(GrpcStatusTest, AnErrorWithoutAReasonGetsItsCodesName) {
  EXPECT_EQ(InfoOf(ToGrpc(absl::NotFoundError("No."))).reason(), "NOT_FOUND");
}

TEST(GrpcStatusTest, EveryReasonOfAnErrorSurvivesTheRoundTrip) {
  for (int i = 0; i <= static_cast<int>(Reason::kInvalidArgument); ++i) {
    const auto reason = static_cast<Reason>(i);
    const absl::Status sent = Error(reason, "A sentence.");
    if (sent.ok()) continue;  // a reason of a verdict, never of an error
    const absl::Status received = FromGrpc(ToGrpc(sent));
    EXPECT_EQ(received, sent) << ReasonName(reason);
    EXPECT_EQ(ReasonOf(received), reason) << ReasonName(reason);
  }
}

TEST(GrpcStatusTest, AReasonOfANewerSenderKeepsCodeAndMessage) {
  google::rpc::ErrorInfo info;
  info.set_domain("burntin");
  info.set_reason("A_REASON_OF_THE_FUTURE");
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  const absl::Status received = FromGrpc(grpc::Status(
      grpc::StatusCode::ABORTED, "Wait.", details.SerializeAsString()));
  EXPECT_TRUE(absl::IsAborted(received));
  EXPECT_EQ(received.message(), "Wait.");
  EXPECT_EQ(ReasonOf(received), std::nullopt);
}

TEST(GrpcStatusTest, JunkDetailsAreIgnored) {
  const absl::Status received = FromGrpc(
      grpc::Status(grpc::StatusCode::UNAVAILABLE, "Gone.", "\xff junk"));
  EXPECT_TRUE(absl::IsUnavailable(received));
  EXPECT_EQ(ReasonOf(received), std::nullopt);
}

}  // namespace
}  // namespace burntin
