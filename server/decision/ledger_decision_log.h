// Keeps decisions in the ledger, and lets out of quarantine what has become
// clear.
#ifndef BURNTIN_SERVER_DECISION_LEDGER_DECISION_LOG_H_
#define BURNTIN_SERVER_DECISION_LEDGER_DECISION_LOG_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/decision/decision_log.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"
#include "server/quarantine/quarantine.h"

namespace burntin {

class LedgerDecisionLog final : public DecisionLog {
 public:
  // Owns none; all outlive the log. `include_text`: whether recognised text of
  // the reports goes into the ledger.
  LedgerDecisionLog(Ledger* ledger, Quarantine* quarantine, Log* log,
                    bool include_text)
      : ledger_(ledger),
        quarantine_(quarantine),
        log_(log),
        include_text_(include_text) {}

  // A session in XNAT that a case holds, and that is now decided CLEAR and for
  // a project, is released before this returns. If that fails the case stays,
  // the log says why, and the next call about the session tries again.
  absl::StatusOr<LoggedDecision> Record(
      const SessionDecision& session) override;

 private:
  // The case that holds the session after the decision; empty: none.
  absl::StatusOr<std::string> HoldingCase(const SessionDecision& session,
                                          const std::string& case_id);
  void ReleaseCleared(const std::string& case_id);

  Ledger* const ledger_;
  Quarantine* const quarantine_;
  Log* const log_;
  const bool include_text_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_LEDGER_DECISION_LOG_H_
