#include "client/inspect/inspect_call.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "client/inspect/received_report.h"

namespace burntin {
namespace {

// A quarter of what the contract allows for one chunk.
constexpr int64_t kChunkBytes = 256 << 10;

constexpr char kChangedWhileSent[] =
    "The file changed or could not be read while it was sent. Scan it again "
    "when nothing writes to it.";

// The object that `request_id` names; nothing if it is none of ours.
std::optional<size_t> ObjectOf(std::string_view request_id,
                               std::string_view prefix) {
  if (!request_id.starts_with(prefix)) return std::nullopt;
  request_id.remove_prefix(prefix.size());
  size_t object = 0;
  const char* end = request_id.data() + request_id.size();
  const auto [rest, error] = std::from_chars(request_id.data(), end, object);
  if (error != std::errc() || rest != end) return std::nullopt;
  return object;
}

}  // namespace

InspectCall::InspectCall(v1::DetectionService::StubInterface* stub,
                         const CallSettings& settings, Outbox* outbox)
    : settings_(settings),
      stream_(stub->InspectStream(Introduce(settings.introduction, &context_))),
      outbox_(outbox) {}

CallResult InspectCall::Run() {
  std::jthread sender([this] { SendAll(); });
  std::jthread watchdog([this] { WatchClock(); });
  ReadAnswers();
  Stop();
  sender.join();
  watchdog.join();
  CallResult result;
  result.status = stream_->Finish();
  result.request_id = RequestIdOf(context_);
  result.answered = answered_;
  result.interrupted = interrupted_;
  return result;
}

void InspectCall::SendAll() {
  while (const std::optional<size_t> object = WaitForNext()) {
    if (SendObject(*object) == Sent::kBroken) return;
  }
  stream_->WritesDone();
}

std::optional<size_t> InspectCall::WaitForNext() {
  std::unique_lock lock(mutex_);
  while (!stopped_ && !interrupted_ && !outbox_->all_sent()) {
    const auto object = outbox_->Next(std::chrono::steady_clock::now());
    if (object) return object;
    changed_.wait(lock);
  }
  return std::nullopt;
}

InspectCall::Sent InspectCall::SendObject(size_t object) {
  const std::string& path = settings_.files[object].path;
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file || size == 0) {
    AnswerHere(object, Reason::kFileUnreadable, kChangedWhileSent);
    return Sent::kSkipped;
  }
  auto left = static_cast<int64_t>(size);
  if (!SendHeader(object, left)) return Sent::kBroken;
  v1::InspectStreamRequest request;
  while (left > 0) {
    std::string* chunk = request.mutable_chunk();
    chunk->resize(static_cast<size_t>(std::min(left, kChunkBytes)));
    if (!file.read(chunk->data(), static_cast<int64_t>(chunk->size()))) {
      AnswerHere(object, Reason::kFileUnreadable, kChangedWhileSent);
      Interrupt();
      return Sent::kBroken;
    }
    left -= static_cast<int64_t>(chunk->size());
    if (!Write(request)) return Sent::kBroken;
  }
  return Sent::kWhole;
}

bool InspectCall::SendHeader(size_t object, int64_t bytes) {
  v1::InspectStreamRequest request;
  v1::InstanceHeader* header = request.mutable_header();
  header->set_request_id(settings_.request_id_prefix + std::to_string(object));
  header->set_path(settings_.files[object].label);
  header->set_file_size_bytes(bytes);
  header->mutable_options()->set_include_text(settings_.include_text);
  return Write(request);
}

bool InspectCall::Write(const v1::InspectStreamRequest& request) {
  if (!stream_->Write(request)) return false;
  NoteProgress();
  return true;
}

void InspectCall::ReadAnswers() {
  v1::InspectStreamResponse response;
  while (stream_->Read(&response)) {
    NoteProgress();
    TakeAnswer(std::move(response));
  }
}

void InspectCall::TakeAnswer(v1::InspectStreamResponse response) {
  // Sessions are summed up here, over all calls; progress is counted here.
  if (!response.event().has_instance()) return;
  const std::optional<size_t> object =
      ObjectOf(response.request_id(), settings_.request_id_prefix);
  if (!object || !FinishObject(*object)) return;
  settings_.answer(
      *object,
      CheckReceived(std::move(*response.mutable_event()->mutable_instance()),
                    settings_.files[*object], settings_.include_text));
}

void InspectCall::WatchClock() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto limit =
        std::chrono::steady_clock::now() - settings_.object_timeout;
    const std::optional<size_t> late =
        last_progress_ < limit ? outbox_->SentBefore(limit) : std::nullopt;
    if (late) {
      lock.unlock();
      AnswerHere(*late, Reason::kDeadlineExceeded,
                 "The server did not answer for this object in time. Raise "
                 "--timeout, or ask the server's operator.");
      return Interrupt();
    }
    const auto period = std::min<std::chrono::milliseconds>(
        settings_.object_timeout / 4, std::chrono::seconds(1));
    changed_.wait_for(lock, period);
  }
}

void InspectCall::AnswerHere(size_t object, Reason reason,
                             const std::string& message) {
  if (!FinishObject(object)) return;
  settings_.answer(object,
                   LocalReport(settings_.files[object], reason, message));
}

bool InspectCall::FinishObject(size_t object) {
  const std::lock_guard lock(mutex_);
  if (!outbox_->Finish(object)) return false;
  ++answered_;
  changed_.notify_all();
  return true;
}

void InspectCall::NoteProgress() {
  const std::lock_guard lock(mutex_);
  last_progress_ = std::chrono::steady_clock::now();
}

void InspectCall::Interrupt() {
  {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    changed_.notify_all();
  }
  context_.TryCancel();
}

void InspectCall::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

}  // namespace burntin
