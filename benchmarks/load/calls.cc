#include "benchmarks/load/calls.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <algorithm>
#include <utility>

#include "server/digest/sha256.h"

namespace burntin {
namespace {

constexpr size_t kChunkBytes = 1 << 20;

// The messages of an upload, one after the other.
class Upload {
 public:
  explicit Upload(std::vector<const std::string*> objects)
      : objects_(std::move(objects)) {}

  // False once there is none left.
  template <typename Request>
  bool Next(Request* request) {
    if (object_ == objects_.size()) return false;
    const std::string& bytes = *objects_[object_];
    if (!header_sent_) {
      v1::InstanceHeader* header = request->mutable_header();
      header->set_request_id(std::to_string(object_));
      header->set_file_size_bytes(static_cast<int64_t>(bytes.size()));
      header_sent_ = true;
      return true;
    }
    const size_t size = std::min(kChunkBytes, bytes.size() - offset_);
    request->set_chunk(bytes.data() + offset_, size);
    offset_ += size;
    if (offset_ == bytes.size()) {
      ++object_;
      offset_ = 0;
      header_sent_ = false;
    }
    return true;
  }

 private:
  const std::vector<const std::string*> objects_;
  size_t object_ = 0;
  size_t offset_ = 0;
  bool header_sent_ = false;
};

ObjectAnswer AnswerOf(v1::InstanceReport report) {
  ObjectAnswer answer;
  answer.verdict = report.verdict();
  for (const v1::Reason& reason : report.reasons()) {
    answer.reasons.push_back(reason.code());
  }
  report.clear_timings();
  report.clear_from_cache();
  answer.sha256 = TextSha256(report.SerializeAsString());
  return answer;
}

void Take(const std::string& request_id, v1::InstanceReport* report,
          Outcome* outcome) {
  for (size_t object = 0; object < outcome->answers.size(); ++object) {
    if (std::to_string(object) != request_id) continue;
    if (outcome->answers[object]) break;
    outcome->answers[object] = AnswerOf(std::move(*report));
    return;
  }
  ++outcome->stray_answers;
}

// What both kinds of calls do: a reactor that sends its objects, and owns
// itself until gRPC is done with it.
template <typename Reactor, typename Request, typename Response>
class Call : public Reactor {
 public:
  Call(const PlannedCall& call, std::function<void(Outcome)> done,
       std::chrono::system_clock::time_point deadline)
      : upload_(call.objects), done_(std::move(done)) {
    outcome_.answers.resize(call.objects.size());
    context_.set_deadline(deadline);
  }

  void OnWriteDone(bool ok) override {
    if (ok) Send();  // else the status is on its way
  }

 protected:
  void Send() {
    if (upload_.Next(&request_)) {
      this->StartWrite(&request_);
    } else {
      this->StartWritesDone();
    }
  }

  // Last, so that nothing of the call is left when `done` knows.
  void End() {
    const auto done = std::move(done_);
    Outcome outcome = std::move(outcome_);
    delete this;
    done(std::move(outcome));
  }

  grpc::ClientContext context_;
  Response response_;
  Outcome outcome_;  // of a stream: of the side that reads

 private:
  Upload upload_;
  std::function<void(Outcome)> done_;
  Request request_;
};

class InstanceCall final
    : public Call<grpc::ClientWriteReactor<v1::InspectInstanceRequest>,
                  v1::InspectInstanceRequest, v1::InspectInstanceResponse> {
 public:
  using Call::Call;

  void Start(v1::DetectionService::Stub* stub) {
    stub->async()->InspectInstance(&context_, &response_, this);
    Send();
    StartCall();
  }

  void OnDone(const grpc::Status& status) override {
    outcome_.status = status;
    if (status.ok()) {
      Take(response_.request_id(), response_.mutable_report(), &outcome_);
    }
    End();
  }
};

class StreamCall final
    : public Call<grpc::ClientBidiReactor<v1::InspectStreamRequest,
                                          v1::InspectStreamResponse>,
                  v1::InspectStreamRequest, v1::InspectStreamResponse> {
 public:
  using Call::Call;

  void Start(v1::DetectionService::Stub* stub) {
    stub->async()->InspectStream(&context_, this);
    Send();
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (response_.event().has_instance()) {
      Take(response_.request_id(),
           response_.mutable_event()->mutable_instance(), &outcome_);
    }
    StartRead(&response_);
  }

  void OnDone(const grpc::Status& status) override {
    outcome_.status = status;
    End();
  }
};

}  // namespace

void StartCall(v1::DetectionService::Stub* stub, const PlannedCall& call,
               std::chrono::system_clock::time_point deadline,
               std::function<void(Outcome)> done) {
  if (call.stream) {
    (new StreamCall(call, std::move(done), deadline))->Start(stub);
  } else {
    (new InstanceCall(call, std::move(done), deadline))->Start(stub);
  }
}

}  // namespace burntin
