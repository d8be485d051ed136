// Fills an empty ledger to a number of cases and times what a reviewer's page
// asks for: a page of 50 cases, by several filters, in the middle of the list
// too, and one case with its findings. See benchmarks/README.md.
//
// The cases are copies of one that was recorded as routing does, made by the
// database itself: every table has as many rows as if each had been recorded.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "server/ledger/ledger.h"
#include "server/ledger/sql/connection.h"

namespace burntin {
namespace {

constexpr int kPageSize = 50;
constexpr int kFindings = 5;

struct Flags {
  std::string database;
  int64_t cases = 1'000;
  int calls = 400;
};

DecisionRecord Record() {
  DecisionRecord record;
  record.study_instance_uid = "1.2.0";
  record.location.emplace();
  record.location->set_project("QUARANTINE");
  record.location->set_experiment_id("XNAT_E0");
  record.location->set_session_label("label");
  record.basis_sha256 = TextSha256("objects");
  record.decision.set_action(v1::ROUTE_ACTION_QUARANTINE);
  record.decision.set_target_project("QUARANTINE");
  record.decision.set_verdict(v1::VERDICT_REVIEW);
  for (int i = 0; i < kFindings; ++i) {
    FindingRecord found;
    found.finding.set_sop_instance_uid("1.2.3." + std::to_string(i));
    found.finding.mutable_region()->set_source(v1::SOURCE_FRAME);
    found.finding.mutable_region()->set_text("text " + std::to_string(i));
    found.finding.add_reasons()->set_code("UNPROVEN_TEXT");
    record.findings.push_back(found);
  }
  record.findings_total = kFindings;
  return record;
}

// Copies case 1 to the numbers 2 to $1; i is a copy's number. Verdicts and
// states vary; one case in 10 is kept.
constexpr const char* kCopies[] = {
    "INSERT INTO decisions SELECT i, 'd' || i, '1.2.' || i, 'XNAT_E' || i, "
    "basis_sha256, protocol_sha256, decision_json, findings_total, "
    "findings_truncated, decide_time + i FROM decisions, copies "
    "WHERE decision_number = 1",
    "INSERT INTO cases SELECT i, 'c' || i, version, "
    "CASE WHEN i % 10 = 7 THEN 5 ELSE state END, 1 + i % 4, "
    "'1.2.' || i, 'XNAT_E' || i, project, phi_subject_label, "
    "phi_session_label, i, decision_round, create_time + i, update_time + i "
    "FROM cases, copies WHERE case_number = 1",
    "INSERT INTO case_decisions SELECT i, i FROM copies",
    "INSERT INTO findings SELECT i, position, finding_id, has_picture, "
    "finding_json, phi_text FROM findings, copies WHERE decision_number = 1",
    "INSERT INTO audit SELECT i + 10, 'c' || i, phi_sealed_text, "
    "previous_sha256, entry_sha256 FROM audit, copies WHERE sequence = 2",
};

absl::Status Fill(const Flags& flags) {
  ASSIGN_OR_RETURN(const auto connection,
                   OpenConnection(flags.database, OpenMode::kReadWrite));
  ASSIGN_OR_RETURN(
      Transaction transaction,
      Transaction::Begin(connection.get(), TransactionKind::kWrite));
  RETURN_IF_ERROR(connection->RunScript(
      "CREATE TEMPORARY TABLE copies (i BIGINT NOT NULL PRIMARY KEY)"));
  RETURN_IF_ERROR(connection->RunScript(
      "INSERT INTO copies WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL "
      "SELECT i + 1 FROM n WHERE i < " +
      std::to_string(flags.cases) + ") SELECT i FROM n"));
  for (const char* copy : kCopies) {
    RETURN_IF_ERROR(connection->RunScript(copy));
  }
  RETURN_IF_ERROR(transaction.Commit());
  return connection->RunScript("ANALYZE");
}

using Call = std::function<bool(std::mt19937* random)>;

// Milliseconds of a call: the median and the 95th percentile.
nlohmann::json Time(const Call& call, int calls) {
  std::mt19937 random(1);
  for (int i = 0; i < calls / 10 + 1; ++i) call(&random);
  std::vector<double> times;
  for (int i = 0; i < calls; ++i) {
    const auto start = std::chrono::steady_clock::now();
    if (!call(&random)) return "failed";
    times.push_back(std::chrono::duration<double, std::milli>(
                        std::chrono::steady_clock::now() - start)
                        .count());
  }
  std::sort(times.begin(), times.end());
  return {{"median_ms", times[times.size() / 2]},
          {"p95_ms", times[times.size() * 95 / 100]}};
}

// A call that reads a page of the filter, `pages` after the first.
Call Page(Ledger* ledger, const CaseFilter& filter, int pages) {
  std::string token;
  for (int i = 0; i < pages; ++i) {
    token = ledger->ListCases(filter, kPageSize, token)->next_page_token;
  }
  return [=](std::mt19937*) {
    const auto page = ledger->ListCases(filter, kPageSize, token);
    return page.ok() && !page->cases.empty();
  };
}

absl::Status Measure(const Flags& flags) {
  LedgerOptions options;
  options.database = flags.database;
  {
    ASSIGN_OR_RETURN(const auto ledger, OpenLedger(options));
    RETURN_IF_ERROR(ledger->RecordDecision(ServerActor(), Record()).status());
  }
  RETURN_IF_ERROR(Fill(flags));
  ASSIGN_OR_RETURN(const auto ledger, OpenLedger(options));
  CaseFilter held;
  held.states = {v1::CASE_STATE_HELD};
  CaseFilter identifying = held;
  identifying.verdicts = {v1::VERDICT_IDENTIFYING};
  CaseFilter kept;
  kept.states = {v1::CASE_STATE_KEPT};
  nlohmann::json result;
  result["cases"] = flags.cases;
  result["page"] = Time(Page(ledger.get(), {}, 0), flags.calls);
  result["later_page"] = Time(Page(ledger.get(), {}, 10), flags.calls);
  result["held_page"] = Time(Page(ledger.get(), held, 0), flags.calls);
  result["held_identifying_page"] =
      Time(Page(ledger.get(), identifying, 0), flags.calls);
  result["kept_page"] = Time(Page(ledger.get(), kept, 0), flags.calls);
  std::uniform_int_distribution<int64_t> number(2, flags.cases);
  result["open_case"] = Time(
      [&](std::mt19937* random) {
        const auto found = ledger->GetCase(
            "c" + std::to_string(number(*random)), /*include_text=*/true);
        return found.ok() && found->findings_size() == kFindings;
      },
      flags.calls);
  result["open_latest_case"] = Time(
      [&](std::mt19937*) {
        return ledger->GetCase("c" + std::to_string(flags.cases), true).ok();
      },
      flags.calls);
  std::cout << result.dump() << "\n";
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Times a ledger of many cases.");
  app.add_option("--database", flags.database,
                 "An empty ledger: a path, or a connection string")
      ->required();
  app.add_option("--cases", flags.cases)->check(CLI::Range(2, 10'000'000));
  app.add_option("--calls", flags.calls)->check(CLI::Range(10, 100'000));
  CLI11_PARSE(app, argc, argv);
  const absl::Status measured = Measure(flags);
  if (measured.ok()) return 0;
  std::cerr << "burntin-ledger: " << measured.message() << "\n";
  return 2;
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) { return burntin::Main(argc, argv); }
