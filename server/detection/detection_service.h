// detection: the contract's DetectionService over a detector.
#ifndef BURNTIN_SERVER_DETECTION_DETECTION_SERVICE_H_
#define BURNTIN_SERVER_DETECTION_DETECTION_SERVICE_H_

#include <chrono>
#include <cstdint>
#include <optional>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "server/detection/call.h"
#include "server/detection/idle_watch.h"
#include "server/detection/inspector.h"
#include "server/identity/entrance.h"
#include "server/log/log.h"
#include "server/upload/byte_budget.h"
#include "server/upload/upload.h"

namespace burntin {

struct DetectionOptions {
  UploadLimits upload;
  // Objects of one InspectStream that are held at a time, >= 1.
  int objects_per_stream = 4;
  int64_t total_bytes = int64_t{8} << 30;  // of all objects that are held
  // Calls on which nothing happens for so long are cancelled.
  std::chrono::milliseconds idle_timeout = std::chrono::minutes(5);
};

// Calls that the entrance does not let in, that break the upload's rules or
// that are cancelled never get a report. Thread-safe, as gRPC wants it.
class DetectionService final : public v1::DetectionService::Service {
 public:
  // Owns none of the three; all outlive the service. The inspector has its
  // detector before the entrance's gate opens.
  DetectionService(DetectionOptions options, const Inspector* inspector,
                   Entrance* entrance, Log* log);

  // Bytes of uploads that are held, and who waits for room.
  ByteBudget* budget() { return &budget_; }

  grpc::Status InspectInstance(
      grpc::ServerContext* context,
      grpc::ServerReader<v1::InspectInstanceRequest>* reader,
      v1::InspectInstanceResponse* response) override;

  grpc::Status InspectStream(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::InspectStreamResponse,
                               v1::InspectStreamRequest>* stream) override;

  grpc::Status InspectSession(
      grpc::ServerContext* context, const v1::InspectSessionRequest* request,
      grpc::ServerWriter<v1::InspectSessionResponse>* writer) override;

 private:
  // Waits for room; nothing if the call is cancelled meanwhile.
  std::optional<ByteBudget::Lease> Reserve(int64_t bytes, Call* call);
  absl::StatusOr<v1::InspectInstanceResponse> InspectOne(PieceSource* pieces,
                                                         Call* call);

  const DetectionOptions options_;
  const Inspector* inspector_;
  Entrance* entrance_;
  Log* log_;
  ByteBudget budget_;
  IdleWatch idle_watch_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_DETECTION_SERVICE_H_
