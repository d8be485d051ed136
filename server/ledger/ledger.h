// ledger: what was decided about every session, by whom and on what evidence,
// kept for ever.
//
// A case is a session in quarantine. It is never deleted; each decision about
// its session stays in its history. Every change and its entry in the audit
// trail are one transaction: after a crash at any point both are there or
// neither is. Before a session is moved the intent is recorded
// (CaseStep::kBeginMove), after it the verified outcome (FinishMove); what
// stands between the two after a crash is found by ClaimUnfinishedMoves.
//
// All methods may be called from any number of threads, and of processes for
// PostgreSQL, at the same time. Every method may fail with LEDGER_UNAVAILABLE
// (nothing was recorded, or, if the connection broke while it was, the answer
// got lost: call again) and LEDGER_DAMAGED. Error messages hold no PHI and no
// connection details.
#ifndef BURNTIN_SERVER_LEDGER_LEDGER_H_
#define BURNTIN_SERVER_LEDGER_LEDGER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ledger/audit_trail.h"
#include "server/ledger/records.h"

namespace burntin {

class Ledger : public AuditTrail {
 public:
  // -- Decisions about sessions --

  // Records the decision about a session, which is named by its study and, in
  // XNAT, its experiment. If the latest decision about it has the same basis
  // and the same protocol, that one is the answer and nothing is recorded.
  // Otherwise:
  // - an open case (HELD, AWAITING_APPROVAL) of the session takes over the
  //   decision and its findings, and is HELD, whatever the action is;
  //   approvals and pictures that were shown no longer count;
  // - else a decision to quarantine, or to inspect first, opens a case;
  // - else there is no case.
  // INVALID_ARGUMENT if a field breaks its comment.
  virtual absl::StatusOr<RecordedDecision> RecordDecision(
      const Actor& actor, const DecisionRecord& record) = 0;

  // -- Reading cases --

  // `page_size` in [1, 1000]; `page_token` is empty, or that of the page
  // before with the same filter (else INVALID_ARGUMENT). Cases that are opened
  // meanwhile do not shift pages.
  virtual absl::StatusOr<CasePage> ListCases(const CaseFilter& filter,
                                             int page_size,
                                             const std::string& page_token) = 0;

  // How many cases are open. The time grows with their number, so it is for
  // metrics, once in a while.
  virtual absl::StatusOr<OpenCases> CountOpenCases() = 0;

  // One case with its findings, and with recognised text if `include_text`.
  // CASE_NOT_FOUND.
  virtual absl::StatusOr<v1::Case> GetCase(const std::string& case_id,
                                           bool include_text) = 0;

  // What a decision by `viewer` has to look at. CASE_NOT_FOUND.
  virtual absl::StatusOr<CaseFile> GetCaseFile(const std::string& case_id,
                                               const std::string& viewer) = 0;

  // -- What people do with cases --

  // Records that the actor was shown a picture of a finding, and audits it.
  // `decision_id` is the decision whose finding the picture shows: if the case
  // has another one by now, CASE_CHANGED. CASE_NOT_FOUND, FINDING_NOT_FOUND.
  virtual absl::Status RecordEvidenceShown(const Actor& actor,
                                           const std::string& case_id,
                                           const std::string& decision_id,
                                           const EvidenceView& view) = 0;

  // Takes one step with a case. CASE_NOT_FOUND; CASE_CHANGED if the etag is
  // not the case's; CASE_ALREADY_DECIDED if its state does not allow the step;
  // INVALID_ARGUMENT if the actor has used `request_id` for another request or
  // a field breaks its comment. Does not look at evidence and approvals: see
  // server/quarantine. A request that began a move which moved nothing may be
  // taken again under its old etag, if nothing else has changed the case.
  virtual absl::StatusOr<DecidedCase> Decide(const CaseDecision& decision) = 0;

  // How the actor's earlier request of this name stands; nothing if there is
  // none. INVALID_ARGUMENT if it had other fields.
  virtual absl::StatusOr<std::optional<EarlierRequest>> FindRequest(
      const Actor& actor, const std::string& request_id,
      const std::string& request_sha256) = 0;

  // -- Moves --

  // Records how a move ended and answers its case, without findings. A second
  // call for the same move changes nothing and answers the case as it is.
  // CASE_NOT_FOUND if there is no such move.
  virtual absl::StatusOr<v1::Case> FinishMove(const Actor& actor,
                                              const MoveOutcome& outcome) = 0;

  // The moves without an outcome that no living process works on: those whose
  // claim has passed or, in a ledger that one process opens at a time, all
  // that are not `mover`'s. They are `mover`'s until `claim_until_us`.
  virtual absl::StatusOr<std::vector<UnfinishedMove>> ClaimUnfinishedMoves(
      const std::string& mover, int64_t claim_until_us) = 0;

  // Claims one unfinished move as above; nothing if another process works on
  // it or it has an outcome.
  virtual absl::StatusOr<std::optional<UnfinishedMove>> ClaimMove(
      const std::string& operation_id, const std::string& mover,
      int64_t claim_until_us) = 0;

  // Ends `mover`'s claim on a move whose outcome it could not find out, so
  // that it can be claimed at once.
  virtual absl::Status GiveUpMove(const std::string& operation_id,
                                  const std::string& mover) = 0;

  // -- Audit --

  // Records what changes no case.
  virtual absl::Status Audit(const AuditNote& note) = 0;

  // Entries in ascending order, paged as in ListCases. Entries that are written
  // after the first page was read are on no page.
  virtual absl::StatusOr<AuditPage> ListAuditEvents(
      const AuditFilter& filter, int page_size,
      const std::string& page_token) = 0;
};

struct LedgerOptions {
  // A path: an SQLite database, made if it is not there, that one process
  // opens at a time. "postgresql://..." or "key=value ...": a PostgreSQL
  // database, as libpq reads it.
  std::string database;
  int connections = 4;  // [1, 64], opened as they are needed
  // Microseconds since 1970, UTC. Empty: the system's clock.
  std::function<int64_t()> clock;
};

// Opens a ledger for writing and brings its schema up to date.
// LEDGER_UNAVAILABLE if it cannot be opened, or another process has it;
// LEDGER_SCHEMA_MISMATCH if a later version wrote it.
absl::StatusOr<std::unique_ptr<Ledger>> OpenLedger(
    const LedgerOptions& options);

// Opens the audit trail of a ledger that is there, and changes nothing. Also
// while a server uses it.
absl::StatusOr<std::unique_ptr<AuditTrail>> OpenAuditTrail(
    const std::string& database);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_LEDGER_H_
