// What release_kill_test and its worker share.
#ifndef BURNTIN_TESTS_SERVER_DAEMON_RELEASE_SITE_H_
#define BURNTIN_TESTS_SERVER_DAEMON_RELEASE_SITE_H_

#include <string>

#include "server/xnat/xnat_connection.h"
#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {

inline std::string ExperimentOf(int session) {
  return "E" + std::to_string(session);
}

// A session that the protocol holds, and in which nothing was found.
inline DecisionRecord HeldSession(int session) {
  DecisionRecord record = ExampleRecord("1.2." + std::to_string(session));
  record.location->set_experiment_id(ExperimentOf(session));
  record.findings.clear();
  record.findings_total = 0;
  return record;
}

// XNAT is near and quick. A move that was cut off ends within a second.
inline XnatOptions KillOptions(const std::string& url,
                               const std::string& credentials_file) {
  XnatOptions options;
  options.url = url;
  options.credentials_file = credentials_file;
  options.request_timeout = std::chrono::seconds(30);
  options.move_timeout = std::chrono::seconds(30);
  options.looks = 2;
  options.between_looks = std::chrono::milliseconds(5);
  options.settle_time = std::chrono::seconds(1);
  return options;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_DAEMON_RELEASE_SITE_H_
