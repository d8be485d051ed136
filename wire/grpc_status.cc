#include "wire/grpc_status.h"

#include <optional>
#include <string>

#include "detector/base/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace burntin {
namespace {

std::string WireReason(const absl::Status& status) {
  const std::optional<Reason> reason = ReasonOf(status);
  return reason ? std::string(ReasonName(*reason))
                : absl::StatusCodeToString(status.code());
}

std::optional<Reason> ReasonInDetails(const std::string& details) {
  google::rpc::Status parsed;
  if (!parsed.ParseFromString(details)) return std::nullopt;
  for (const google::protobuf::Any& any : parsed.details()) {
    google::rpc::ErrorInfo info;
    if (any.UnpackTo(&info) && info.domain() == kErrorDomain) {
      return ReasonFromName(info.reason());
    }
  }
  return std::nullopt;
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::ErrorInfo info;
  info.set_domain(kErrorDomain);
  info.set_reason(WireReason(status));
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  details.add_details()->PackFrom(info);
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      details.message(), details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  const std::optional<Reason> reason = ReasonInDetails(status.error_details());
  if (reason && ReasonCode(*reason) == code) {
    return Error(*reason, status.error_message());
  }
  return absl::Status(code, status.error_message());
}

}  // namespace burntin
