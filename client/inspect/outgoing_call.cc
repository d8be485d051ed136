#include "client/inspect/outgoing_call.h"

#include <optional>
#include <string_view>

#include "absl/strings/cord.h"
#include "detector/base/error.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

constexpr size_t kRequestIdDigits = 16;

// A server may write what it likes; what is no id of ours is not repeated.
bool IsRequestId(std::string_view text) {
  return text.size() == kRequestIdDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

TraceContext TraceOfCommand(const std::string& traceparent) {
  const std::optional<TraceContext> given = ParseTraceparent(traceparent);
  return given ? NextSpan(*given) : NewTrace();
}

grpc::ClientContext* Introduce(const CallIntroduction& introduction,
                               grpc::ClientContext* context) {
  if (!introduction.token.empty()) {
    context->AddMetadata("authorization", "Bearer " + introduction.token);
  }
  context->AddMetadata(kTraceparentKey,
                       Traceparent(NextSpan(introduction.trace)));
  return context;
}

std::string RequestIdOf(const grpc::ClientContext& context) {
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto found = metadata.find(kRequestIdKey);
  if (found == metadata.end()) return "";
  std::string id(found->second.data(), found->second.size());
  return IsRequestId(id) ? id : "";
}

absl::Status EndOfCall(const grpc::Status& status,
                       const std::string& request_id,
                       const TraceContext& trace) {
  const absl::Status end = FromGrpc(status);
  if (end.ok()) return end;
  std::string message(end.message());
  message += " (";
  if (!request_id.empty()) message += "request " + request_id + ", ";
  message += "trace " + trace.trace_id + ")";
  absl::Status named(end.code(), message);
  end.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    named.SetPayload(url, payload);
  });
  return named;
}

bool IsStateOfServer(const grpc::Status& status) {
  const std::optional<Reason> reason = ReasonOf(FromGrpc(status));
  return reason == Reason::kServerStarting ||
         reason == Reason::kServerDraining ||
         reason == Reason::kTooManyRequests;
}

}  // namespace burntin
