#include "server/detection/stream_inspection.h"

#include <memory>
#include <optional>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/trace/call_trace.h"

namespace burntin {
namespace {

// An object and the room that it takes.
struct Kept {
  ByteBudget::Lease lease;
  AnonymousFile file;
};

absl::Status Cancelled() {
  return Error(Reason::kCancelled, "The call was cancelled. Call again.");
}

Gauge* HeldGauge(const Inspector& inspector) {
  const InspectionMetrics* metrics = inspector.metrics();
  return metrics == nullptr ? nullptr : metrics->stream_objects();
}

}  // namespace

StreamInspection::StreamInspection(Parts parts, UploadReader* reader)
    : parts_(std::move(parts)),
      reader_(reader),
      tasks_(parts_.objects_held, HeldGauge(*parts_.inspector)) {
  CountCapacity(parts_.objects_held);
}

StreamInspection::~StreamInspection() { CountCapacity(-parts_.objects_held); }

void StreamInspection::CountCapacity(int objects) {
  const InspectionMetrics* metrics = parts_.inspector->metrics();
  if (metrics != nullptr) metrics->stream_capacity()->Add(objects);
}

absl::Status StreamInspection::Run() {
  const absl::Status read = ReadObjects();
  if (!read.ok() && ReasonOf(read) != Reason::kServerDraining) {
    MutexLock lock(&mutex_);
    failed_ = true;
  }
  tasks_.Finish();
  RETURN_IF_ERROR(read);
  return WriteSessions();
}

absl::Status StreamInspection::ReadObjects() {
  while (true) {
    tasks_.AwaitRoom();
    ASSIGN_OR_RETURN(const std::optional<v1::InstanceHeader> header,
                     reader_->NextHeader());
    if (!header) return absl::OkStatus();
    RETURN_IF_ERROR(parts_.check_not_draining());
    RETURN_IF_ERROR(TakeObject(*header));
  }
}

absl::Status StreamInspection::TakeObject(const v1::InstanceHeader& header) {
  RETURN_IF_ERROR(parts_.inspector->CheckOptions(header));
  if (!reader_->CheckSize(header).ok()) {
    RETURN_IF_ERROR(reader_->SkipObject(header));
    Answer(header, parts_.inspector->TooLarge(header));
    return absl::OkStatus();
  }
  return KeepObject(header);
}

absl::Status StreamInspection::KeepObject(const v1::InstanceHeader& header) {
  std::optional<ByteBudget::Lease> lease =
      parts_.reserve(header.file_size_bytes());
  if (!lease) return Cancelled();
  absl::StatusOr<AnonymousFile> read = reader_->ReadObject(header);
  if (ReasonOf(read.status()) == Reason::kInternalFailure) {
    Answer(header, parts_.inspector->NotKept(header, read.status()));
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(read.status());
  auto kept = std::make_shared<Kept>(Kept{*std::move(lease), *std::move(read)});
  tasks_.Add(
      [this, header, kept = std::move(kept), trace = CurrentTrace()]() mutable {
        const TraceScope scope(std::move(trace));
        if (Stopped()) return;
        v1::InstanceReport report = Inspect(header, kept->file);
        kept.reset();  // the client may take its time to read the answer
        if (!Stopped()) Answer(header, std::move(report));
      });
  return absl::OkStatus();
}

v1::InstanceReport StreamInspection::Inspect(const v1::InstanceHeader& header,
                                             const AnonymousFile& file) {
  const Activity::Work inspecting(parts_.activity);
  return parts_.inspector->Inspect(header, file, [this] { return Stopped(); });
}

void StreamInspection::Answer(const v1::InstanceHeader& header,
                              v1::InstanceReport report) {
  {
    MutexLock lock(&mutex_);
    summary_.Add(report);
  }
  v1::InspectStreamResponse response;
  response.set_request_id(header.request_id());
  *response.mutable_event()->mutable_instance() = std::move(report);
  MutexLock lock(&write_mutex_);
  parts_.write(response);
  parts_.activity->Note();
}

absl::Status StreamInspection::WriteSessions() {
  if (parts_.cancelled()) return Cancelled();
  MutexLock lock(&mutex_);
  for (v1::SessionReport& session : summary_.Reports()) {
    v1::InspectStreamResponse response;
    *response.mutable_event()->mutable_session() = std::move(session);
    if (!parts_.write(response)) break;
  }
  return absl::OkStatus();
}

bool StreamInspection::Stopped() {
  {
    MutexLock lock(&mutex_);
    if (failed_) return true;
  }
  return parts_.cancelled();
}

}  // namespace burntin
