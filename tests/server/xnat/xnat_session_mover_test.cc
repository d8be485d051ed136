#include "server/xnat/xnat_session_mover.h"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class XnatSessionMoverTest : public XnatFixture {};

TEST_F(XnatSessionMoverTest, MovesASessionAndSharesItsSubjectAsThePageDoes) {
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kMoved);
  EXPECT_TRUE(outcome.subject_in_target);
  const json state = stub().State();
  EXPECT_EQ(ProjectOf(state), "HOSPITAL");
  EXPECT_EQ(state.at("commits"), json({{"E1", "QUARANTINE", "HOSPITAL"}}));
  EXPECT_EQ(state.at("shared_subjects").at("S1"),
            json({{"HOSPITAL", kSubjectLabel}}));
  EXPECT_EQ(state.at("agents"), json({"burntind"}));
}

TEST_F(XnatSessionMoverTest, ALabelThatTheTargetHasIsAnErrorAndMovesNothing) {
  json world = QuarantineWorld();
  world["experiments"]["E2"] = {
      {"project", "HOSPITAL"}, {"label", kSessionLabel}, {"subject", "S1"}};
  stub().SetWorld(world);
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kNotMoved);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kLabelConflict));
  const json state = stub().State();
  EXPECT_EQ(ProjectOf(state), "QUARANTINE");
  EXPECT_EQ(XnatStub::Count(state, "move"), 0);
  EXPECT_EQ(XnatStub::Count(state, "share"), 0);
}

TEST_F(XnatSessionMoverTest, ASessionSharedWithTheTargetIsNoLabelConflict) {
  json world = QuarantineWorld();
  world["experiments"]["E1"]["shared"] = {{"HOSPITAL", kSessionLabel}};
  stub().SetWorld(world);
  EXPECT_EQ(mover().MoveSession(Release()).state, MoveState::kMoved);
  EXPECT_EQ(ProjectOf(stub().State()), "HOSPITAL");
}

TEST_F(XnatSessionMoverTest, ASubjectOfThatLabelInTheTargetIsLeftAsItIs) {
  json world = QuarantineWorld();
  world["subjects"]["S2"] = {{"project", "HOSPITAL"}, {"label", kSubjectLabel}};
  stub().SetWorld(world);
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kMoved);
  EXPECT_TRUE(outcome.subject_in_target);
  EXPECT_EQ(XnatStub::Count(stub().State(), "share"), 0);
}

TEST_F(XnatSessionMoverTest, ASubjectThatCannotBeSharedIsSaidAndUndoesNothing) {
  stub().SetFaults({{{"on", "share"}, {"answer", 403}}});
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kMoved);
  EXPECT_FALSE(outcome.subject_in_target);
  EXPECT_EQ(ProjectOf(stub().State()), "HOSPITAL");
  EXPECT_TRUE(mover().MoveSession(Release()).subject_in_target);
}

TEST_F(XnatSessionMoverTest, ASessionInItsTargetIsMovedAlready) {
  mover().MoveSession(Release());
  EXPECT_EQ(mover().MoveSession(Release()).state, MoveState::kMoved);
  const json state = stub().State();
  EXPECT_EQ(XnatStub::Count(state, "move"), 1);
  EXPECT_EQ(XnatStub::Count(state, "share"), 1);
}

TEST_F(XnatSessionMoverTest, ASessionThatSomebodyElseMovedIsNotMoved) {
  json world = QuarantineWorld();
  world["experiments"]["E1"]["project"] = "TRIAL";
  stub().SetWorld(world);
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kNotMoved);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kSessionElsewhere));
  EXPECT_EQ(ProjectOf(stub().State()), "TRIAL");
}

TEST_F(XnatSessionMoverTest, AnUnknownTargetMovesNothing) {
  MoveOrder order = Release();
  order.to_project = "NOSUCH";
  const MoveResult outcome = mover().MoveSession(order);
  EXPECT_EQ(outcome.state, MoveState::kNotMoved);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kTargetProjectUnknown));
  EXPECT_EQ(XnatStub::Count(stub().State(), "move"), 0);
}

TEST_F(XnatSessionMoverTest, AnAliasOfAProjectIsNoTarget) {
  json world = QuarantineWorld();
  world["aliases"] = {{"hospital alias", "HOSPITAL"}};
  stub().SetWorld(world);
  MoveOrder order = Release();
  order.to_project = "hospital alias";
  EXPECT_THAT(mover().MoveSession(order).why,
              FailsWith(Reason::kTargetProjectUnknown));
  EXPECT_EQ(ProjectOf(stub().State()), "QUARANTINE");
}

TEST_F(XnatSessionMoverTest, AnUnknownSessionIsNotMoved) {
  MoveOrder order = Release();
  order.experiment_id = "E9";
  const MoveResult outcome = mover().MoveSession(order);
  EXPECT_EQ(outcome.state, MoveState::kNotMoved);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kSessionNotFound));
}

TEST_F(XnatSessionMoverTest, WithoutTheRightToDeleteNothingIsMoved) {
  json world = QuarantineWorld();
  world["rights"] = json::array();
  stub().SetWorld(world);
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kNotMoved);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kXnatRefused));
  EXPECT_EQ(ProjectOf(stub().State()), "QUARANTINE");
}

TEST_F(XnatSessionMoverTest, AnOrderWithinOneProjectIsRefused) {
  MoveOrder order = Release();
  order.to_project = order.from_project;
  EXPECT_THAT(mover().MoveSession(order).why,
              FailsWith(Reason::kInvalidArgument));
  EXPECT_EQ(stub().State().at("asked"), json::array());
}

TEST_F(XnatSessionMoverTest, AnXnatThatIsNotThereMovesNothing) {
  XnatStub gone;
  options_.url = gone.url();
  gone.Stop();
  const MoveResult outcome = mover().MoveSession(Release());
  EXPECT_EQ(outcome.state, MoveState::kNotMoved);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kXnatUnavailable));
  EXPECT_THAT(mover().WhereIs("E1"), FailsWith(Reason::kXnatUnavailable));
}

// XNAT goes on moving after the client has given up.
TEST_F(XnatSessionMoverTest, AMoveThatEndsLateIsUnknownUntilItIsSeen) {
  options_.move_timeout = std::chrono::milliseconds(300);
  stub().SetFaults({{{"on", "move"}, {"commit", "late"}, {"answer", "hang"}}});
  EXPECT_EQ(mover().MoveSession(Release()).state, MoveState::kUnknown);
  EXPECT_EQ(pauses_, options_.looks - 1);
  EXPECT_EQ(*mover().WhereIs("E1"), "QUARANTINE");
  EXPECT_EQ(stub().DoLate().at("late"), 0);
  EXPECT_EQ(*mover().WhereIs("E1"), "HOSPITAL");
  EXPECT_EQ(mover().MoveSession(Release()).state, MoveState::kMoved);
}

TEST_F(XnatSessionMoverTest, AMoveThatEndsWhileItIsLookedForIsSeen) {
  options_.move_timeout = std::chrono::milliseconds(300);
  stub().SetFaults({{{"on", "move"}, {"commit", "late"}, {"answer", "hang"}}});
  XnatSessionMover patient(
      options_, &connection(), &log_,
      [this](std::chrono::milliseconds) { stub().DoLate(); });
  EXPECT_EQ(patient.MoveSession(Release()).state, MoveState::kMoved);
}

TEST_F(XnatSessionMoverTest, OneSessionIsMovedByOneCallAtATime) {
  mover();
  std::vector<MoveState> states(8);
  std::vector<std::thread> threads;
  for (MoveState& state : states) {
    threads.emplace_back([&] { state = mover().MoveSession(Release()).state; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(states, testing::Each(MoveState::kMoved));
  const json state = stub().State();
  EXPECT_EQ(state.at("most_moves_at_once"), 1);
  EXPECT_EQ(XnatStub::Count(state, "move"), 1);
}

TEST_F(XnatSessionMoverTest, SaysWhereASessionIs) {
  EXPECT_EQ(*mover().WhereIs("E1"), "QUARANTINE");
  EXPECT_THAT(mover().WhereIs("E9"), FailsWith(Reason::kSessionNotFound));
  EXPECT_THAT(mover().WhereIs(""), FailsWith(Reason::kInvalidArgument));
  stub().SetFaults({{{"on", "look"}, {"answer", 403}}});
  EXPECT_THAT(mover().WhereIs("E1"), FailsWith(Reason::kXnatRefused));
}

TEST_F(XnatSessionMoverTest, NeitherLogNorErrorHoldsALabelOrTheSecret) {
  stub().SetFaults({{{"on", "move"}, {"answer", 500}}});
  const MoveResult outcome = mover().MoveSession(Release());
  mover().MoveSession(Release());
  const std::string all = log_text_.str() + std::string(outcome.why.message());
  EXPECT_THAT(all, HasSubstr("xnat_move"));
  for (const char* secret : {"DOE", "PID", "secret"}) {
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace burntin
