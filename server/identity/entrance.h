// The one way into every service: who calls is decided before any handler
// runs, for each method that the server has, also for those it gets later.
#ifndef BURNTIN_SERVER_IDENTITY_ENTRANCE_H_
#define BURNTIN_SERVER_IDENTITY_ENTRANCE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_interceptor.h>

#include <functional>
#include <map>
#include <memory>

#include "absl/status/statusor.h"
#include "detector/base/mutex.h"
#include "server/gate/gate.h"
#include "server/identity/caller_identity.h"
#include "server/identity/doorman.h"
#include "server/identity/roles.h"
#include "server/log/log.h"

namespace burntin {

// A call that was refused, for the audit trail.
struct Refusal {
  std::string method;
  std::string peer_address;
  absl::Status why;
  std::string known_as;  // the identity that has not the role; else empty
};

// All methods may be called from any number of threads at the same time.
class Entrance final : public CallerIdentity {
 public:
  using OnRefused = std::function<void(const Refusal&)>;

  // A call that may run as long as this lives, and who makes it.
  struct Entered {
    Caller caller;
    Gate::Pass pass;
  };

  // Owns nothing; all outlive the entrance. `on_refused` may be empty.
  Entrance(Doorman* doorman, Gate* gate, Log* log, OnRefused on_refused = {});
  ~Entrance() override;

  // What the doorman decided about this call.
  absl::StatusOr<Caller> Identify(const grpc::ServerContext& context) override;

  // The trace that the call's metadata asks for, with the call's own ids. What
  // the call sends last has its request id, as `x-request-id`.
  CallTracePtr TraceOf(const grpc::ServerContextBase* context) override;

  // What each handler calls first. Fails with what the doorman decided about
  // this call, and else with what the gate says. A handler that does not ask
  // cannot answer a refused call either: its status is replaced and what it
  // sends is cut off.
  absl::StatusOr<Entered> Enter(const grpc::ServerContextBase* context);

  // For a handler that does nothing but say that there is no such method.
  void LeaveOpen(const grpc::ServerContextBase* context);

  Gate* gate() { return gate_; }

  // Has to be given to the server that the services are registered with; a
  // call that did not come through it is refused. The entrance outlives it.
  std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
  MakeInterceptorFactory();

 private:
  class Interceptor;
  class Factory;

  struct Decision {
    absl::StatusOr<Caller> caller;
    CallTracePtr trace;
    bool left_open = false;
  };

  void Decide(const grpc::ServerContextBase* context, const CallFacts& facts,
              CallTracePtr trace);
  void LogRefusal(const CallFacts& facts, const Doorman::Ruling& ruling);
  absl::StatusOr<Caller> DecisionOf(const grpc::ServerContextBase* context);
  void Forget(const grpc::ServerContextBase* context);
  // OK also for a call that was left open.
  absl::Status RefusalOf(const grpc::ServerContextBase* context);

  Doorman* doorman_;
  Gate* gate_;
  Log* log_;
  OnRefused on_refused_;
  Mutex mutex_;
  std::map<const grpc::ServerContextBase*, Decision> decisions_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_ENTRANCE_H_
