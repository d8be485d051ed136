#include "server/xnat/session_contents.h"

#include <gmock/gmock.h>

#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::nlohmann::json;

class SessionContentsTest : public XnatFixture {
 protected:
  SessionContentsTest() {
    world_["scan_files"]["E1"] = {
        {"DICOM", 5}, {"secondary", 2}, {"SNAPSHOTS", 14}};
  }

  absl::StatusOr<int> Count(const std::string& experiment = "E1") {
    stub().SetWorld(world_);
    stub().SetFaults(faults_);
    return CountSessionObjects(&connection(), experiment);
  }

  json world_ = QuarantineWorld();
  json faults_ = json::array();
};

TEST_F(SessionContentsTest, EachFileOfEachScanIsAnObjectButSnapshots) {
  const auto objects = Count();
  ASSERT_THAT(objects, IsOk());
  EXPECT_EQ(*objects, 7);
}

TEST_F(SessionContentsTest, ASessionWithoutFilesHasNone) {
  world_["scan_files"].clear();
  EXPECT_EQ(*Count(), 0);
}

TEST_F(SessionContentsTest, BurntinsOwnReportsDoNotCount) {
  world_["files"]["E1"] = {{"report.json", "e30="}};
  EXPECT_EQ(*Count(), 7);
}

TEST_F(SessionContentsTest, FilesBesideTheScansHoldTheSession) {
  world_["resources"]["E1"] = {"PDF"};
  EXPECT_THAT(Count(), FailsWith(Reason::kSessionIncomplete));
}

TEST_F(SessionContentsTest, ASessionThatIsNotThereHasNoNumber) {
  EXPECT_THAT(Count("E2"), FailsWith(Reason::kSessionNotFound));
}

TEST_F(SessionContentsTest, AnAnswerThatIsNoneIsNotTakenForAnEmptyList) {
  for (const char* operation : {"resources", "scan_files"}) {
    for (const json& answer :
         {json("garbage"), json("html"), json("cut"), json(500), json(403)}) {
      faults_ = {{{"on", operation}, {"answer", answer}, {"times", 2}}};
      EXPECT_FALSE(Count().ok()) << operation << answer;
    }
  }
}

}  // namespace
}  // namespace burntin
