// Keeps decisions in the ledger, and lets out of quarantine what has become
// clear.
#ifndef BURNTIN_SERVER_DECISION_LEDGER_DECISION_LOG_H_
#define BURNTIN_SERVER_DECISION_LEDGER_DECISION_LOG_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/decision/decision_log.h"
#include "server/decision/follow_up.h"
#include "server/evidence/evidence_store.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"

namespace burntin {

// All outlive the log.
struct LedgerDecisionParts {
  Ledger* ledger = nullptr;
  FollowUp* follow_up = nullptr;
  EvidenceStore* evidence = nullptr;  // holds the reports' pictures, or null
  Log* log = nullptr;
  // Whether recognised text of the reports goes into the ledger.
  bool include_text = false;
};

class LedgerDecisionLog final : public DecisionLog {
 public:
  explicit LedgerDecisionLog(const LedgerDecisionParts& parts)
      : parts_(parts) {}

  // A session in XNAT that a case holds, and that is now decided CLEAR and for
  // a project, is noted to be released. Until it has moved, its case holds it.
  absl::StatusOr<LoggedDecision> Record(
      const SessionDecision& session) override;

 private:
  // The case that holds the session after the decision; empty: none.
  absl::StatusOr<std::string> HoldingCase(const SessionDecision& session,
                                          const std::string& case_id);
  // What cannot be kept is missing when it is asked for.
  void KeepPictures(const DecisionRecord& record);
  void NoteReport(const SessionDecision& session, const v1::Decision& decision);

  const LedgerDecisionParts parts_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_LEDGER_DECISION_LOG_H_
