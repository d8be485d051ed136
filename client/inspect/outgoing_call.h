// What every call of one command tells the server, and how its error is named
// so that the server's admin finds the call.
#ifndef BURNTIN_CLIENT_INSPECT_OUTGOING_CALL_H_
#define BURNTIN_CLIENT_INSPECT_OUTGOING_CALL_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/status/status.h"
#include "wire/trace_context.h"

namespace burntin {

// The same for all calls of one command.
struct CallIntroduction {
  std::string token;                // shown to the server; empty: none
  TraceContext trace = NewTrace();  // all calls belong to it
};

// The trace that a command belongs to: that of `traceparent`, as programs hand
// it on in TRACEPARENT, or one of its own if that is not valid.
TraceContext TraceOfCommand(const std::string& traceparent);

// Adds the token and the trace to what the call brings along, which then is a
// step of the trace of its own. Before the call; answers `context`.
grpc::ClientContext* Introduce(const CallIntroduction& introduction,
                               grpc::ClientContext* context);

// The server's name for a call that has ended; empty if it gave none.
std::string RequestIdOf(const grpc::ClientContext& context);

// How a call ended. An error's message also names the call, by what the
// server's log has: "... (request 0123456789abcdef, trace ...)".
absl::Status EndOfCall(const grpc::Status& status,
                       const std::string& request_id,
                       const TraceContext& trace);

// Whether a server refused a call for its own state, as nothing that was sent
// can have caused it: it starts, drains or has too many calls. Waiting helps.
bool IsStateOfServer(const grpc::Status& status);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_OUTGOING_CALL_H_
