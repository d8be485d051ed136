#include "server/evidence/stored_evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "detector/base/error.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

class StoredEvidenceTest : public testing::Test {
 protected:
  StoredEvidenceTest() {
    const std::string digest = store_->Add("a picture")->sha256;
    for (const char* id : {"f1", "f2"}) {
      file_.quarantine_case.add_findings()->set_finding_id(id);
    }
    file_.evidence["f1"] = {digest, 3, 800, 1'600};
    file_.findings_without_picture = {"f2"};
  }

  absl::StatusOr<Evidence> Show(int finding, std::optional<int> frame = {},
                                int max_side = 1'600) {
    return evidence_.Render(file_, file_.quarantine_case.findings(finding),
                            frame, max_side);
  }

  TempDir folder_;
  std::unique_ptr<EvidenceStore> store_ =
      *EvidenceStore::Open({.directory = folder_.File("evidence")});
  StoredEvidence evidence_{store_.get(),
                           [](RenderedFrame frame, int max_side, int64_t) {
                             frame.png += " of " + std::to_string(max_side);
                             frame.scale = max_side / 1'600.0;
                             return frame;
                           }};
  CaseFile file_;
};

TEST_F(StoredEvidenceTest, AKeptPictureIsShownAsItIs) {
  const auto shown = Show(0);
  ASSERT_THAT(shown, IsOk());
  EXPECT_EQ(shown->png, "a picture");
  EXPECT_EQ(shown->frame_index, 3);
  EXPECT_EQ(shown->scale, 0.5);
  EXPECT_EQ(Show(0, 3)->png, "a picture");
}

TEST_F(StoredEvidenceTest, ASmallerOneIsMadeOfIt) {
  const auto shown = Show(0, {}, 400);
  ASSERT_THAT(shown, IsOk());
  EXPECT_EQ(shown->png, "a picture of 400");
  EXPECT_EQ(shown->scale, 0.25);
}

TEST_F(StoredEvidenceTest, AnotherFrameWasNotKept) {
  EXPECT_THAT(Show(0, 2), FailsWith(Reason::kEvidenceUnavailable));
}

TEST_F(StoredEvidenceTest, AFindingWithoutPictureShowsNone) {
  EXPECT_THAT(Show(1), FailsWith(Reason::kEvidenceUnavailable));
}

TEST_F(StoredEvidenceTest, ACaseIsWholeWhileEachPictureIsThere) {
  EXPECT_THAT(evidence_.CheckKept(file_), IsOk());
  std::filesystem::remove_all(folder_.File("evidence"));
  EXPECT_THAT(evidence_.CheckKept(file_),
              FailsWith(Reason::kEvidenceUnavailable));
  EXPECT_THAT(Show(0), FailsWith(Reason::kEvidenceUnavailable));
}

TEST_F(StoredEvidenceTest, AFindingWhosePictureWasNeverTakenIsNoticed) {
  file_.findings_without_picture.clear();
  EXPECT_THAT(evidence_.CheckKept(file_),
              FailsWith(Reason::kEvidenceUnavailable));
}

TEST_F(StoredEvidenceTest, AServerWithoutPicturesReleasesOnlyWhatHasNone) {
  NoEvidence none;
  EXPECT_THAT(none.CheckKept(file_), FailsWith(Reason::kEvidenceUnavailable));
  file_.findings_without_picture = {"f1", "f2"};
  EXPECT_THAT(none.CheckKept(file_), IsOk());
}

}  // namespace
}  // namespace burntin
