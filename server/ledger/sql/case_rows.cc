#include "server/ledger/sql/case_rows.h"

#include <google/protobuf/util/time_util.h>

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "server/ledger/sql/audit_rows.h"

namespace burntin {
namespace {

using google::protobuf::util::TimeUtil;

constexpr char kResolutionColumns[] =
    "actor, phi_reason, target_project, acknowledgements_json, resolve_time";

absl::StatusOr<v1::Resolution> ReadResolution(const SqlRow& row) {
  v1::Resolution resolution;
  RETURN_IF_ERROR(FromJson(row.Text(3), &resolution));
  resolution.set_actor(row.Text(0));
  resolution.set_reason(row.Text(1));
  resolution.set_target_project(row.Text(2));
  *resolution.mutable_resolve_time() =
      TimeUtil::MicrosecondsToTimestamp(row.Int(4));
  if (row.damaged()) return DamagedRow();
  return resolution;
}

v1::Case WithoutResolutions(const CaseRow& row) {
  v1::Case message;
  message.set_case_id(row.case_id);
  message.set_state(row.state);
  message.set_study_instance_uid(row.study_instance_uid);
  if (!row.location.experiment_id().empty()) {
    *message.mutable_location() = row.location;
  }
  *message.mutable_decision() = row.decision;
  message.set_findings_total(static_cast<int32_t>(row.findings_total));
  message.set_etag(EtagOf(row));
  *message.mutable_create_time() =
      TimeUtil::MicrosecondsToTimestamp(row.create_time_us);
  *message.mutable_update_time() =
      TimeUtil::MicrosecondsToTimestamp(row.update_time_us);
  return message;
}

absl::Status NoCase() {
  return Error(Reason::kCaseNotFound,
               "The ledger has no such case. List the cases.");
}

absl::StatusOr<CaseRow> ReadOne(
    absl::StatusOr<std::optional<SqlRow>> selected) {
  ASSIGN_OR_RETURN(const auto row, std::move(selected));
  if (!row) return NoCase();
  return ReadCaseRow(*row);
}

absl::StatusOr<std::vector<v1::Resolution>> SelectApprovals(
    Connection* connection, const CaseRow& row) {
  ASSIGN_OR_RETURN(
      const SqlRows rows,
      connection->Run(std::string("SELECT ") + kResolutionColumns +
                          " FROM resolutions WHERE case_number = $1"
                          " AND decision_round = $2"
                          " ORDER BY resolution_number",
                      {row.case_number, row.decision_round}));
  std::vector<v1::Resolution> approvals;
  for (const SqlRow& found : rows) {
    ASSIGN_OR_RETURN(v1::Resolution approval, ReadResolution(found));
    approvals.push_back(std::move(approval));
  }
  return approvals;
}

}  // namespace

std::string CaseColumns() {
  return "c.case_number, c.case_id, c.version, c.state, c.study_instance_uid, "
         "c.experiment_id, c.project, c.phi_subject_label, "
         "c.phi_session_label, c.decision_number, c.decision_round, "
         "c.create_time, c.update_time, d.decision_json, d.findings_total, "
         "d.findings_truncated FROM cases c JOIN decisions d "
         "ON d.decision_number = c.decision_number ";
}

absl::StatusOr<CaseRow> ReadCaseRow(const SqlRow& row) {
  CaseRow read;
  read.case_number = row.Int(0);
  read.case_id = row.Text(1);
  read.version = row.Int(2);
  read.state = static_cast<v1::CaseState>(row.Int(3));
  read.study_instance_uid = row.Text(4);
  read.location.set_experiment_id(row.Text(5));
  read.location.set_project(row.Text(6));
  read.location.set_subject_label(row.Text(7));
  read.location.set_session_label(row.Text(8));
  read.decision_number = row.Int(9);
  read.decision_round = row.Int(10);
  read.create_time_us = row.Int(11);
  read.update_time_us = row.Int(12);
  RETURN_IF_ERROR(FromJson(row.Text(13), &read.decision));
  read.findings_total = row.Int(14);
  read.findings_truncated = row.Int(15) != 0;
  if (row.damaged()) return DamagedRow();
  return read;
}

absl::StatusOr<CaseRow> SelectCase(Connection* connection,
                                   const std::string& case_id) {
  return ReadOne(RunForOne(connection,
                           "SELECT " + CaseColumns() + "WHERE c.case_id = $1",
                           {case_id}));
}

absl::StatusOr<CaseRow> SelectCaseByNumber(Connection* connection,
                                           int64_t case_number) {
  return ReadOne(RunForOne(
      connection, "SELECT " + CaseColumns() + "WHERE c.case_number = $1",
      {case_number}));
}

absl::StatusOr<std::optional<CaseRow>> SelectLatestCase(
    Connection* connection, const std::string& study_instance_uid,
    const std::string& experiment_id) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection,
                "SELECT " + CaseColumns() +
                    "WHERE c.study_instance_uid = $1 AND c.experiment_id = $2 "
                    "ORDER BY c.case_number DESC LIMIT 1",
                {study_instance_uid, experiment_id}));
  if (!row) return std::optional<CaseRow>();
  ASSIGN_OR_RETURN(CaseRow read, ReadCaseRow(*row));
  return std::optional<CaseRow>(std::move(read));
}

std::string EtagOf(const CaseRow& row) {
  return TextSha256("etag/" + row.case_id + "/" + std::to_string(row.version))
      .substr(0, 32);
}

absl::StatusOr<std::vector<v1::Case>> ToCases(
    Connection* connection, const std::vector<CaseRow>& rows) {
  std::vector<v1::Case> cases;
  for (const CaseRow& row : rows) {
    ASSIGN_OR_RETURN(v1::Case message, ToCase(connection, row));
    cases.push_back(std::move(message));
  }
  return cases;
}

absl::StatusOr<v1::Case> ToCase(Connection* connection, const CaseRow& row) {
  v1::Case message = WithoutResolutions(row);
  // As a case is opened: nobody can have decided anything yet.
  if (row.state == v1::CASE_STATE_HELD && row.decision_round == 1) {
    return message;
  }
  ASSIGN_OR_RETURN(const SqlRows found,
                   connection->Run(std::string("SELECT ") + kResolutionColumns +
                                       " FROM resolutions"
                                       " WHERE case_number = $1"
                                       " ORDER BY resolution_number",
                                   {row.case_number}));
  for (const SqlRow& resolution : found) {
    ASSIGN_OR_RETURN(*message.add_resolutions(), ReadResolution(resolution));
  }
  return message;
}

absl::StatusOr<CaseFindings> SelectFindings(Connection* connection,
                                            int64_t decision_number,
                                            bool include_text) {
  ASSIGN_OR_RETURN(const SqlRows rows,
                   connection->Run("SELECT finding_json, phi_text, "
                                   "has_picture FROM findings "
                                   "WHERE decision_number = $1 "
                                   "ORDER BY position",
                                   {decision_number}));
  CaseFindings all;
  for (const SqlRow& row : rows) {
    v1::Finding finding;
    RETURN_IF_ERROR(FromJson(row.Text(0), &finding));
    if (include_text && finding.has_region()) {
      finding.mutable_region()->set_text(row.Text(1));
    }
    if (row.Int(2) == 0) all.without_picture.push_back(finding.finding_id());
    if (row.damaged()) return DamagedRow();
    all.findings.push_back(std::move(finding));
  }
  return all;
}

namespace {

absl::StatusOr<std::map<std::string, EvidenceReference>> SelectEvidence(
    Connection* connection, int64_t decision_number) {
  ASSIGN_OR_RETURN(const SqlRows rows,
                   connection->Run("SELECT finding_id, evidence_sha256, "
                                   "frame_index, picture_side, frame_side "
                                   "FROM evidence WHERE decision_number = $1",
                                   {decision_number}));
  std::map<std::string, EvidenceReference> evidence;
  for (const SqlRow& row : rows) {
    evidence[row.Text(0)] = {row.Text(1), static_cast<int>(row.Int(2)),
                             static_cast<int>(row.Int(3)),
                             static_cast<int>(row.Int(4))};
    if (row.damaged()) return DamagedRow();
  }
  return evidence;
}

}  // namespace

absl::StatusOr<CaseFile> SelectCaseFile(Connection* connection,
                                        const std::string& case_id,
                                        const std::string& viewer) {
  ASSIGN_OR_RETURN(const CaseRow row, SelectCase(connection, case_id));
  CaseFile file;
  ASSIGN_OR_RETURN(file.quarantine_case, ToCase(connection, row));
  ASSIGN_OR_RETURN(CaseFindings findings,
                   SelectFindings(connection, row.decision_number,
                                  /*include_text=*/false));
  for (v1::Finding& finding : findings.findings) {
    *file.quarantine_case.add_findings() = std::move(finding);
  }
  file.findings_without_picture = std::move(findings.without_picture);
  ASSIGN_OR_RETURN(file.evidence,
                   SelectEvidence(connection, row.decision_number));
  file.findings_truncated = row.findings_truncated;
  ASSIGN_OR_RETURN(file.approvals, SelectApprovals(connection, row));
  ASSIGN_OR_RETURN(
      const SqlRows views,
      connection->Run("SELECT DISTINCT finding_id, evidence_sha256 "
                      "FROM evidence_views WHERE case_number = $1 "
                      "AND actor = $2 AND decision_number = $3",
                      {row.case_number, viewer, row.decision_number}));
  for (const SqlRow& view : views) {
    file.shown.push_back({view.Text(0), view.Text(1)});
  }
  return file;
}

absl::Status InsertEvidenceView(const Write& write, const Actor& actor,
                                const std::string& case_id,
                                const std::string& decision_id,
                                const EvidenceView& view) {
  ASSIGN_OR_RETURN(const CaseRow row, SelectCase(write.connection, case_id));
  if (row.decision.decision_id() != decision_id) {
    return Error(Reason::kCaseChanged,
                 "The session was decided again meanwhile. Get the case and "
                 "its evidence again.");
  }
  ASSIGN_OR_RETURN(const auto finding,
                   RunForOne(write.connection,
                             "SELECT 1 FROM findings "
                             "WHERE decision_number = $1 AND finding_id = $2",
                             {row.decision_number, view.finding_id}));
  if (!finding) {
    return Error(Reason::kFindingNotFound,
                 "The case has no such finding. Get the case again.");
  }
  ASSIGN_OR_RETURN(
      const int64_t number,
      NextNumber(write.connection, "evidence_views", "view_number"));
  RETURN_IF_ERROR(
      RunOnly(write.connection,
              "INSERT INTO evidence_views VALUES ($1, $2, $3, $4, $5, $6, $7)",
              {number, row.case_number, row.decision_number, view.finding_id,
               view.evidence_sha256, actor.name, write.now_us}));
  v1::AuditEvent event =
      EventBy(actor, v1::AUDIT_ACTION_VIEW_EVIDENCE, v1::AUDIT_OUTCOME_SUCCESS);
  event.set_case_id(case_id);
  event.set_study_instance_uid(row.study_instance_uid);
  event.add_evidence_sha256s(view.evidence_sha256);
  return AppendAudit(write, std::move(event));
}

}  // namespace burntin
