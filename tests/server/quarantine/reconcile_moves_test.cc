#include "server/quarantine/reconcile_moves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "detector/base/error.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::system_clock;

constexpr system_clock::time_point kNow{std::chrono::hours(500'000)};
constexpr seconds kSettle = minutes(30);

// An archive that knows where sessions are.
class FakeArchive final : public SessionMover {
 public:
  MoveResult MoveSession(const MoveOrder& order) override {
    repeated.push_back(order.operation_id);
    return repeat_outcome;
  }
  absl::StatusOr<std::string> WhereIs(
      const std::string& experiment_id) override {
    const auto found = projects.find(experiment_id);
    if (found == projects.end()) {
      return Error(Reason::kSessionNotFound, "There is none.");
    }
    if (found->second.empty()) {
      return Error(Reason::kXnatUnavailable, "No answer.");
    }
    return found->second;
  }

  std::map<std::string, std::string> projects;  // empty: it does not answer
  std::vector<std::string> repeated;
  MoveResult repeat_outcome{MoveState::kMoved, absl::OkStatus(),
                            /*subject_in_target=*/true};
};

class FakeJournal final : public MoveJournal {
 public:
  absl::StatusOr<std::vector<MoveIntent>> UnfinishedMoves() override {
    if (!reads) return Error(Reason::kInternalFailure, "The disk is full.");
    return intents;
  }
  absl::Status FinishMove(const MoveIntent& intent,
                          const MoveResult& outcome) override {
    if (!writes) return Error(Reason::kInternalFailure, "The disk is full.");
    finished[intent.order.operation_id] = outcome;
    return absl::OkStatus();
  }

  void Add(const std::string& operation, const std::string& experiment,
           seconds age) {
    intents.push_back(
        {{experiment, "QUARANTINE", "HOSPITAL", operation}, kNow - age});
  }

  bool reads = true;
  bool writes = true;
  std::vector<MoveIntent> intents;
  std::map<std::string, MoveResult> finished;
};

struct ReconcileCase {
  const char* name;
  const char* project;  // where the session is; nothing: nowhere
  seconds age;
  MoveState recorded;  // kUnknown: nothing is
  std::optional<Reason> why;
};

class ReconcileCaseTest : public testing::TestWithParam<ReconcileCase> {};

TEST_P(ReconcileCaseTest, RecordsOnlyWhatItHasSeen) {
  FakeArchive archive;
  if (GetParam().project != nullptr) {
    archive.projects["E1"] = GetParam().project;
  }
  FakeJournal journal;
  journal.Add("op-1", "E1", GetParam().age);
  const auto result = ReconcileMoves(kNow, kSettle, &archive, &journal);
  ASSERT_THAT(result, IsOk());
  const bool open = GetParam().recorded == MoveState::kUnknown;
  EXPECT_EQ(result->open.size(), open ? 1 : 0);
  EXPECT_EQ(journal.finished.size(), open ? 0 : 1);
  if (open) {
    EXPECT_EQ(result->open.at(0).operation_id, "op-1");
    EXPECT_THAT(result->open.at(0).why, FailsWith(*GetParam().why));
    return;
  }
  const MoveResult& outcome = journal.finished.at("op-1");
  EXPECT_EQ(outcome.state, GetParam().recorded);
  EXPECT_EQ(ReasonOf(outcome.why), GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    Reconcile, ReconcileCaseTest,
    testing::Values(
        ReconcileCase{
            "InItsTarget", "HOSPITAL", seconds(0), MoveState::kMoved, {}},
        ReconcileCase{"WhereItWasForLong", "QUARANTINE", kSettle,
                      MoveState::kNotMoved, Reason::kXnatUnavailable},
        ReconcileCase{"WhereItWasForAShortWhile", "QUARANTINE",
                      kSettle - seconds(1), MoveState::kUnknown,
                      Reason::kXnatUnavailable},
        ReconcileCase{"RecordedInTheFuture", "QUARANTINE", -kSettle * 10,
                      MoveState::kUnknown, Reason::kXnatUnavailable},
        ReconcileCase{"InAThirdProject", "TRIAL", kSettle * 10,
                      MoveState::kUnknown, Reason::kSessionElsewhere},
        ReconcileCase{"TheArchiveDoesNotAnswer", "", kSettle * 10,
                      MoveState::kUnknown, Reason::kXnatUnavailable},
        ReconcileCase{"ThereIsNoSuchSession", nullptr, kSettle * 10,
                      MoveState::kUnknown, Reason::kSessionNotFound}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(ReconcileMovesTest, ResolvesEachIntentOnItsOwn) {
  FakeArchive archive;
  archive.projects = {{"E1", "HOSPITAL"}, {"E2", ""}, {"E3", "QUARANTINE"}};
  FakeJournal journal;
  journal.Add("op-1", "E1", kSettle);
  journal.Add("op-2", "E2", kSettle);
  journal.Add("op-3", "E3", kSettle);
  const auto result = ReconcileMoves(kNow, kSettle, &archive, &journal);
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->moved, 1);
  EXPECT_EQ(result->not_moved, 1);
  EXPECT_EQ(result->open.size(), 1);
  EXPECT_TRUE(journal.finished.at("op-1").subject_in_target);
}

TEST(ReconcileMovesTest, RepeatsNoMoveThatWasNotSeen) {
  FakeArchive archive;
  archive.projects = {{"E1", "QUARANTINE"}, {"E2", "TRIAL"}, {"E3", ""}};
  FakeJournal journal;
  for (const char* experiment : {"E1", "E2", "E3"}) {
    journal.Add(experiment, experiment, kSettle);
  }
  ASSERT_THAT(ReconcileMoves(kNow, kSettle, &archive, &journal), IsOk());
  EXPECT_THAT(archive.repeated, testing::IsEmpty());
}

// It was seen in its target; that XNAT fails a moment later changes nothing.
TEST(ReconcileMovesTest, AMoveThatWasSeenIsMovedThoughItsSubjectIsNot) {
  FakeArchive archive;
  archive.projects = {{"E1", "HOSPITAL"}};
  archive.repeat_outcome = {MoveState::kNotMoved,
                            Error(Reason::kXnatUnavailable, "No answer.")};
  FakeJournal journal;
  journal.Add("op-1", "E1", kSettle);
  ASSERT_THAT(ReconcileMoves(kNow, kSettle, &archive, &journal), IsOk());
  EXPECT_EQ(journal.finished.at("op-1").state, MoveState::kMoved);
  EXPECT_FALSE(journal.finished.at("op-1").subject_in_target);
}

TEST(ReconcileMovesTest, AJournalThatFailsIsAnError) {
  FakeArchive archive;
  archive.projects = {{"E1", "HOSPITAL"}};
  FakeJournal journal;
  journal.Add("op-1", "E1", kSettle);
  journal.writes = false;
  EXPECT_THAT(ReconcileMoves(kNow, kSettle, &archive, &journal),
              FailsWith(Reason::kInternalFailure));
  journal.reads = false;
  EXPECT_THAT(ReconcileMoves(kNow, kSettle, &archive, &journal),
              FailsWith(Reason::kInternalFailure));
}

}  // namespace
}  // namespace burntin
