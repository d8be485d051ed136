// One call of `InspectStream`: uploads objects and takes their answers until
// nothing is left to send, or the connection breaks.
#ifndef BURNTIN_CLIENT_INSPECT_INSPECT_CALL_H_
#define BURNTIN_CLIENT_INSPECT_INSPECT_CALL_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "client/inspect/inspector.h"
#include "client/inspect/outbox.h"
#include "client/inspect/outgoing_call.h"

namespace burntin {

// What stays the same over all calls of one scan.
struct CallSettings {
  std::span<const FoundFile> files;
  Inspector::Answer answer;
  std::string request_id_prefix;  // makes ids unique over scans, no PHI
  bool include_text = false;
  CallIntroduction introduction;
  // The longest time without a message from the server and without a byte that
  // the server took, while an object waits that was sent before it; that object
  // is then given up. So neither a long queue nor a slow connection counts.
  std::chrono::milliseconds object_timeout;
};

// How a call ended.
struct CallResult {
  grpc::Status status;
  size_t answered = 0;     // objects that got an answer, whoever gave it
  std::string request_id;  // the server's name for the call; empty: none
  // This side closed the call, because an object took too long or its file
  // changed while it was sent. That object is answered.
  bool interrupted = false;
};

// Runs on three threads: one sends, one watches the clock, and the caller's
// reads. Used once.
class InspectCall {
 public:
  // Objects come from `outbox`, which no other thread uses meanwhile. Those
  // that got no answer are in flight or waiting there afterwards.
  InspectCall(v1::DetectionService::StubInterface* stub,
              const CallSettings& settings, Outbox* outbox);

  CallResult Run();

 private:
  enum class Sent { kWhole, kSkipped, kBroken };

  void SendAll();
  std::optional<size_t> WaitForNext();
  Sent SendObject(size_t object);
  bool SendHeader(size_t object, int64_t bytes);
  void ReadAnswers();
  void TakeAnswer(v1::InspectStreamResponse response);
  void WatchClock();

  // Answers for an object that will get no answer from the server.
  void AnswerHere(size_t object, Reason reason, const std::string& message);
  // Marks the object as answered; false if it was not in flight.
  bool FinishObject(size_t object);
  bool Write(const v1::InspectStreamRequest& request);
  void NoteProgress();
  void Interrupt();
  void Stop();

  const CallSettings& settings_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriterInterface<v1::InspectStreamRequest,
                                                    v1::InspectStreamResponse>>
      stream_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Outbox* outbox_;        // guarded by mutex_, as are all below
  bool stopped_ = false;  // nothing more is read
  bool interrupted_ = false;
  size_t answered_ = 0;
  // When the server last answered or took a message.
  Outbox::TimePoint last_progress_;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_INSPECT_CALL_H_
