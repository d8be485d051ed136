// A decision as the session's own record of it.
#ifndef BURNTIN_SERVER_DECISION_SESSION_REPORT_H_
#define BURNTIN_SERVER_DECISION_SESSION_REPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/decision/decision_log.h"

namespace burntin {

// Lines of proto3 JSON: the contract's Decision, then the InstanceReport of
// each object that has one, without recognised text and paths.
absl::StatusOr<std::string> SessionReportText(const SessionDecision& session,
                                              const v1::Decision& decision);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_SESSION_REPORT_H_
