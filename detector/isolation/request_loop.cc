#include "detector/isolation/request_loop.h"

#include <malloc.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/isolation/decoder.pb.h"
#include "detector/isolation/messages.h"

namespace burntin {
namespace {

// Whatever was thrown, it is not known what of it is the file's text.
absl::Status Thrown() {
  return Error(Reason::kInternalFailure,
               "The object could not be decoded, perhaps for want of memory. "
               "Look at it by hand.");
}

// After so long without a request more may never come.
constexpr std::chrono::milliseconds kIdleTime(250);

class Answerer {
 public:
  Answerer(ObjectOpener* opener, Channel* channel)
      : opener_(opener), channel_(channel) {}

  absl::Status SayHello(bool confined) {
    isolation::Hello hello;
    FillHello(confined, &hello);
    return channel_->Send(hello.SerializeAsString(), /*fd=*/-1, std::nullopt);
  }

  // Fails when the parent is gone.
  absl::Status AnswerOne(const std::function<void()>& before_each) {
    TrimIfIdle();
    ASSIGN_OR_RETURN(Channel::Received received,
                     channel_->Receive(/*takes_fd=*/true, std::nullopt));
    isolation::Request request;
    if (!request.ParseFromString(received.message)) return NotBelievable();
    before_each();
    isolation::Reply reply;
    const absl::StatusOr<DecodedPlane> plane =
        Obey(request, std::move(received.fd), &reply);
    if (!plane.ok()) {
      reply.Clear();
      FillError(plane.status(), &reply);
      return Send(reply);
    }
    RETURN_IF_ERROR(Send(reply));
    for (const Image& view : plane->views) {
      RETURN_IF_ERROR(channel_->SendBytes(view.pixels, std::nullopt));
    }
    return absl::OkStatus();
  }

 private:
  // Fills the reply; returns the plane that it is about, if it is about one.
  absl::StatusOr<DecodedPlane> Obey(const isolation::Request& request,
                                    UniqueFd fd, isolation::Reply* reply) {
    try {
      switch (request.action_case()) {
        case isolation::Request::kOpen:
          RETURN_IF_ERROR(
              Open(request.open(), std::move(fd), reply->mutable_object()));
          break;
        case isolation::Request::kDecode:
          return Decode(request.decode(), reply->mutable_plane());
        default:
          Close();
      }
      return DecodedPlane();
    } catch (...) {
      return Thrown();
    }
  }

  absl::Status Open(const isolation::Open& request, UniqueFd fd,
                    isolation::Object* message) {
    may_trim_ = false;
    object_.reset();
    file_ = std::move(fd);
    ASSIGN_OR_RETURN(
        object_, opener_->Open("/proc/self/fd/" + std::to_string(file_.get()),
                               {.file_bytes = request.file_bytes(),
                                .pixels_per_frame = request.pixels_per_frame(),
                                .frames = request.frames()}));
    FillObject(*object_, message);
    return absl::OkStatus();
  }

  absl::StatusOr<DecodedPlane> Decode(const isolation::PlaneId& request,
                                      isolation::Plane* message) {
    if (object_ == nullptr) return NotBelievable();
    absl::StatusOr<DecodedPlane> plane = absl::UnknownError("");
    double cpu_ms = 0;
    {
      const CpuStopwatch watch(&cpu_ms);
      plane = object_->Decode(ReadPlaneId(request));
    }
    if (plane.ok()) FillPlane(*plane, message);
    message->set_cpu_ms(cpu_ms);
    return plane;
  }

  // A worker without an object holds nothing of a patient's.
  void Close() {
    object_.reset();
    file_.Close();
    may_trim_ = true;
  }

  // An idle worker holds no more memory than needed. The next object may want
  // that of the last one, though, and the kernel takes its time to give it once
  // more.
  void TrimIfIdle() {
    if (!may_trim_ || !channel_->IsQuiet(kIdleTime)) return;
    malloc_trim(/*pad=*/0);
    may_trim_ = false;
  }

  absl::Status Send(const isolation::Reply& reply) {
    return channel_->Send(reply.SerializeAsString(), /*fd=*/-1, std::nullopt);
  }

  ObjectOpener* const opener_;
  Channel* const channel_;
  UniqueFd file_;  // outlives the object that is read from it
  std::unique_ptr<DicomObject> object_;
  bool may_trim_ = false;
};

}  // namespace

void AnswerRequests(bool confined, const std::function<void()>& before_each,
                    ObjectOpener* opener, Channel* channel) {
  Answerer answerer(opener, channel);
  absl::Status status = answerer.SayHello(confined);
  while (status.ok()) status = answerer.AnswerOne(before_each);
}

}  // namespace burntin
