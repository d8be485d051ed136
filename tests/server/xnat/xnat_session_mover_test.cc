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
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kInTarget);
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
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kWhereItWas);
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
  EXPECT_EQ(mover().Move(Release()).place, Place::kInTarget);
  EXPECT_EQ(ProjectOf(stub().State()), "HOSPITAL");
}

TEST_F(XnatSessionMoverTest, ASubjectOfThatLabelInTheTargetIsLeftAsItIs) {
  json world = QuarantineWorld();
  world["subjects"]["S2"] = {{"project", "HOSPITAL"}, {"label", kSubjectLabel}};
  stub().SetWorld(world);
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kInTarget);
  EXPECT_EQ(XnatStub::Count(stub().State(), "share"), 0);
}

TEST_F(XnatSessionMoverTest, ASubjectThatCannotBeSharedIsSaidAndUndoesNothing) {
  stub().SetFaults({{{"on", "share"}, {"answer", 403}}});
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kInTarget);
  EXPECT_EQ(stub().State().at("shared_subjects").at("S1"), json::object());
  EXPECT_THAT(log_text_.str(), HasSubstr("xnat_subject_not_shared"));
  EXPECT_EQ(ProjectOf(stub().State()), "HOSPITAL");
  EXPECT_EQ(mover().Move(Release()).place, Place::kInTarget);
  EXPECT_EQ(stub().State().at("shared_subjects").at("S1"),
            json({{"HOSPITAL", kSubjectLabel}}));
}

TEST_F(XnatSessionMoverTest, ASessionInItsTargetIsMovedAlready) {
  mover().Move(Release());
  EXPECT_EQ(mover().Move(Release()).place, Place::kInTarget);
  const json state = stub().State();
  EXPECT_EQ(XnatStub::Count(state, "move"), 1);
  EXPECT_EQ(XnatStub::Count(state, "share"), 1);
}

TEST_F(XnatSessionMoverTest, ASessionThatSomebodyElseMovedIsNotMoved) {
  json world = QuarantineWorld();
  world["experiments"]["E1"]["project"] = "TRIAL";
  stub().SetWorld(world);
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kUnknown);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kSessionElsewhere));
  EXPECT_EQ(ProjectOf(stub().State()), "TRIAL");
}

TEST_F(XnatSessionMoverTest, AnUnknownTargetMovesNothing) {
  MoveOrder order = Release();
  order.target_project = "NOSUCH";
  const MoveReport outcome = mover().Move(order);
  EXPECT_EQ(outcome.place, Place::kWhereItWas);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kTargetProjectUnknown));
  EXPECT_EQ(XnatStub::Count(stub().State(), "move"), 0);
}

TEST_F(XnatSessionMoverTest, AnAliasOfAProjectIsNoTarget) {
  json world = QuarantineWorld();
  world["aliases"] = {{"hospital alias", "HOSPITAL"}};
  stub().SetWorld(world);
  MoveOrder order = Release();
  order.target_project = "hospital alias";
  EXPECT_THAT(mover().Move(order).why,
              FailsWith(Reason::kTargetProjectUnknown));
  EXPECT_EQ(ProjectOf(stub().State()), "QUARANTINE");
}

TEST_F(XnatSessionMoverTest, AnUnknownSessionIsNotMoved) {
  MoveOrder order = Release();
  order.location->set_experiment_id("E9");
  const MoveReport outcome = mover().Move(order);
  EXPECT_EQ(outcome.place, Place::kWhereItWas);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kSessionNotFound));
}

TEST_F(XnatSessionMoverTest, WithoutTheRightToDeleteNothingIsMoved) {
  json world = QuarantineWorld();
  world["rights"] = json::array();
  stub().SetWorld(world);
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kWhereItWas);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kXnatRefused));
  EXPECT_EQ(ProjectOf(stub().State()), "QUARANTINE");
}

TEST_F(XnatSessionMoverTest, AnOrderWithinOneProjectIsRefused) {
  MoveOrder order = Release();
  order.target_project = order.location->project();
  EXPECT_THAT(mover().Move(order).why, FailsWith(Reason::kInvalidArgument));
  EXPECT_EQ(stub().State().at("asked"), json::array());
}

TEST_F(XnatSessionMoverTest, AnXnatThatIsNotThereMovesNothing) {
  XnatStub gone;
  options_.url = gone.url();
  gone.Stop();
  const MoveReport outcome = mover().Move(Release());
  EXPECT_EQ(outcome.place, Place::kWhereItWas);
  EXPECT_THAT(outcome.why, FailsWith(Reason::kXnatUnavailable));
  EXPECT_THAT(mover().Check(Release()), FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(mover().Locate(Release()).place, Place::kUnknown);
}

// XNAT goes on moving after the client has given up.
TEST_F(XnatSessionMoverTest, AMoveThatEndsLateIsUnknownUntilItIsSeen) {
  options_.move_timeout = std::chrono::milliseconds(300);
  stub().SetFaults({{{"on", "move"}, {"commit", "late"}, {"answer", "hang"}}});
  EXPECT_EQ(mover().Move(Release()).place, Place::kUnknown);
  EXPECT_EQ(pauses_, options_.looks - 1);
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  EXPECT_EQ(stub().DoLate().at("late"), 0);
  EXPECT_EQ(Project("E1"), "HOSPITAL");
  EXPECT_EQ(mover().Move(Release()).place, Place::kInTarget);
}

TEST_F(XnatSessionMoverTest, AMoveThatEndsWhileItIsLookedForIsSeen) {
  options_.move_timeout = std::chrono::milliseconds(300);
  stub().SetFaults({{{"on", "move"}, {"commit", "late"}, {"answer", "hang"}}});
  XnatSessionMover patient(
      options_, &connection(), &log_,
      [this](std::chrono::milliseconds) { stub().DoLate(); });
  EXPECT_EQ(patient.Move(Release()).place, Place::kInTarget);
}

TEST_F(XnatSessionMoverTest, OneSessionIsMovedByOneCallAtATime) {
  mover();
  std::vector<Place> states(8);
  std::vector<std::thread> threads;
  for (Place& state : states) {
    threads.emplace_back([&] { state = mover().Move(Release()).place; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(states, testing::Each(Place::kInTarget));
  const json state = stub().State();
  EXPECT_EQ(state.at("most_moves_at_once"), 1);
  EXPECT_EQ(XnatStub::Count(state, "move"), 1);
}

TEST_F(XnatSessionMoverTest, ASessionThatIsWhereItWasIsBelievedOnlyLater) {
  auto now = std::chrono::steady_clock::now();
  XnatSessionMover patient(
      options_, &connection(), &log_, [](std::chrono::milliseconds) {},
      [&] { return now; });
  // Who asked before this process began is not known.
  MoveReport seen = patient.Locate(Release());
  EXPECT_EQ(seen.place, Place::kUnknown);
  EXPECT_THAT(seen.why, FailsWith(Reason::kXnatUnavailable));
  now += options_.settle_time;
  EXPECT_EQ(patient.Locate(Release()).place, Place::kWhereItWas);
  // Nor is a move settled that was asked for and not answered.
  stub().SetFaults({{{"on", "move"}, {"commit", false}, {"answer", "cut"}}});
  EXPECT_EQ(patient.Move(Release()).place, Place::kUnknown);
  EXPECT_EQ(patient.Locate(Release()).place, Place::kUnknown);
  stub().SetFaults({{{"on", "look"}, {"answer", 500}}});
  EXPECT_EQ(patient.Move(Release()).place, Place::kUnknown);
  now += options_.settle_time;
  EXPECT_EQ(patient.Locate(Release()).place, Place::kWhereItWas);
  EXPECT_EQ(patient.Move(Release()).place, Place::kInTarget);
  EXPECT_EQ(patient.Locate(Release()).place, Place::kInTarget);
}

TEST_F(XnatSessionMoverTest, WhatCannotBeSeenIsUnknown) {
  MoveOrder order = Release();
  order.location->set_experiment_id("E9");
  EXPECT_EQ(mover().Locate(order).place, Place::kUnknown);
  EXPECT_THAT(mover().Locate(order).why, FailsWith(Reason::kSessionNotFound));
  stub().SetFaults({{{"on", "look"}, {"answer", 403}}});
  EXPECT_THAT(mover().Locate(Release()).why, FailsWith(Reason::kXnatRefused));
  order = Release();
  order.location->set_project("TRIAL");
  EXPECT_EQ(mover().Locate(order).place, Place::kUnknown);
  EXPECT_THAT(mover().Locate(order).why, FailsWith(Reason::kSessionElsewhere));
}

TEST_F(XnatSessionMoverTest, ACheckSaysWhatAMoveWouldAndChangesNothing) {
  EXPECT_THAT(mover().Check(Release()), IsOk());
  MoveOrder order = Release();
  order.target_project = "NOSUCH";
  EXPECT_THAT(mover().Check(order), FailsWith(Reason::kTargetProjectUnknown));
  order = Release();
  order.location->set_project("TRIAL");
  EXPECT_THAT(mover().Check(order), FailsWith(Reason::kSessionElsewhere));
  json world = QuarantineWorld();
  world["experiments"]["E2"] = {
      {"project", "HOSPITAL"}, {"label", kSessionLabel}, {"subject", "S1"}};
  stub().SetWorld(world);
  EXPECT_THAT(mover().Check(Release()), FailsWith(Reason::kLabelConflict));
  const json state = stub().State();
  EXPECT_EQ(XnatStub::Count(state, "move"), 0);
  EXPECT_EQ(XnatStub::Count(state, "share"), 0);
}

TEST_F(XnatSessionMoverTest, NobodyMovesASessionThatIsNotInXnat) {
  MoveOrder order = Release();
  order.location.reset();
  EXPECT_THAT(mover().Check(order), IsOk());
  EXPECT_EQ(mover().Move(order).place, Place::kNobodyMoves);
  EXPECT_EQ(mover().Locate(order).place, Place::kNobodyMoves);
  EXPECT_EQ(stub().State().at("asked"), json::array());
}

TEST_F(XnatSessionMoverTest, NeitherLogNorErrorHoldsALabelOrTheSecret) {
  stub().SetFaults({{{"on", "move"}, {"answer", 500}}});
  const MoveReport outcome = mover().Move(Release());
  mover().Move(Release());
  const std::string all = log_text_.str() + std::string(outcome.why.message());
  EXPECT_THAT(all, HasSubstr("xnat_move"));
  for (const char* secret : {"DOE", "PID", "secret"}) {
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace burntin
