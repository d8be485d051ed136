// Decides and releases sessions until it is killed. Started by crash_test.
// usage: crash_worker DATABASE PROJECTS FIRST
#include <cstdlib>
#include <iostream>
#include <string>

#include "server/quarantine/quarantine.h"
#include "tests/server/ledger/ledger_fixture.h"
#include "tests/server/quarantine/folder_mover.h"

namespace burntin {
namespace {

// Two thirds of the sessions are released, the others kept.
void Work(Ledger* ledger, Quarantine* quarantine, FolderMover* mover, int i) {
  const std::string study = "1.2." + std::to_string(i);
  const DecisionRecord record = ExampleRecord(study);
  mover->AddSession(record.location->experiment_id());
  const auto recorded = ledger->RecordDecision(ServerActor(), record);
  if (!recorded.ok()) std::exit(3);
  const v1::Case held = *ledger->GetCase(recorded->case_id, false);
  v1::ReleaseCaseRequest request;
  request.set_case_id(held.case_id());
  request.set_etag(held.etag());
  request.set_target_project("HOSPITAL");
  request.set_reason("Looked at all of it");
  request.set_request_id(study);
  for (const v1::Finding& finding : held.findings()) {
    const std::string digest = TextSha256(finding.finding_id());
    if (!ledger
             ->RecordEvidenceShown(Ann(), held.case_id(),
                                   held.decision().decision_id(),
                                   {finding.finding_id(), digest})
             .ok()) {
      std::exit(4);
    }
    v1::Acknowledgement* one = request.add_acknowledgements();
    one->set_finding_id(finding.finding_id());
    one->set_evidence_sha256(digest);
  }
  if (i % 3 == 2) {
    v1::KeepCaseRequest keep;
    keep.set_case_id(held.case_id());
    keep.set_etag(held.etag());
    keep.set_reason("It names the patient");
    keep.set_request_id(study);
    if (!quarantine->Keep(Ann(), keep).ok()) std::exit(5);
  } else if (!quarantine->Release(Ann(), request).ok()) {
    std::exit(6);
  }
}

int Main(char** argv) {
  LedgerOptions options;
  options.database = argv[1];
  auto ledger = OpenLedger(options);
  if (!ledger.ok()) return 2;
  FolderMover mover(argv[2]);
  QuarantineOptions rules;
  rules.mover_name = argv[3];
  Quarantine quarantine(rules, ledger->get(), &mover);
  // Says that from here on it may be killed.
  std::cout << "ready" << std::endl;
  for (int i = std::atoi(argv[3]);; ++i) {
    Work(ledger->get(), &quarantine, &mover, i);
  }
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) { return argc == 4 ? burntin::Main(argv) : 1; }
