// What the contract's comments ask of requests about routing.
#ifndef BURNTIN_SERVER_DECISION_REQUEST_CHECK_H_
#define BURNTIN_SERVER_DECISION_REQUEST_CHECK_H_

#include "absl/status/status.h"
#include "burntin/v1/routing_service.pb.h"

namespace burntin {

// Each fails with INVALID_ARGUMENT and a sentence that names the field.
absl::Status CheckRequest(const v1::DecideSessionRequest& request);
absl::Status CheckRequest(const v1::ExplainProtocolRequest& request);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_REQUEST_CHECK_H_
