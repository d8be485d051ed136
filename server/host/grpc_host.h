// host: the running gRPC server: its port, its health, its end.
#ifndef BURNTIN_SERVER_HOST_GRPC_HOST_H_
#define BURNTIN_SERVER_HOST_GRPC_HOST_H_

#include <grpcpp/channel.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/host/call_metrics.h"
#include "server/identity/entrance.h"
#include "server/log/log.h"

namespace burntin {

struct HostOptions {
  std::string listen;  // HOST:PORT; empty: only the in-process channel
  bool allow_plaintext = false;  // also for other machines
  bool reflection = false;
  // What the gate lets in; sizes the threads. A call for which there is no
  // thread is refused as the gate does.
  int max_calls = 1;
  std::shared_ptr<grpc::ServerCredentials> credentials;  // null: plaintext
  CallMetrics* metrics = nullptr;  // not owned, outlives the host; may be null
};

// Answers `grpc.health.v1` with NOT_SERVING until Open and again from Drain
// on, and every method that no service offers with UNIMPLEMENTED
// (NOT_IMPLEMENTED). Any thread may call Open; the other methods are for the
// thread that made it.
class GrpcHost {
 public:
  // Every call of every service passes the entrance. Owns neither services nor
  // entrance nor log; all outlive the host. Fails with INVALID_ARGUMENT if it
  // cannot listen, and if it would do so in plaintext for other machines
  // although it was not told that it may.
  static absl::StatusOr<std::unique_ptr<GrpcHost>> Start(
      const HostOptions& options, const std::vector<grpc::Service*>& services,
      Entrance* entrance, Log* log);

  // Drains without waiting, unless Drain was called before.
  virtual ~GrpcHost() = default;

  // HOST:PORT with the port that was bound; empty if there is none.
  virtual std::string address() const = 0;

  // Lets calls in and says SERVING, unless the host drains already.
  virtual void Open() = 0;

  // Says NOT_SERVING and lets no more calls in, lets those in flight go on
  // for at most `timeout`, cancels what is left then, and returns when
  // nothing runs any more.
  virtual void Drain(std::chrono::milliseconds timeout) = 0;

  // A channel that needs no network, for tests.
  virtual std::shared_ptr<grpc::Channel> InProcessChannel() = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_HOST_GRPC_HOST_H_
