// DASHER's user test "Import - Quarantine", as far as XNAT has a part in it:
// a session of an excluded model lies in QUARANTINE, an admin moves it out, and
// a label that the hospital's project has already is an error that moves
// nothing.
#include <gmock/gmock.h>

#include "server/xnat/xnat_report_store.h"
#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::nlohmann::json;

// The hospital has another patient's session of the same label.
json WorldWithConflict(const std::string& label_in_hospital) {
  json world = QuarantineWorld();
  world["subjects"]["S2"] = {{"project", "HOSPITAL"}, {"label", "ROE^RICHARD"}};
  world["experiments"]["E2"] = {
      {"project", "HOSPITAL"}, {"label", label_in_hospital}, {"subject", "S2"}};
  return world;
}

class DasherUserTest : public XnatFixture {};

TEST_F(DasherUserTest, AQuarantinedSessionIsMovedOutOnceItsLabelIsFree) {
  // The model Aera is excluded, so the import has gone to QUARANTINE.
  stub().SetWorld(WorldWithConflict(kSessionLabel));
  EXPECT_EQ(Project("E1"), "QUARANTINE");

  const MoveReport refused = mover().Move(Release());
  EXPECT_EQ(refused.place, Place::kWhereItWas);
  EXPECT_THAT(refused.why, FailsWith(Reason::kLabelConflict));
  json state = stub().State();
  EXPECT_EQ(ProjectOf(state, "E1"), "QUARANTINE");
  EXPECT_EQ(ProjectOf(state, "E2"), "HOSPITAL");
  EXPECT_EQ(state.at("commits"), json::array());
  EXPECT_EQ(state.at("shared_subjects").at("S1"), json::object());

  // The other session is renamed, and the admin tries again.
  stub().SetWorld(WorldWithConflict("PID 8"));
  const MoveReport moved = mover().Move(Release());
  EXPECT_EQ(moved.place, Place::kInTarget);
  EXPECT_THAT(XnatReportStore(options_, &connection())
                  .Store("E1", {"report.json", "JSON", "application/json",
                                "{\"verdict\": \"VERDICT_REVIEW\"}"}),
              IsOk());
  state = stub().State();
  EXPECT_EQ(ProjectOf(state, "E1"), "HOSPITAL");
  EXPECT_EQ(state.at("commits"), json({{"E1", "QUARANTINE", "HOSPITAL"}}));
  EXPECT_EQ(state.at("shared_subjects").at("S1"),
            json({{"HOSPITAL", kSubjectLabel}}));
  EXPECT_EQ(state.at("files").at("E1").at("report.json"),
            "{\"verdict\": \"VERDICT_REVIEW\"}");
}

}  // namespace
}  // namespace burntin
