#include "detector/isolation/worker.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/isolation/decoder.pb.h"

namespace burntin {
namespace {

// Pixels are received in pieces, so that memory is used for what has come only.
constexpr size_t kPieceBytes = size_t{1} << 20;

Deadline In(Worker::Time time) {
  return std::chrono::steady_clock::now() + time;
}

}  // namespace

absl::Status Worker::Greet(Time time) {
  broken_ = true;
  const absl::StatusOr<Channel::Received> received =
      process_->channel().Receive(/*takes_fd=*/false, In(time));
  isolation::Hello hello;
  if (!received.ok() || !hello.ParseFromString(received->message)) {
    return Error(Reason::kInvalidArgument,
                 "The decoder program does not start. Install burntin-decoder "
                 "together with this program.");
  }
  if (!IsOfThisVersion(hello)) {
    return Error(Reason::kInvalidArgument,
                 "The decoder program is of another version. Install "
                 "burntin-decoder together with this program, and start this "
                 "program again.");
  }
  confined_ = hello.confined();
  broken_ = false;
  return absl::OkStatus();
}

absl::StatusOr<ObjectFacts> Worker::Open(int fd, const DicomLimits& limits,
                                         Time time) {
  broken_ = true;
  ++objects_;
  limits_ = limits;
  absl::StatusOr<ObjectFacts> facts = TryToOpen(fd, In(time));
  Note(facts.status());
  return facts;
}

absl::StatusOr<DecodedPlane> Worker::Decode(const PlaneId& plane,
                                            int64_t most_bytes, Time time) {
  broken_ = true;
  absl::StatusOr<DecodedPlane> decoded =
      TryToDecode(plane, most_bytes, In(time));
  Note(decoded.status());
  return decoded;
}

absl::Status Worker::Close(Time time) {
  broken_ = true;
  isolation::Request request;
  request.mutable_close();
  const absl::Status closed = Ask(request, /*fd=*/-1, In(time)).status();
  Note(closed);
  return closed;
}

absl::StatusOr<isolation::Reply> Worker::Ask(const isolation::Request& request,
                                             int fd, Deadline deadline) {
  Channel& channel = process_->channel();
  RETURN_IF_ERROR(channel.Send(request.SerializeAsString(), fd, deadline));
  ASSIGN_OR_RETURN(const Channel::Received received,
                   channel.Receive(/*takes_fd=*/false, deadline));
  isolation::Reply reply;
  if (!reply.ParseFromString(received.message)) return NotBelievable();
  RETURN_IF_ERROR(ReadError(reply));
  return reply;
}

absl::StatusOr<ObjectFacts> Worker::TryToOpen(int fd, Deadline deadline) {
  isolation::Request request;
  request.mutable_open()->set_file_bytes(limits_.file_bytes);
  request.mutable_open()->set_pixels_per_frame(limits_.pixels_per_frame);
  request.mutable_open()->set_frames(limits_.frames);
  ASSIGN_OR_RETURN(const isolation::Reply reply, Ask(request, fd, deadline));
  if (!reply.has_object()) return NotBelievable();
  return ReadObject(reply.object(), limits_);
}

absl::StatusOr<DecodedPlane> Worker::TryToDecode(const PlaneId& plane,
                                                 int64_t most_bytes,
                                                 Deadline deadline) {
  isolation::Request request;
  FillPlaneId(plane, request.mutable_decode());
  ASSIGN_OR_RETURN(const isolation::Reply reply,
                   Ask(request, /*fd=*/-1, deadline));
  if (!reply.has_plane()) return NotBelievable();
  ASSIGN_OR_RETURN(DecodedPlane decoded,
                   ReadPlane(reply.plane(), limits_, most_bytes));
  AddCpuElsewhere(ReadCpuTime(reply.plane()));
  for (Image& view : decoded.views) {
    RETURN_IF_ERROR(ReceivePixels(deadline, &view));
  }
  return decoded;
}

absl::Status Worker::ReceivePixels(Deadline deadline, Image* view) {
  const size_t size = PixelBytes(*view);
  view->pixels.reserve(size);
  while (view->pixels.size() < size) {
    const size_t had = view->pixels.size();
    view->pixels.resize(std::min(size, had + kPieceBytes));
    RETURN_IF_ERROR(process_->channel().ReceiveBytes(
        std::span(view->pixels).subspan(had), deadline));
  }
  return absl::OkStatus();
}

// Workers report no error with these two reasons (see ReadError), so they are
// always the parent's own finding.
void Worker::Note(const absl::Status& status) {
  const std::optional<Reason> reason = ReasonOf(status);
  timed_out_ = reason == Reason::kDecoderTimedOut;
  broken_ = timed_out_ || reason == Reason::kDecoderCrashed;
}

}  // namespace burntin
