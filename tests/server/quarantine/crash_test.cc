// Kills a process at random points while it decides and releases sessions,
// and looks what it leaves. BURNTIN_KILLS says how often; default 12.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "server/quarantine/quarantine.h"
#include "tests/server/ledger/ledger_fixture.h"
#include "tests/server/quarantine/folder_mover.h"

namespace burntin {
namespace {

constexpr int kDefaultKills = 12;
constexpr int kSessionsPerRun = 1'000'000;
constexpr int kMaxLifeMicroseconds = 60'000;
constexpr int kMoreRuns = 10;

int Kills() {
  const char* asked = std::getenv("BURNTIN_KILLS");
  return asked == nullptr ? kDefaultKills : std::atoi(asked);
}

// Starts the worker, waits until it works, lets it live for `life_us`, kills
// it. Its exit would be a failure of its own.
void RunAndKill(const std::string& database, const std::string& projects,
                int first, int life_us) {
  int pipes[2];
  ASSERT_EQ(pipe(pipes), 0);
  const std::string number = std::to_string(first);
  const pid_t worker = fork();
  if (worker == 0) {
    dup2(pipes[1], STDOUT_FILENO);
    close(pipes[0]);
    execl(CRASH_WORKER, CRASH_WORKER, database.c_str(), projects.c_str(),
          number.c_str(), nullptr);
    _exit(127);
  }
  close(pipes[1]);
  char letter = 0;
  EXPECT_EQ(read(pipes[0], &letter, 1), 1) << "the worker did not start";
  close(pipes[0]);
  usleep(static_cast<useconds_t>(life_us));
  kill(worker, SIGKILL);
  int status = 0;
  waitpid(worker, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "the worker failed by itself: " << WEXITSTATUS(status);
}

struct Trail {
  std::set<std::string> intended;  // cases whose move was intended
  std::set<std::string> moved;     // cases whose move was seen
  std::set<std::string> kept;
};

Trail ReadTrail(Ledger* ledger) {
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
          trail.intended.insert(event.case_id());
        }
        if (done) trail.moved.insert(event.case_id());
      }
    }
    token = page->next_page_token;
  } while (!token.empty());
  return trail;
}

struct Counts {
  int cases = 0, released = 0, kept = 0, found_moving = 0;
};

// Everything that has to be true of what was left.
void CheckAll(Ledger* ledger, const FolderMover& mover, Counts* counts) {
  const auto verdict = VerifyTrail(ledger, std::nullopt);
  ASSERT_THAT(verdict, IsOk());
  ASSERT_FALSE(verdict->broken_sequence.has_value()) << verdict->fault;
  const Trail trail = ReadTrail(ledger);
  std::string token;
  do {
    const auto page = ledger->ListCases({}, 1'000, token);
    ASSERT_THAT(page, IsOk());
    for (const v1::Case& one : page->cases) {
      ++counts->cases;
      const bool released = one.state() == v1::CASE_STATE_RELEASED;
      const bool kept = one.state() == v1::CASE_STATE_KEPT;
      counts->released += released ? 1 : 0;
      counts->kept += kept ? 1 : 0;
      EXPECT_EQ(trail.moved.contains(one.case_id()), released);
      EXPECT_EQ(trail.kept.contains(one.case_id()), kept);
      const std::vector<std::string> projects =
          mover.ProjectsOf(one.location().experiment_id());
      ASSERT_EQ(projects.size(), 1u) << "a session is lost, or there twice";
      EXPECT_EQ(projects.front() == "HOSPITAL", released);
      if (projects.front() == "HOSPITAL") {
        EXPECT_TRUE(trail.intended.contains(one.case_id()));
      }
    }
    token = page->next_page_token;
  } while (!token.empty());
}

class CrashTest : public testing::TestWithParam<NamedLedger> {};
INSTANTIATE_TEST_SUITE_P(Ledger, CrashTest,
                         testing::Values(SqliteLedger(), PostgresqlLedger()),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

TEST_P(CrashTest, AKillAtAnyPointLeavesAWholeLedger) {
  const TempDir folder;
  const std::string database = GetParam().make(folder);
  const std::string projects = folder.File("projects");
  std::mt19937 random(1);
  int longest_us = kMaxLifeMicroseconds;
  Counts counts;
  int found_moving = 0;
  int i = 0;
  // On a busy machine a worker may need longer before it has released any.
  while (i < Kills() || (counts.released == 0 && i < Kills() + kMoreRuns)) {
    if (++i > Kills()) longest_us *= 2;
    std::uniform_int_distribution<int> life_us(0, longest_us);
    RunAndKill(database, projects, i * kSessionsPerRun, life_us(random));
    LedgerOptions options;
    options.database = database;
    // Claims of processes that were killed have passed by then.
    options.clock = [i] { return 2'000'000'000'000'000 + i; };
    auto ledger = OpenLedger(options);
    ASSERT_THAT(ledger, IsOk());
    FolderMover mover(projects);
    CaseFilter releasing;
    releasing.states = {v1::CASE_STATE_RELEASING};
    found_moving +=
        static_cast<int>((*ledger)->ListCases(releasing, 10, "")->cases.size());
    QuarantineOptions rules;
    rules.mover_name = "test";
    EXPECT_EQ(*Quarantine(rules, ledger->get(), &mover).Reconcile(), 0);
    if (i % 50 == 0 || i >= Kills()) {
      counts = Counts();
      ASSERT_NO_FATAL_FAILURE(CheckAll(ledger->get(), mover, &counts));
    }
  }
  std::cout << GetParam().name << ": " << i << " kills, " << counts.cases
            << " cases, " << counts.released << " released, " << counts.kept
            << " kept, " << found_moving << " found while they moved\n";
  EXPECT_GT(counts.cases, 0);
  EXPECT_GT(counts.released, 0);
}

}  // namespace
}  // namespace burntin
