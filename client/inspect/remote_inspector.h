// Inspects files by a server, over gRPC.
#ifndef BURNTIN_CLIENT_INSPECT_REMOTE_INSPECTOR_H_
#define BURNTIN_CLIENT_INSPECT_REMOTE_INSPECTOR_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "client/inspect/inspector.h"
#include "client/inspect/outgoing_call.h"

namespace burntin {

struct RemoteOptions {
  bool include_text = false;
  CallIntroduction introduction;
  // Objects of one stream that were sent and not yet answered.
  int max_in_flight = 8;
  // Streams at a time, >= 1. A channel with several servers behind it gives
  // each new one to the next server.
  int streams = 1;
  // How long to wait for a server at the start, and for it to come back.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  std::chrono::milliseconds reconnect_timeout = std::chrono::seconds(60);
  // See CallSettings.
  std::chrono::milliseconds object_timeout = std::chrono::minutes(30);
  // An object that was in flight at so many broken connections is given up.
  int max_attempts = 3;
  // So many calls in a row that brought no answer end the scan. The pause
  // between them starts with `first_pause` and doubles up to `max_pause`.
  int max_fruitless_calls = 8;
  // Refusals because the server starts, drains or has too many calls do not
  // count in the first so many milliseconds of a row of them.
  std::chrono::milliseconds refusal_patience = std::chrono::minutes(2);
  std::chrono::milliseconds first_pause = std::chrono::milliseconds(500);
  std::chrono::milliseconds max_pause = std::chrono::seconds(8);
};

// A channel to `target`, as in "localhost:50051"; not encrypted by default.
// Never goes through a proxy, and takes answers of any size.
std::shared_ptr<grpc::Channel> MakeChannel(
    const std::string& target,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials =
        grpc::InsecureChannelCredentials());

// The same to all addresses of `target`: calls go to them in turn, but for
// those whose health service says that they do not serve.
std::shared_ptr<grpc::Channel> MakeBalancedChannel(
    const std::string& target,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials =
        grpc::InsecureChannelCredentials());

// Sends many objects on each of a few streams. When the connection breaks or
// the server is starting, drains or has too many calls, what has no answer is
// sent again, whole and with the same request id, to whichever server the
// channel picks. Any other error of a call ends the scan, unless every object
// has its answer; it names the call.
class RemoteInspector final : public Inspector {
 public:
  RemoteInspector(std::shared_ptr<grpc::Channel> channel,
                  const RemoteOptions& options);

  // Fails with UNAVAILABLE if the server cannot be reached in
  // `connect_timeout`. Asked before a scan, it keeps a wrong address from
  // looking like a scan of indeterminate objects.
  absl::Status WaitForServer();

  // Fails with UNAVAILABLE if the server cannot be reached, at the start or
  // again later, and with the server's own error if it refuses the call.
  absl::Status InspectAll(std::span<const FoundFile> files,
                          const Answer& answer) override;

  int max_in_flight() const override {
    return options_.streams * options_.max_in_flight;
  }

 private:
  absl::Status InspectOnOneStream(v1::DetectionService::StubInterface* stub,
                                  std::span<const FoundFile> files,
                                  const Answer& answer);

  const std::shared_ptr<grpc::Channel> channel_;
  const RemoteOptions options_;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_REMOTE_INSPECTOR_H_
