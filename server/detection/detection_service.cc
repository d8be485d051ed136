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

// Tells a call of each message that came, or did not.
class NotedPieces final : public PieceSource {
 public:
  NotedPieces(PieceSource* source, Activity* activity)
      : source_(source), activity_(activity) {}

  std::optional<Piece> Next() override {
    std::optional<Piece> piece = source_->Next();
    activity_->Note();
    return piece;
  }

 private:
  PieceSource* source_;
  Activity* activity_;
};

}  // namespace

DetectionService::DetectionService(DetectionOptions options,
                                   const Inspector* inspector,
                                   Entrance* entrance, Log* log)
    : options_(std::move(options)),
      inspector_(inspector),
      entrance_(entrance),
      log_(log),
      budget_(options_.total_bytes),
      idle_watch_(options_.idle_timeout) {}

grpc::Status DetectionService::InspectInstance(
    grpc::ServerContext* context, InstanceReader* reader,
    v1::InspectInstanceResponse* response) {
  Call call("InspectInstance", context, log_, entrance_->TraceOf(context));
  const absl::StatusOr<Entrance::Entered> entered = entrance_->Enter(context);
  if (!entered.ok()) return call.End(entered.status());
  const IdleWatch::Watched watched(&idle_watch_, &call);
  StreamPieces<v1::InspectInstanceRequest, InstanceReader> pieces(reader);
  absl::StatusOr<v1::InspectInstanceResponse> answer =
      InspectOne(&pieces, &call);
  if (answer.ok()) *response = *std::move(answer);
  return call.End(answer.status());
}

absl::StatusOr<v1::InspectInstanceResponse> DetectionService::InspectOne(
    PieceSource* pieces, Call* call) {
  NotedPieces noted(pieces, call->activity());
  UploadReader reader(&noted, options_.upload);
  ASSIGN_OR_RETURN(const std::optional<v1::InstanceHeader> header,
                   reader.NextHeader());
  RETURN_IF_ERROR(inspector_->CheckOptions(*header));
  RETURN_IF_ERROR(reader.CheckSize(*header));
  const auto lease = Reserve(header->file_size_bytes(), call);
  if (!lease) return call->CancelledError();
  ASSIGN_OR_RETURN(const AnonymousFile file, reader.ReadObject(*header));
  RETURN_IF_ERROR(reader.ExpectEnd());
  v1::InspectInstanceResponse response;
  response.set_request_id(header->request_id());
  const Activity::Work inspecting(call->activity());
  *response.mutable_report() =
      inspector_->Inspect(*header, file, [call] { return call->Cancelled(); });
  return response;
}

std::optional<ByteBudget::Lease> DetectionService::Reserve(int64_t bytes,
                                                           Call* call) {
  const Activity::Work waiting(call->activity());
  return budget_.Take(bytes, [call] { return call->Cancelled(); });
}

grpc::Status DetectionService::InspectStream(grpc::ServerContext* context,
                                             Stream* stream) {
  Call call("InspectStream", context, log_, entrance_->TraceOf(context));
  const absl::StatusOr<Entrance::Entered> entered = entrance_->Enter(context);
  if (!entered.ok()) return call.End(entered.status());
  const IdleWatch::Watched watched(&idle_watch_, &call);
  StreamPieces<v1::InspectStreamRequest, Stream> pieces(stream);
  NotedPieces noted(&pieces, call.activity());
  UploadReader reader(&noted, options_.upload);
  StreamInspection::Parts parts;
  parts.write = [&](const auto& response) { return stream->Write(response); };
  parts.cancelled = [&] { return call.Cancelled(); };
  parts.check_not_draining = [&] {
    return entrance_->gate()->CheckNotClosed();
  };
  parts.inspector = inspector_;
  parts.reserve = [&](int64_t bytes) { return Reserve(bytes, &call); };
  parts.activity = call.activity();
  parts.objects_held = options_.objects_per_stream;
  return call.End(StreamInspection(std::move(parts), &reader).Run());
}

grpc::Status DetectionService::InspectSession(
    grpc::ServerContext* context, const v1::InspectSessionRequest* /*request*/,
    grpc::ServerWriter<v1::InspectSessionResponse>* /*writer*/) {
  Call call("InspectSession", context, log_, entrance_->TraceOf(context));
  const absl::StatusOr<Entrance::Entered> entered = entrance_->Enter(context);
  if (!entered.ok()) return call.End(entered.status());
  return call.End(
      Error(Reason::kNotImplemented,
            "This server does not inspect sessions that it reads itself. "
            "Send the objects with InspectStream."));
}

}  // namespace burntin
