#include "server/detection/detection_service.h"

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/detection/stream_inspection.h"

namespace burntin {
namespace {

using InstanceReader = grpc::ServerReader<v1::InspectInstanceRequest>;
using Stream = grpc::ServerReaderWriter<v1::InspectStreamResponse,
                                        v1::InspectStreamRequest>;

}  // namespace

DetectionService::DetectionService(DetectionOptions options,
                                   const Inspector* inspector, Gate* gate,
                                   Log* log)
    : options_(std::move(options)),
      inspector_(inspector),
      gate_(gate),
      log_(log) {}

grpc::Status DetectionService::InspectInstance(
    grpc::ServerContext* context, InstanceReader* reader,
    v1::InspectInstanceResponse* response) {
  Call call("InspectInstance", context, log_);
  const absl::StatusOr<Gate::Pass> pass = gate_->Enter();
  if (!pass.ok()) return call.End(pass.status());
  StreamPieces<v1::InspectInstanceRequest, InstanceReader> pieces(reader);
  absl::StatusOr<v1::InspectInstanceResponse> answer =
      InspectOne(&pieces, &call);
  if (answer.ok()) *response = *std::move(answer);
  return call.End(answer.status());
}

absl::StatusOr<v1::InspectInstanceResponse> DetectionService::InspectOne(
    PieceSource* pieces, Call* call) {
  UploadReader reader(pieces, options_.upload);
  ASSIGN_OR_RETURN(const std::optional<v1::InstanceHeader> header,
                   reader.NextHeader());
  RETURN_IF_ERROR(inspector_->CheckOptions(*header));
  ASSIGN_OR_RETURN(const AnonymousFile file, reader.ReadObject(*header));
  RETURN_IF_ERROR(reader.ExpectEnd());
  v1::InspectInstanceResponse response;
  response.set_request_id(header->request_id());
  *response.mutable_report() =
      inspector_->Inspect(*header, file, [call] { return call->Cancelled(); });
  return response;
}

grpc::Status DetectionService::InspectStream(grpc::ServerContext* context,
                                             Stream* stream) {
  Call call("InspectStream", context, log_);
  const absl::StatusOr<Gate::Pass> pass = gate_->Enter();
  if (!pass.ok()) return call.End(pass.status());
  StreamPieces<v1::InspectStreamRequest, Stream> pieces(stream);
  UploadReader reader(&pieces, options_.upload);
  StreamInspection::Parts parts;
  parts.write = [&](const auto& response) { return stream->Write(response); };
  parts.cancelled = [&] { return call.Cancelled(); };
  parts.inspector = inspector_;
  parts.objects_held = options_.objects_per_stream;
  return call.End(StreamInspection(std::move(parts), &reader).Run());
}

grpc::Status DetectionService::InspectSession(
    grpc::ServerContext* context, const v1::InspectSessionRequest* /*request*/,
    grpc::ServerWriter<v1::InspectSessionResponse>* /*writer*/) {
  return Call("InspectSession", context, log_)
      .End(Error(Reason::kNotImplemented,
                 "This server does not inspect sessions that it reads itself. "
                 "Send the objects with InspectStream."));
}

}  // namespace burntin
