// Kills a process at random points while it decides and releases sessions,
// and looks what it leaves. BURNTIN_KILLS says how often; default 12.
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "server/quarantine/quarantine.h"
#include "tests/server/ledger/ledger_fixture.h"
#include "tests/server/quarantine/folder_mover.h"
#include "tests/server/quarantine/killed_worker.h"

namespace burntin {
namespace {

constexpr int kDefaultKills = 12;
constexpr int kSessionsPerRun = 1'000'000;
constexpr int kMaxLifeMicroseconds = 600'000;

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
  std::uniform_int_distribution<int> life_us(0, kMaxLifeMicroseconds);
  Counts counts;
  int found_moving = 0;
  for (int i = 1; i <= Kills(kDefaultKills); ++i) {
    RunAndKill(
        {CRASH_WORKER, database, projects, std::to_string(i * kSessionsPerRun)},
        life_us(random));
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
    if (i % 50 == 0 || i == Kills(kDefaultKills)) {
      counts = Counts();
      ASSERT_NO_FATAL_FAILURE(CheckAll(ledger->get(), mover, &counts));
    }
  }
  std::cout << GetParam().name << ": " << Kills(kDefaultKills) << " kills, "
            << counts.cases << " cases, " << counts.released << " released, "
            << counts.kept << " kept, " << found_moving
            << " found while they moved\n";
  EXPECT_GT(counts.cases, 0);
  EXPECT_GT(counts.released, 0);
}

}  // namespace
}  // namespace burntin
