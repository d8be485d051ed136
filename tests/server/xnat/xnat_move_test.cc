// What the client answers, and where the session is then, after every way in
// which a move may go wrong.
#include <gmock/gmock.h>

#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

struct MoveCase {
  const char* name;
  json faults;
  Place state;
  std::optional<Reason> why;
  const char* project;  // where the session is in XNAT afterwards
  std::chrono::milliseconds move_timeout = std::chrono::seconds(60);
};

constexpr std::chrono::milliseconds kShort(300);

class XnatMoveTest : public XnatFixture,
                     public testing::WithParamInterface<MoveCase> {};

TEST_P(XnatMoveTest, SaysWhatHappened) {
  const MoveCase& tested = GetParam();
  options_.move_timeout = tested.move_timeout;
  stub().SetFaults(tested.faults);
  const MoveReport outcome = mover().Move(Release());
  const json state = stub().State();
  EXPECT_EQ(state.at("faults_left"), json::array()) << "a fault did not happen";
  EXPECT_EQ(outcome.place, tested.state);
  if (tested.why) {
    EXPECT_THAT(outcome.why, FailsWith(*tested.why));
  } else {
    EXPECT_THAT(outcome.why, IsOk());
  }
  EXPECT_EQ(ProjectOf(state), tested.project);
  EXPECT_THAT(log_text_.str(), Not(HasSubstr("DOE")));
  EXPECT_THAT(log_text_.str(), Not(HasSubstr("PID")));
}

// Whatever happened, repeating the order ends with the session in its target.
TEST_P(XnatMoveTest, ARepeatMovesTheSession) {
  const MoveCase& tested = GetParam();
  options_.move_timeout = tested.move_timeout;
  stub().SetFaults(tested.faults);
  mover().Move(Release());
  stub().SetFaults(json::array());
  options_.move_timeout = std::chrono::seconds(60);
  XnatSessionMover second(options_, &connection(), &log_);
  const MoveReport outcome = second.Move(Release());
  EXPECT_EQ(outcome.place, Place::kInTarget);
  EXPECT_THAT(outcome.why, IsOk());
  const json state = stub().State();
  EXPECT_EQ(ProjectOf(state), "HOSPITAL");
  EXPECT_EQ(state.at("shared_subjects").at("S1"),
            json({{"HOSPITAL", kSubjectLabel}}));
}

json OnMove(const json& commit, const json& answer, int times = 1) {
  return {{{"on", "move"},
           {"commit", commit},
           {"answer", answer},
           {"times", times}}};
}

constexpr auto kMoved = Place::kInTarget;
constexpr auto kNotMoved = Place::kWhereItWas;
constexpr auto kUnknown = Place::kUnknown;
constexpr auto kUnavailable = Reason::kXnatUnavailable;

INSTANTIATE_TEST_SUITE_P(
    Xnat, XnatMoveTest,
    testing::Values(
        MoveCase{"ItIsMoved", json::array(), kMoved, {}, "HOSPITAL"},
        MoveCase{"ARefusal409ThatMovedNothing", OnMove(false, 409), kNotMoved,
                 Reason::kLabelConflict, "QUARANTINE"},
        MoveCase{"ARefusal409ThatMovedAnyway",
                 OnMove(true, 409),
                 kMoved,
                 {},
                 "HOSPITAL"},
        MoveCase{"AnError500ThatMovedNothing", OnMove(false, 500), kNotMoved,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"AnError500ThatMovedAnyway",
                 OnMove(true, 500),
                 kMoved,
                 {},
                 "HOSPITAL"},
        MoveCase{"ARefusal403", OnMove(false, 403), kNotMoved,
                 Reason::kXnatRefused, "QUARANTINE"},
        MoveCase{"ARefusal404", OnMove(false, 404), kNotMoved,
                 Reason::kTargetProjectUnknown, "QUARANTINE"},
        MoveCase{"ASuccessThatMovedNothing", OnMove(false, 200), kUnknown,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"AConnectionCutBeforeTheMove", OnMove(false, "cut"), kUnknown,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"AConnectionCutAfterTheMove",
                 OnMove(true, "cut"),
                 kMoved,
                 {},
                 "HOSPITAL"},
        MoveCase{"NoAnswerAndNoMove", OnMove(false, "hang"), kUnknown,
                 kUnavailable, "QUARANTINE", kShort},
        MoveCase{"NoAnswerAfterTheMove",
                 OnMove(true, "hang"),
                 kMoved,
                 {},
                 "HOSPITAL",
                 kShort},
        MoveCase{"AGatewayTimesOutBeforeTheMove", OnMove(false, 504), kUnknown,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"AGatewayTimesOutAfterTheMove",
                 OnMove(true, 504),
                 kMoved,
                 {},
                 "HOSPITAL"},
        MoveCase{
            "TheLoginPageOnce", OnMove(false, "html"), kMoved, {}, "HOSPITAL"},
        MoveCase{"TheLoginPageTwice", OnMove(false, "html", 2), kUnknown,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"TheSessionExpiresRightBeforeTheMove",
                 OnMove(false, 401),
                 kMoved,
                 {},
                 "HOSPITAL"},
        MoveCase{"TheMovedSessionCannotBeSeen",
                 json({{{"on", "move"}, {"commit", true}, {"answer", 409}},
                       {{"on", "look"}, {"answer", "as_usual"}},
                       {{"on", "look"}, {"answer", "cut"}}}),
                 kUnknown, kUnavailable, "HOSPITAL"},
        MoveCase{"TheFirstLookFails", json({{{"on", "look"}, {"answer", 500}}}),
                 kNotMoved, kUnavailable, "QUARANTINE"},
        MoveCase{"TheFirstLookIsGarbage",
                 json({{{"on", "look"}, {"answer", "garbage"}}}), kNotMoved,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"TheFirstLookIsHuge",
                 json({{{"on", "look"}, {"answer", "huge"}}}), kNotMoved,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"TheLabelCannotBeChecked",
                 json({{{"on", "label"}, {"answer", 500}}}), kNotMoved,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"TheTargetCannotBeChecked",
                 json({{{"on", "target"}, {"answer", 500}}}), kNotMoved,
                 kUnavailable, "QUARANTINE"},
        MoveCase{"TheTargetMayNotBeRead",
                 json({{{"on", "target"}, {"answer", 403}}}), kNotMoved,
                 Reason::kTargetProjectUnknown, "QUARANTINE"}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace burntin
