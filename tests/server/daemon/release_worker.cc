// Decides sessions and releases them in XNAT until it is killed. Started by
// release_kill_test.
// usage: release_worker DATABASE URL CREDENTIALS_FILE FIRST COUNT
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

#include "server/quarantine/quarantine.h"
#include "server/xnat/xnat_session_mover.h"
#include "tests/server/daemon/release_site.h"

namespace burntin {
namespace {

// A release that XNAT does not let end is left to whoever comes next.
void Release(Ledger* ledger, Quarantine* quarantine, int session) {
  const auto recorded =
      ledger->RecordDecision(ServerActor(), HeldSession(session));
  if (!recorded.ok()) std::exit(3);
  const v1::Case held = *ledger->GetCase(recorded->case_id, false);
  v1::ReleaseCaseRequest request;
  request.set_case_id(held.case_id());
  request.set_etag(held.etag());
  request.set_target_project("HOSPITAL");
  request.set_reason("Looked at all of it");
  request.set_request_id(ExperimentOf(session));
  const auto released = quarantine->Release(Ann(), request);
  if (ReasonOf(released.status()) == Reason::kLedgerUnavailable) std::exit(4);
}

int Main(char** argv) {
  LedgerOptions options;
  options.database = argv[1];
  auto ledger = OpenLedger(options);
  if (!ledger.ok()) return 2;
  std::ostringstream log_text;
  Log log(LogLevel::kOff, &log_text);
  const XnatOptions xnat = KillOptions(argv[2], argv[3]);
  XnatConnection connection(xnat, &log);
  if (!connection.Login().ok()) return 5;
  XnatSessionMover mover(xnat, &connection, &log);
  QuarantineOptions rules;
  rules.mover_name = argv[4];
  Quarantine quarantine(rules, ledger->get(), &mover);
  // Says that from here on it may be killed.
  std::cout << "ready" << std::endl;
  const int first = std::atoi(argv[4]);
  for (int i = first; i < first + std::atoi(argv[5]); ++i) {
    Release(ledger->get(), &quarantine, i);
  }
  std::cout << "done" << std::endl;
  while (true) pause();
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) { return argc == 6 ? burntin::Main(argv) : 1; }
