// What the suites of the ledger share: each test runs on an empty ledger of
// each database.
#ifndef BURNTIN_TESTS_SERVER_LEDGER_LEDGER_FIXTURE_H_
#define BURNTIN_TESTS_SERVER_LEDGER_LEDGER_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/digest/sha256.h"
#include "server/ledger/ledger.h"
#include "tests/server/ledger/postgresql_server.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

// A kind of database. `make` describes an empty one in, or beside, a folder.
struct NamedLedger {
  const char* name;
  std::function<std::string(const TempDir&)> make;
};

inline NamedLedger SqliteLedger() {
  return {"Sqlite",
          [](const TempDir& folder) { return folder.File("ledger.sqlite"); }};
}

inline NamedLedger PostgresqlLedger() {
  return {"Postgresql",
          [](const TempDir&) { return PostgresqlServer::Get().NewDatabase(); }};
}

// One decision with two findings of a session, as routing would record it.
inline DecisionRecord ExampleRecord(const std::string& study) {
  DecisionRecord record;
  record.study_instance_uid = study;
  record.location.emplace();
  record.location->set_project("QUARANTINE");
  record.location->set_experiment_id("XNAT_E" + study);
  record.location->set_subject_label("DOE^JANE");
  record.location->set_session_label("PID 4711");
  record.basis_sha256 = TextSha256("objects of " + study);
  record.decision.set_action(v1::ROUTE_ACTION_QUARANTINE);
  record.decision.set_target_project("QUARANTINE");
  record.decision.set_verdict(v1::VERDICT_IDENTIFYING);
  record.decision.set_risk(0.9375);
  record.decision.set_instances_total(3);
  record.decision.set_protocol_sha256(std::string(64, 'a'));
  for (const char* uid : {"1.2.1", "1.2.2"}) {
    FindingRecord found;
    found.finding.set_sop_instance_uid(uid);
    found.finding.set_instances_total(1);
    found.finding.mutable_region()->set_source(v1::SOURCE_FRAME);
    found.finding.mutable_region()->set_text("DOE^JANE");
    found.finding.mutable_region()->set_score(0.5);
    v1::Reason* reason = found.finding.add_reasons();
    reason->set_code("HEADER_MATCH");
    reason->set_message("Text matches PatientName.");
    record.findings.push_back(found);
  }
  record.findings_total = 2;
  return record;
}

inline Actor Ann() { return {"ann", "admin", "ipv4:192.0.2.1:1"}; }
inline Actor Bob() { return {"bob", "admin", "ipv4:192.0.2.2:1"}; }

// A release or keep as an admin asks for it.
inline CaseDecision ExampleDecision(const Actor& actor,
                                    const v1::Case& quarantine_case,
                                    CaseStep step,
                                    const std::string& request_id) {
  CaseDecision decision;
  decision.actor = actor;
  decision.case_id = quarantine_case.case_id();
  decision.etag = quarantine_case.etag();
  decision.step = step;
  decision.reason = "Looked at all of it";
  if (step != CaseStep::kKeep) decision.target_project = "HOSPITAL";
  decision.request_id = request_id;
  decision.request_sha256 = TextSha256(request_id);
  if (step == CaseStep::kBeginMove) {
    decision.mover = "this process";
    decision.claim_until_us = 2'000'000'000'000'000;
  }
  return decision;
}

class LedgerFixture : public testing::TestWithParam<NamedLedger> {
 protected:
  void SetUp() override {
    database_ = GetParam().make(folder_);
    Reopen();
  }

  void Reopen() {
    ledger_.reset();
    LedgerOptions options;
    options.database = database_;
    options.clock = [this] { return now_us_ += 1'000; };
    auto opened = OpenLedger(options);
    ASSERT_THAT(opened, IsOk());
    ledger_ = *std::move(opened);
  }

  // Records a decision and returns its case.
  v1::Case OpenCase(const DecisionRecord& record) {
    const auto recorded = ledger_->RecordDecision(ServerActor(), record);
    EXPECT_THAT(recorded, IsOk());
    return GetCase(recorded->case_id);
  }

  v1::Case GetCase(const std::string& case_id) {
    const auto found = ledger_->GetCase(case_id, /*include_text=*/true);
    EXPECT_THAT(found, IsOk());
    return found.ok() ? *found : v1::Case();
  }

  AuditPage AllAudit() {
    const auto page = ledger_->ListAuditEvents({}, 1'000, "");
    EXPECT_THAT(page, IsOk());
    return page.ok() ? *page : AuditPage();
  }

  TempDir folder_;
  std::string database_;
  int64_t now_us_ = 1'700'000'000'000'000;
  std::unique_ptr<Ledger> ledger_;
};

// Instantiates a suite for every database.
#define BURNTIN_FOR_EACH_LEDGER(suite)                                    \
  INSTANTIATE_TEST_SUITE_P(                                               \
      Ledger, suite, testing::Values(SqliteLedger(), PostgresqlLedger()), \
      [](const auto& tested) { return std::string(tested.param.name); })

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_LEDGER_LEDGER_FIXTURE_H_
