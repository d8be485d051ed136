// Runs a worker, kills it, and reads what the audit trail says of its moves.
#ifndef BURNTIN_TESTS_SERVER_QUARANTINE_KILLED_WORKER_H_
#define BURNTIN_TESTS_SERVER_QUARANTINE_KILLED_WORKER_H_

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/ledger/ledger.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {

// How often to kill: BURNTIN_KILLS, if it is set.
inline int Kills(int by_default) {
  const char* asked = std::getenv("BURNTIN_KILLS");
  return asked == nullptr ? by_default : std::atoi(asked);
}

// Starts the worker, waits until it works, which it says by a line, lets it
// live for `life_us` or, if that is not set, until it says by a second line
// that all is done, and kills it. How long it worked, in microseconds. Its exit
// would be a failure of its own.
inline int RunAndKill(std::vector<std::string> arguments,
                      std::optional<int> life_us) {
  int pipes[2];
  EXPECT_EQ(pipe(pipes), 0);
  std::vector<char*> raw;
  for (std::string& argument : arguments) raw.push_back(argument.data());
  raw.push_back(nullptr);
  const pid_t worker = fork();
  if (worker == 0) {
    dup2(pipes[1], STDOUT_FILENO);
    close(pipes[0]);
    execv(raw[0], raw.data());
    _exit(127);
  }
  close(pipes[1]);
  const auto await_line = [&] {
    char letter = 0;
    while (letter != '\n') {
      if (read(pipes[0], &letter, 1) != 1) return false;
    }
    return true;
  };
  EXPECT_TRUE(await_line()) << "the worker did not start";
  const auto begin = std::chrono::steady_clock::now();
  if (life_us) {
    usleep(static_cast<useconds_t>(*life_us));
  } else {
    EXPECT_TRUE(await_line()) << "the worker did not end its work";
  }
  const auto life = std::chrono::steady_clock::now() - begin;
  kill(worker, SIGKILL);
  close(pipes[0]);
  int status = 0;
  waitpid(worker, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "the worker failed by itself: " << WEXITSTATUS(status);
  return static_cast<int>(
      std::chrono::duration_cast<std::chrono::microseconds>(life).count());
}

struct Trail {
  // Cases whose move was intended, and when first; microseconds since 1970.
  std::map<std::string, int64_t> intended;
  std::set<std::string> moved;  // cases whose move was seen
  std::set<std::string> kept;
};

inline Trail ReadTrail(Ledger* ledger) {
  Trail trail;
  std::string token;
  do {
    const auto page = ledger->ListAuditEvents({}, 1'000, token);
    EXPECT_THAT(page, IsOk());
    if (!page.ok()) return trail;
    for (const v1::AuditEvent& event : page->events) {
      const bool done = event.outcome() == v1::AUDIT_OUTCOME_SUCCESS;
      if (event.action() == v1::AUDIT_ACTION_KEEP_CASE && done) {
        trail.kept.insert(event.case_id());
      } else if (event.action() == v1::AUDIT_ACTION_MOVE_SESSION) {
        if (event.outcome() == v1::AUDIT_OUTCOME_INTENT) {
          trail.intended.emplace(event.case_id(),
                                 event.event_time().seconds() * 1'000'000 +
                                     event.event_time().nanos() / 1'000);
        }
        if (done) trail.moved.insert(event.case_id());
      }
    }
    token = page->next_page_token;
  } while (!token.empty());
  return trail;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_QUARANTINE_KILLED_WORKER_H_
