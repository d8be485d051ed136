// Where decisions are kept for good. The ledger implements it.
#ifndef BURNTIN_SERVER_DECISION_DECISION_LOG_H_
#define BURNTIN_SERVER_DECISION_DECISION_LOG_H_

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/phi_text.h"
#include "server/identity/roles.h"
#include "server/reports/report_store.h"
#include "server/routing/decide_session.h"

namespace burntin {

// Where a session lies in XNAT.
struct SessionPlace {
  std::string project;
  std::string experiment_id;
  PhiText subject_label;
  PhiText session_label;
};

// One object that the caller named.
struct DecidedInstance {
  std::string sop_instance_uid;
  // That of the report, or what the caller asked for where there is none.
  std::string sha256;
  std::shared_ptr<const StoredReport> report;  // null: there is none
};

struct SessionDecision {
  Caller caller;  // who had it decided
  std::string study_instance_uid;
  std::optional<SessionPlace> place;       // not set outside of XNAT
  std::vector<DecidedInstance> instances;  // in the caller's order
  int instances_expected = 0;              // 0: nobody said
  RoutingDecision decision;
  std::string protocol_sha256;  // empty: there was no protocol
  std::chrono::system_clock::time_point time;
};

struct LoggedDecision {
  std::string decision_id;  // never empty
  std::string case_id;      // empty unless a case holds the session
  // When it was made: before `record.time` if it was recorded before.
  std::chrono::system_clock::time_point time;
};

// Any number of threads may call at the same time.
class DecisionLog {
 public:
  virtual ~DecisionLog() = default;

  // Keeps the decision, so that it is there after a crash once this returns.
  // The same session with the same objects (UID and bytes), the same protocol
  // and the same outcome is recorded once and answered again; with others it
  // is recorded anew. A decision for quarantine opens a case, or leaves the one
  // that the session has. An error means that nothing was recorded.
  virtual absl::StatusOr<LoggedDecision> Record(
      const SessionDecision& record) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_DECISION_LOG_H_
