#include "server/ledger/sql/decision_rows.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "server/ledger/case_state.h"
#include "server/ledger/digest.h"
#include "server/ledger/sql/audit_rows.h"
#include "server/ledger/sql/case_rows.h"

namespace burntin {
namespace {

constexpr size_t kMaxFindings = 10'000;
constexpr size_t kMaxUidBytes = 64;
constexpr size_t kMaxIdBytes = 64;
constexpr size_t kMaxLabelBytes = 256;

absl::Status Refuse(const std::string& sentence) {
  return Error(Reason::kInvalidArgument, sentence);
}

absl::Status CheckLocation(const v1::SessionLocation& location) {
  if (location.project().empty() || location.experiment_id().empty() ||
      location.project().size() > kMaxIdBytes ||
      location.experiment_id().size() > kMaxIdBytes) {
    return Refuse(
        "`location` needs a project and an experiment of 1 to 64 "
        "bytes each.");
  }
  if (location.subject_label().size() > kMaxLabelBytes ||
      location.session_label().size() > kMaxLabelBytes) {
    return Refuse("A label of `location` has more than 256 bytes.");
  }
  return absl::OkStatus();
}

absl::Status CheckEvidence(const EvidenceReference& evidence) {
  if (IsSha256Hex(evidence.sha256) && evidence.frame_index >= 0 &&
      evidence.picture_side >= 1 &&
      evidence.picture_side <= evidence.frame_side) {
    return absl::OkStatus();
  }
  return Refuse(
      "Evidence needs a SHA-256, a frame, and a picture that is not larger "
      "than the frame.");
}

std::string ExperimentOf(const DecisionRecord& record) {
  return record.location ? record.location->experiment_id() : "";
}

// What is unknown is the safest there is.
v1::Decision Normalized(v1::Decision decision, const std::string& decision_id,
                        int64_t now_us) {
  if (!v1::RouteAction_IsValid(decision.action()) ||
      decision.action() == v1::ROUTE_ACTION_UNSPECIFIED) {
    decision.set_action(v1::ROUTE_ACTION_QUARANTINE);
  }
  if (!v1::Verdict_IsValid(decision.verdict()) ||
      decision.verdict() == v1::VERDICT_UNSPECIFIED) {
    decision.set_verdict(v1::VERDICT_INDETERMINATE);
  }
  decision.set_decision_id(decision_id);
  *decision.mutable_decide_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(now_us);
  return decision;
}

// The session's latest decision, if it was made from the same.
absl::StatusOr<std::optional<RecordedDecision>> FindRepeat(
    Connection* connection, const DecisionRecord& record) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection,
                "SELECT d.basis_sha256, d.protocol_sha256, d.decision_json, "
                "c.case_id FROM decisions d "
                "LEFT JOIN case_decisions l "
                "ON l.decision_number = d.decision_number "
                "LEFT JOIN cases c ON c.case_number = l.case_number "
                "WHERE d.study_instance_uid = $1 AND d.experiment_id = $2 "
                "ORDER BY d.decision_number DESC LIMIT 1",
                {record.study_instance_uid, ExperimentOf(record)}));
  if (!row || row->Text(0) != record.basis_sha256 ||
      row->Text(1) != record.decision.protocol_sha256()) {
    return std::optional<RecordedDecision>();
  }
  RecordedDecision repeat;
  RETURN_IF_ERROR(FromJson(row->Text(2), &repeat.decision));
  repeat.case_id = row->Text(3);
  repeat.is_repeat = true;
  return std::optional<RecordedDecision>(std::move(repeat));
}

absl::Status InsertFindings(const Write& write, int64_t decision_number,
                            const DecisionRecord& record) {
  std::vector<SqlValues> rows;
  std::vector<SqlValues> pictures;
  std::map<std::string, int> seen;
  for (const FindingRecord& found : record.findings) {
    v1::Finding finding = found.finding;
    finding.clear_finding_id();
    const std::string text = finding.region().text();
    if (finding.has_region()) finding.mutable_region()->clear_text();
    ASSIGN_OR_RETURN(const std::string content, ToJson(finding));
    std::string id = "f" + TextSha256(content + "/" + text).substr(0, 24);
    // Two that are equal in all get names of their own.
    const int equal_ones = seen[id]++;
    if (equal_ones > 0) id += "-" + std::to_string(equal_ones + 1);
    finding.set_finding_id(id);
    ASSIGN_OR_RETURN(std::string json, ToJson(finding));
    rows.push_back({decision_number, static_cast<int64_t>(rows.size()), id,
                    int64_t{found.has_picture}, std::move(json), text});
    if (!found.evidence) continue;
    const EvidenceReference& picture = *found.evidence;
    pictures.push_back(
        {decision_number, id, picture.sha256, int64_t{picture.frame_index},
         int64_t{picture.picture_side}, int64_t{picture.frame_side}});
  }
  RETURN_IF_ERROR(InsertRows(write.connection, "findings", rows));
  return InsertRows(write.connection, "evidence", pictures);
}

absl::StatusOr<int64_t> InsertDecisionRow(const Write& write,
                                          const DecisionRecord& record,
                                          const v1::Decision& decision) {
  ASSIGN_OR_RETURN(
      const int64_t number,
      NextNumber(write.connection, "decisions", "decision_number"));
  ASSIGN_OR_RETURN(const std::string json, ToJson(decision));
  const bool truncated =
      record.findings_truncated ||
      record.findings_total > static_cast<int>(record.findings.size());
  RETURN_IF_ERROR(
      RunOnly(write.connection,
              "INSERT INTO decisions VALUES "
              "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
              {number, decision.decision_id(), record.study_instance_uid,
               ExperimentOf(record), record.basis_sha256,
               decision.protocol_sha256(), json, int64_t{record.findings_total},
               int64_t{truncated}, write.now_us}));
  RETURN_IF_ERROR(InsertFindings(write, number, record));
  return number;
}

absl::Status UpdateCase(const Write& write, const CaseRow& row,
                        const DecisionRecord& record,
                        const v1::Decision& decision, int64_t decision_number) {
  const v1::SessionLocation location =
      record.location.value_or(v1::SessionLocation());
  return RunOnly(
      write.connection,
      "UPDATE cases SET version = version + 1, state = $1, verdict = $2, "
      "project = $3, phi_subject_label = $4, phi_session_label = $5, "
      "decision_number = $6, decision_round = decision_round + 1, "
      "update_time = $7 WHERE case_number = $8",
      {int64_t{*NextState(row.state, CaseEvent::kDecidedAgain)},
       int64_t{decision.verdict()}, location.project(),
       location.subject_label(), location.session_label(), decision_number,
       write.now_us, row.case_number});
}

struct NewCase {
  int64_t case_number = 0;
  std::string case_id;
};

// Cases are opened at times that never go back, so that the order of their
// numbers is that of their times.
absl::StatusOr<int64_t> OpeningTime(const Write& write) {
  ASSIGN_OR_RETURN(const auto last,
                   RunForOne(write.connection,
                             "SELECT create_time FROM cases "
                             "ORDER BY case_number DESC LIMIT 1",
                             {}));
  return last ? std::max(write.now_us, last->Int(0)) : write.now_us;
}

absl::StatusOr<NewCase> InsertCase(const Write& write,
                                   const DecisionRecord& record,
                                   const v1::Decision& decision,
                                   int64_t decision_number) {
  NewCase opened;
  ASSIGN_OR_RETURN(opened.case_number,
                   NextNumber(write.connection, "cases", "case_number"));
  ASSIGN_OR_RETURN(const std::string random, RandomHex(16));
  opened.case_id = "c" + random;
  ASSIGN_OR_RETURN(const int64_t time_us, OpeningTime(write));
  const v1::SessionLocation location =
      record.location.value_or(v1::SessionLocation());
  RETURN_IF_ERROR(RunOnly(
      write.connection,
      "INSERT INTO cases VALUES "
      "($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)",
      {opened.case_number, opened.case_id, int64_t{v1::CASE_STATE_HELD},
       int64_t{decision.verdict()}, record.study_instance_uid,
       location.experiment_id(), location.project(), location.subject_label(),
       location.session_label(), decision_number, time_us}));
  return opened;
}

absl::Status AuditDecision(const Write& write, const Actor& actor,
                           const DecisionRecord& record,
                           const std::string& case_id, bool is_new_case) {
  v1::AuditEvent event = EventBy(actor, v1::AUDIT_ACTION_DECIDE_SESSION,
                                 v1::AUDIT_OUTCOME_SUCCESS);
  event.set_case_id(case_id);
  event.set_study_instance_uid(record.study_instance_uid);
  RETURN_IF_ERROR(AppendAudit(write, event));
  if (!is_new_case) return absl::OkStatus();
  event.set_action(v1::AUDIT_ACTION_OPEN_CASE);
  return AppendAudit(write, event);
}

}  // namespace

absl::Status CheckRecord(const Actor& actor, const DecisionRecord& record) {
  if (actor.name.empty()) return Refuse("A decision needs an actor.");
  if (record.study_instance_uid.empty() ||
      record.study_instance_uid.size() > kMaxUidBytes) {
    return Refuse("`study_instance_uid` needs 1 to 64 characters.");
  }
  if (record.location) RETURN_IF_ERROR(CheckLocation(*record.location));
  if (!IsSha256Hex(record.basis_sha256)) {
    return Refuse("`basis_sha256` is no SHA-256 in hexadecimal digits.");
  }
  if (record.findings.size() > kMaxFindings ||
      record.findings_total < static_cast<int>(record.findings.size())) {
    return Refuse(
        "A decision lists at most 10,000 findings and at most "
        "`findings_total`.");
  }
  for (const FindingRecord& found : record.findings) {
    if (found.evidence) RETURN_IF_ERROR(CheckEvidence(*found.evidence));
  }
  return absl::OkStatus();
}

absl::StatusOr<RecordedDecision> InsertDecision(const Write& write,
                                                const Actor& actor,
                                                const DecisionRecord& record) {
  ASSIGN_OR_RETURN(const auto repeat, FindRepeat(write.connection, record));
  if (repeat) return *repeat;
  ASSIGN_OR_RETURN(const std::string random, RandomHex(16));
  RecordedDecision recorded;
  recorded.decision = Normalized(record.decision, "d" + random, write.now_us);
  const v1::Decision& decision = recorded.decision;
  ASSIGN_OR_RETURN(const int64_t number,
                   InsertDecisionRow(write, record, decision));
  ASSIGN_OR_RETURN(const auto latest,
                   SelectLatestCase(write.connection, record.study_instance_uid,
                                    ExperimentOf(record)));
  const bool changes_case = latest && IsOpen(latest->state);
  const bool opens_case =
      !changes_case && decision.action() != v1::ROUTE_ACTION_TO_PROJECT;
  int64_t case_number = 0;
  if (changes_case) {
    RETURN_IF_ERROR(UpdateCase(write, *latest, record, decision, number));
    case_number = latest->case_number;
    recorded.case_id = latest->case_id;
  } else if (opens_case) {
    ASSIGN_OR_RETURN(const NewCase opened,
                     InsertCase(write, record, decision, number));
    case_number = opened.case_number;
    recorded.case_id = opened.case_id;
  }
  if (!recorded.case_id.empty()) {
    RETURN_IF_ERROR(RunOnly(write.connection,
                            "INSERT INTO case_decisions VALUES ($1, $2)",
                            {case_number, number}));
  }
  RETURN_IF_ERROR(
      AuditDecision(write, actor, record, recorded.case_id, opens_case));
  return recorded;
}

}  // namespace burntin
