// What goes into the ledger and what comes out of it, where the contract has
// no message for it.
//
// Fields that may hold PHI: the labels of a location, `Region.text`, an
// admin's `reason`, and what the contract marks. They never reach a log.
#ifndef BURNTIN_SERVER_LEDGER_RECORDS_H_
#define BURNTIN_SERVER_LEDGER_RECORDS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "burntin/v1/audit.pb.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "detector/base/error.h"

namespace burntin {

// Who does something, in the words of the audit trail.
struct Actor {
  std::string name;          // never empty; "burntind" for the server itself
  std::string role;          // submitter, reviewer, admin, server; "": refused
  std::string peer_address;  // empty for the server itself
};

// The server itself.
Actor ServerActor();

// The picture of a finding as it was kept when its object was inspected.
struct EvidenceReference {
  std::string sha256;    // of the PNG, 64 lower-case hexadecimal digits
  int frame_index = 0;   // counted from 0
  int picture_side = 1;  // the longer side, in pixels
  int frame_side = 1;    // the longer side of the stored frame, in pixels

  friend bool operator==(const EvidenceReference&,
                         const EvidenceReference&) = default;
};

struct FindingRecord {
  // `finding_id` is ignored: the ledger names findings by their content.
  v1::Finding finding;
  // Whether GetEvidence can show it. False only where no pixels could be
  // decoded; then a release needs no picture of it.
  bool has_picture = true;
  // Its picture; not set if none was kept, so that none can be shown.
  std::optional<EvidenceReference> evidence;
};

// What was decided about a session, and from what.
struct DecisionRecord {
  std::string study_instance_uid;               // required
  std::optional<v1::SessionLocation> location;  // none outside XNAT
  // SHA-256, 64 hexadecimal digits, over all that the decision was made from
  // but the protocol: the session's objects and the reports on them.
  std::string basis_sha256;
  // `decision_id` and `decide_time` are ignored: the ledger sets them.
  v1::Decision decision;
  std::vector<FindingRecord> findings;  // highest score first, at most 10,000
  int findings_total = 0;               // >= findings.size()
  bool findings_truncated = false;  // not all that was found is in `findings`
};

struct RecordedDecision {
  v1::Decision decision;
  std::string case_id;  // the case that holds the session, or held it; or empty
  bool is_repeat = false;  // the session had this decision already
};

// Which cases to list; an empty field lets all through.
struct CaseFilter {
  std::vector<v1::CaseState> states;
  std::vector<v1::Verdict> verdicts;
  std::string study_instance_uid;
  std::optional<int64_t> create_time_from_us;   // microseconds since 1970, UTC
  std::optional<int64_t> create_time_until_us;  // exclusive
};

struct CasePage {
  std::vector<v1::Case> cases;  // the latest first, without findings
  std::string next_page_token;  // empty on the last page
};

// How many cases wait for something, by their state.
struct OpenCases {
  int64_t held = 0;
  int64_t awaiting_approval = 0;
  int64_t releasing = 0;

  friend bool operator==(const OpenCases&, const OpenCases&) = default;
};

struct AuditFilter {
  std::string case_id;        // empty: all
  int64_t sequence_from = 1;  // >= 1
};

struct AuditPage {
  std::vector<v1::AuditEvent> events;  // ascending
  std::string next_page_token;         // empty on the last page
};

// A picture of a finding that someone was shown.
struct EvidenceView {
  std::string finding_id;
  std::string evidence_sha256;  // 64 lower-case hexadecimal digits

  friend bool operator==(const EvidenceView&, const EvidenceView&) = default;
};

// Everything that a decision about a case has to look at, as one moment saw
// it.
struct CaseFile {
  v1::Case quarantine_case;  // with its findings, without recognised text
  std::vector<std::string> findings_without_picture;  // their IDs
  // The kept pictures, by the findings' IDs.
  std::map<std::string, EvidenceReference> evidence;
  bool findings_truncated = false;
  // Approvals that still count; the earliest first.
  std::vector<v1::Resolution> approvals;
  // What the asked-for person was shown since the session was last decided.
  std::vector<EvidenceView> shown;
};

// What an admin decides about a case.
enum class CaseStep {
  kApprove,    // the first of two approvals
  kBeginMove,  // release: records the intent to move the session
  kKeep,
};

struct CaseDecision {
  Actor actor;
  std::string case_id;
  std::string etag;  // of the case as the admin read it
  CaseStep step = CaseStep::kKeep;
  std::string reason;          // PHI
  std::string target_project;  // empty for kKeep
  std::vector<v1::Acknowledgement> acknowledgements;
  std::string request_id;  // required
  std::string
      request_sha256;  // of all fields of the request; see RequestSha256
  // Whose process moves the session, for kBeginMove: nobody else takes the
  // move over before `claim_until_us`.
  std::string mover;
  int64_t claim_until_us = 0;
};

struct DecidedCase {
  v1::Case quarantine_case;  // after the step, without findings
  std::string operation_id;  // of kBeginMove; else empty
};

// A move whose intent is recorded and whose outcome is not.
struct UnfinishedMove {
  std::string operation_id;
  std::string case_id;
  std::string study_instance_uid;
  std::optional<v1::SessionLocation> location;  // where it was before
  std::string target_project;
  Actor actor;  // who released it
};

// How a move ended, as it was verified.
enum class MoveEnd {
  kMoved,         // the session was seen in the target
  kPermitted,     // nothing was moved; the actor may move it (no XNAT)
  kNothingMoved,  // the session was seen where it had been
};

struct MoveOutcome {
  std::string operation_id;
  MoveEnd end = MoveEnd::kNothingMoved;
  std::optional<Reason> error;  // why nothing was moved
};

// How an earlier request of the same name stands.
struct EarlierRequest {
  // It is done, and this was its answer. None: nothing was changed, or it is
  // still being moved.
  std::optional<v1::Case> answer;
  // The move that it began, if that has no outcome yet.
  std::string unfinished_operation_id;
};

// An entry for the audit trail about something that changes no case.
struct AuditNote {
  Actor actor;
  v1::AuditAction action = v1::AUDIT_ACTION_UNSPECIFIED;
  v1::AuditOutcome outcome = v1::AUDIT_OUTCOME_SUCCESS;
  std::string case_id;
  std::string study_instance_uid;
  std::string target_project;
  std::string error_code;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_RECORDS_H_
