// The one place where an error leaves or enters the process over gRPC: the
// canonical code, the sentence, and one google.rpc.ErrorInfo with the reason
// in the status details.
#ifndef BURNTIN_WIRE_GRPC_STATUS_H_
#define BURNTIN_WIRE_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace burntin {

// The domain of the ErrorInfo of every error that burntin makes.
inline constexpr char kErrorDomain[] = "burntin";

// An error without a reason of ours gets its canonical code's name as reason.
grpc::Status ToGrpc(const absl::Status& status);

// The other way: `ReasonOf` the result is the sender's reason, if it is one
// that this version knows and its code is the one that we give it.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace burntin

#endif  // BURNTIN_WIRE_GRPC_STATUS_H_
