#include "client/health/health.h"

#include <grpcpp/generic/generic_stub.h>

#include <string>
#include <vector>

#include "wire/grpc_status.h"

namespace burntin {
namespace {

constexpr char kMethod[] = "/grpc.health.v1.Health/Check";

// A HealthCheckResponse with `status` (field 1) SERVING (1), and nothing else.
constexpr char kServing[] = "\x08\x01";

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

absl::Status CheckHealth(const std::shared_ptr<grpc::Channel>& channel,
                         std::chrono::milliseconds timeout,
                         const CallIntroduction& introduction) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + timeout);
  context.set_wait_for_ready(true);
  grpc::CompletionQueue queue;
  // A HealthCheckRequest about the whole server has no bytes.
  const grpc::Slice empty;
  const grpc::ByteBuffer request(&empty, 1);
  grpc::ByteBuffer response;
  grpc::Status status;
  const auto call = stub.PrepareUnaryCall(Introduce(introduction, &context),
                                          kMethod, request, &queue);
  call->StartCall();
  call->Finish(&response, &status, &queue);
  void* tag = nullptr;
  bool has_event = false;
  queue.Next(&tag, &has_event);
  if (!status.ok()) return FromGrpc(status);
  if (Bytes(response) == kServing) return absl::OkStatus();
  return absl::UnavailableError(
      "The server runs and does not serve: it loads its models, or stops.");
}

}  // namespace burntin
