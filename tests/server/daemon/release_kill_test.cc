// Kills a process at random points while it releases sessions in XNAT's
// stand-in over real HTTP, which itself fails at random, and looks what is left
// in the ledger, in the audit trail and in XNAT. BURNTIN_KILLS says how often;
// default 25.
#include <sys/stat.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <sstream>

#include "server/quarantine/quarantine.h"
#include "server/xnat/xnat_session_mover.h"
#include "tests/server/daemon/release_site.h"
#include "tests/server/quarantine/killed_worker.h"
#include "tests/server/xnat/xnat_stub.h"

namespace burntin {
namespace {

using ::nlohmann::json;

constexpr int kDefaultKills = 25;
constexpr int kSessionsPerLife = 6;

json World(int sessions) {
  json world = {{"projects", {"QUARANTINE", "HOSPITAL"}}};
  for (int i = 0; i < sessions; ++i) {
    const std::string subject = "S" + std::to_string(i);
    world["subjects"][subject] = {{"project", "QUARANTINE"},
                                  {"label", "DOE^JANE " + subject}};
    world["experiments"][ExperimentOf(i)] = {
        {"project", "QUARANTINE"},
        {"label", "PID " + std::to_string(i)},
        {"subject", subject}};
  }
  return world;
}

// How XNAT behaves during one life: as it should, or not.
json Faults(std::mt19937* random) {
  const json move = {{"on", "move"}, {"commit", true}, {"times", 2}};
  const auto moves = [&](const json& answer, bool commit) {
    json fault = move;
    fault["answer"] = answer;
    fault["commit"] = commit;
    return json::array({fault});
  };
  switch ((*random)() % 6) {
    case 0:
      return moves(500, true);
    case 1:
      return moves("cut", true);
    case 2:
      return moves("cut", false);
    case 3:
      return moves(409, true);
    default:
      return json::array();
  }
}

class ReleaseKillTest : public testing::Test {
 protected:
  ReleaseKillTest() {
    stub_.SetWorld(World((kills_ + 1) * kSessionsPerLife));
    chmod(credentials_.c_str(), 0600);
  }

  // Lets a worker release the sessions of this life, and kills it.
  int Run(int life, std::optional<int> life_us) {
    return RunAndKill({RELEASE_WORKER, database_, stub_.url(), credentials_,
                       std::to_string(life * kSessionsPerLife),
                       std::to_string(kSessionsPerLife)},
                      life_us);
  }

  // What the next process does: looks until it is known where each session is.
  void Reconcile(Ledger* ledger, int life) {
    const XnatOptions options = KillOptions(stub_.url(), credentials_);
    std::ostringstream log_text;
    Log log(LogLevel::kOff, &log_text);
    XnatConnection connection(options, &log);
    XnatSessionMover mover(options, &connection, &log);
    QuarantineOptions rules;
    rules.mover_name = "next " + std::to_string(life);
    Quarantine quarantine(rules, ledger, &mover);
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    int unknown = 1;
    while (unknown > 0 && std::chrono::steady_clock::now() < end) {
      const auto reconciled = quarantine.Reconcile();
      ASSERT_THAT(reconciled, IsOk());
      unknown = *reconciled;
    }
    ASSERT_EQ(unknown, 0);
  }

  std::vector<v1::Case> AllCases(Ledger* ledger,
                                 const CaseFilter& filter = {}) {
    std::vector<v1::Case> cases;
    std::string token;
    do {
      const auto page = ledger->ListCases(filter, 1'000, token);
      EXPECT_THAT(page, IsOk());
      cases.insert(cases.end(), page->cases.begin(), page->cases.end());
      token = page->next_page_token;
    } while (!token.empty());
    return cases;
  }

  // Everything that has to be true of what was left.
  void CheckAll(Ledger* ledger) {
    const auto verdict = VerifyTrail(ledger, std::nullopt);
    ASSERT_THAT(verdict, IsOk());
    ASSERT_FALSE(verdict->broken_sequence.has_value()) << verdict->fault;
    const Trail trail = ReadTrail(ledger);
    const json state = stub_.State();
    std::map<std::string, std::vector<double>> commits;
    for (size_t i = 0; i < state.at("commits").size(); ++i) {
      const json& commit = state.at("commits")[i];
      EXPECT_EQ(commit[1], "QUARANTINE");
      EXPECT_EQ(commit[2], "HOSPITAL");
      commits[commit[0]].push_back(state.at("commit_times")[i]);
    }
    released_ = 0;
    const std::vector<v1::Case> cases = AllCases(ledger);
    for (const v1::Case& one : cases) {
      const std::string& experiment = one.location().experiment_id();
      const bool released = one.state() == v1::CASE_STATE_RELEASED;
      released_ += released ? 1 : 0;
      EXPECT_NE(one.state(), v1::CASE_STATE_RELEASING);
      EXPECT_EQ(state.at("projects").at(experiment),
                released ? "HOSPITAL" : "QUARANTINE");
      EXPECT_EQ(trail.moved.contains(one.case_id()), released);
      EXPECT_EQ(commits[experiment].size(), released ? 1U : 0U);
      if (!released) continue;
      ASSERT_TRUE(trail.intended.contains(one.case_id()));
      // On one machine, so by one clock.
      EXPECT_LT(static_cast<double>(trail.intended.at(one.case_id())) / 1e6,
                commits[experiment].front());
    }
    cases_ = static_cast<int>(cases.size());
    // No session is moved that has no case.
    EXPECT_EQ(state.at("commits").size(), static_cast<size_t>(released_));
  }

  const int kills_ = Kills(kDefaultKills);
  int cases_ = 0;
  int released_ = 0;
  TempDir folder_;
  std::string credentials_ =
      folder_.Write("xnat-credentials", "burntin:secret\n");
  std::string database_ = folder_.File("ledger.sqlite");
  XnatStub stub_;
};

TEST_F(ReleaseKillTest, AKillAtAnyPointOfAReleaseLosesNothing) {
  std::mt19937 random(1);
  // One life in peace, so that the others end somewhere within their work.
  std::uniform_int_distribution<int> life_us(0, Run(kills_, std::nullopt));
  int found_moving = 0;
  for (int i = 0; i < kills_; ++i) {
    stub_.SetFaults(Faults(&random));
    Run(i, life_us(random));
    stub_.SetFaults(json::array());
    LedgerOptions options;
    options.database = database_;
    auto ledger = OpenLedger(options);
    ASSERT_THAT(ledger, IsOk());
    CaseFilter releasing;
    releasing.states = {v1::CASE_STATE_RELEASING};
    found_moving += static_cast<int>(AllCases(ledger->get(), releasing).size());
    ASSERT_NO_FATAL_FAILURE(Reconcile(ledger->get(), i));
    if ((i + 1) % 50 == 0 || i + 1 == kills_) {
      ASSERT_NO_FATAL_FAILURE(CheckAll(ledger->get()));
    }
  }
  std::cout << kills_ << " kills, " << cases_ << " cases, " << released_
            << " released, " << found_moving << " found while they moved\n";
  EXPECT_GT(cases_, kSessionsPerLife);
  EXPECT_GT(released_, kSessionsPerLife);
}

}  // namespace
}  // namespace burntin
