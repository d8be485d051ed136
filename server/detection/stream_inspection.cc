#include "server/detection/stream_inspection.h"

#include <memory>
#include <optional>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {

StreamInspection::StreamInspection(Parts parts, UploadReader* reader)
    : parts_(std::move(parts)), reader_(reader), tasks_(parts_.objects_held) {}

absl::Status StreamInspection::Run() {
  const absl::Status read = ReadObjects();
  if (!read.ok()) {
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
  ASSIGN_OR_RETURN(AnonymousFile read, reader_->ReadObject(header));
  const auto file = std::make_shared<AnonymousFile>(std::move(read));
  tasks_.Add([this, header, file] { InspectAndAnswer(header, *file); });
  return absl::OkStatus();
}

void StreamInspection::InspectAndAnswer(const v1::InstanceHeader& header,
                                        const AnonymousFile& file) {
  const auto stopped = [this] { return Stopped(); };
  if (stopped()) return;
  v1::InstanceReport report = parts_.inspector->Inspect(header, file, stopped);
  if (!stopped()) Answer(header, std::move(report));
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
}

absl::Status StreamInspection::WriteSessions() {
  if (parts_.cancelled()) {
    return Error(Reason::kCancelled, "The call was cancelled. Call again.");
  }
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
