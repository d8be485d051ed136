// quarantine: what an admin may do with a held session, and what happens then.
//
// Rules: release_rules.h. A release is recorded, then moved, then looked at,
// and its verified outcome recorded. A refused release or keep is recorded as
// well. Where the process dies in between, Reconcile finds the move again.
#ifndef BURNTIN_SERVER_QUARANTINE_QUARANTINE_H_
#define BURNTIN_SERVER_QUARANTINE_QUARANTINE_H_

#include <chrono>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "server/ledger/ledger.h"
#include "server/quarantine/evidence_source.h"
#include "server/quarantine/release_rules.h"
#include "server/quarantine/session_mover.h"

namespace burntin {

struct QuarantineOptions {
  ReleasePolicy policy;
  // How long a move may take before another process may look after it. Longer
  // than the mover's own time-outs together.
  std::chrono::seconds move_lease{900};
  std::string mover_name;  // of this process, unlike that of any other
  // Microseconds since 1970, UTC, by the ledger's clock. Empty: the system's.
  std::function<int64_t()> clock;
  // Looked at before a release: what it is decided by has to be kept. Not
  // owned; outlives the quarantine. Null: not looked at.
  EvidenceSource* evidence = nullptr;
};

// Any number of threads may call at the same time.
class Quarantine {
 public:
  // Owns neither; both outlive it.
  Quarantine(QuarantineOptions options, Ledger* ledger, SessionMover* mover);

  // See the contract's ReleaseCase for all that it may fail with. A request
  // that was answered gets the same answer. One whose move has no outcome yet
  // is looked after first. XNAT_UNAVAILABLE with the case RELEASING: it is not
  // known where the session is.
  absl::StatusOr<v1::Case> Release(const Actor& actor,
                                   const v1::ReleaseCaseRequest& request);

  // See the contract's KeepCase.
  absl::StatusOr<v1::Case> Keep(const Actor& actor,
                                const v1::KeepCaseRequest& request);

  // Releases, in the server's own name, a case whose session has meanwhile
  // been inspected in full and decided CLEAR and for a project: the only
  // verdict that leaves quarantine without a person. CASE_ALREADY_DECIDED;
  // FINDINGS_NOT_ACKNOWLEDGED for any other case; SESSION_INCOMPLETE if the
  // session has other objects where it lies than those that were decided, as
  // far as the mover can tell.
  absl::StatusOr<v1::Case> ReleaseCleared(const std::string& case_id);

  // Looks where the sessions are whose moves were cut off, and records it.
  // Call it on start, and from time to time. How many are still unknown. Once
  // `stopped` says so it leaves the rest to the next call; empty: never.
  absl::StatusOr<int> Reconcile(const std::function<bool()>& stopped = {});

 private:
  absl::StatusOr<v1::Case> TryRelease(const Actor& actor,
                                      const v1::ReleaseCaseRequest& request);
  absl::StatusOr<v1::Case> TryKeep(const Actor& actor,
                                   const v1::KeepCaseRequest& request);
  absl::StatusOr<v1::Case> ResumeRelease(const Actor& actor,
                                         const std::string& operation_id,
                                         const std::string& case_id);
  absl::StatusOr<v1::Case> Begin(CaseDecision decision, const CaseFile& file);
  // Records where a session was seen.
  absl::StatusOr<v1::Case> Settle(const Actor& actor,
                                  const std::string& operation_id,
                                  const MoveReport& report);
  absl::Status Refused(const Actor& actor, v1::AuditAction action,
                       const std::string& case_id,
                       const std::string& target_project,
                       const absl::Status& why);
  int64_t LeaseEnd() const;

  const QuarantineOptions options_;
  Ledger* const ledger_;
  SessionMover* const mover_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_QUARANTINE_H_
