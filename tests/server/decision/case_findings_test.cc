#include "server/decision/case_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detector/base/error.h"
#include "server/digest/sha256.h"
#include "tests/server/decision/decided_session.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(CaseFindingsTest, AClearObjectHasNone) {
  SessionDecision session = SessionOf({{"1.1", ReportOf(v1::VERDICT_CLEAR)}});
  const CaseFindings found = FindingsOf(session, /*include_text=*/true);
  EXPECT_THAT(found.findings, IsEmpty());
  EXPECT_EQ(found.total, 0);
  EXPECT_FALSE(found.truncated);
}

TEST(CaseFindingsTest, EachTextOfEachObjectIsOneUnlessItIsBenign) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_IDENTIFYING);
  AddRegion(v1::CATEGORY_BENIGN, 0, "L", &report);
  AddRegion(v1::CATEGORY_DATE, 0.25, "1970", &report);
  AddRegion(v1::CATEGORY_PERSON_NAME, 0.75, "DOE^JANE", &report);
  const CaseFindings found =
      FindingsOf(SessionOf({{"1.1", report}, {"1.2", report}}),
                 /*include_text=*/true);
  ASSERT_THAT(found.findings, SizeIs(4));
  EXPECT_EQ(found.total, 4);
  const v1::Finding& first = found.findings[0].finding;
  EXPECT_EQ(first.sop_instance_uid(), "1.1");
  EXPECT_EQ(first.region().text(), "DOE^JANE");
  EXPECT_EQ(first.instances_total(), 1);
  EXPECT_THAT(first.reasons(), SizeIs(1));
  EXPECT_EQ(found.findings[1].finding.sop_instance_uid(), "1.2");
  EXPECT_EQ(found.findings[3].finding.region().score(), 0.25);
  for (const FindingRecord& one : found.findings) {
    EXPECT_TRUE(one.has_picture);
  }
}

// A session of one object of which two pictures were kept.
SessionDecision SessionWithPictures(const v1::InstanceReport& report) {
  SessionDecision session = SessionOf({{"1.1", report}});
  StoredReport stored = *session.instances[0].report;
  stored.pictures.push_back({{TextSha256("of text"), 3, 8, 8}, {1}, false});
  stored.pictures.push_back({{TextSha256("of all"), 0, 8, 8}, {}, true});
  session.instances[0].report = std::make_shared<StoredReport>(stored);
  return session;
}

TEST(CaseFindingsTest, EachFindingHasThePictureThatWasKeptOfIt) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_INDETERMINATE);
  AddRegion(v1::CATEGORY_BENIGN, 0, "L", &report);
  AddRegion(v1::CATEGORY_DATE, 0.5, "1970", &report);
  AddRegion(v1::CATEGORY_DATE, 0.25, "1971", &report);
  const CaseFindings found =
      FindingsOf(SessionWithPictures(report), /*include_text=*/false);
  ASSERT_THAT(found.findings, SizeIs(3));
  EXPECT_EQ(found.findings[0].evidence->sha256, TextSha256("of all"));
  EXPECT_EQ(found.findings[1].evidence->sha256, TextSha256("of text"));
  EXPECT_EQ(found.findings[1].evidence->frame_index, 3);
  EXPECT_FALSE(found.findings[2].evidence.has_value());
  EXPECT_TRUE(found.findings[2].has_picture);
}

TEST(CaseFindingsTest, TextOfAPresentationStateHasNoPicture) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_IDENTIFYING);
  AddRegion(v1::CATEGORY_PERSON_NAME, 0.5, "DOE^JANE", &report);
  report.mutable_regions(0)->set_source(v1::SOURCE_GRAPHIC_ANNOTATION);
  const CaseFindings found =
      FindingsOf(SessionOf({{"1.1", report}}), /*include_text=*/false);
  ASSERT_THAT(found.findings, SizeIs(1));
  EXPECT_FALSE(found.findings[0].has_picture);
}

TEST(CaseFindingsTest, FurtherPicturesAreAFurtherBasis) {
  const v1::InstanceReport report = ReportOf(v1::VERDICT_REVIEW);
  EXPECT_NE(BasisSha256(SessionWithPictures(report)),
            BasisSha256(SessionOf({{"1.1", report}})));
}

TEST(CaseFindingsTest, TextIsLeftOutUnlessTheSiteAllowsIt) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_IDENTIFYING);
  AddRegion(v1::CATEGORY_PERSON_NAME, 0.75, "DOE^JANE", &report);
  const CaseFindings found =
      FindingsOf(SessionOf({{"1.1", report}}), /*include_text=*/false);
  ASSERT_THAT(found.findings, SizeIs(1));
  EXPECT_EQ(found.findings[0].finding.region().text(), "");
}

TEST(CaseFindingsTest, AnObjectHeldWithoutSuchTextIsAFindingAsAWhole) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_REVIEW);
  AddRegion(v1::CATEGORY_BENIGN, 0, "L", &report);
  const CaseFindings found =
      FindingsOf(SessionOf({{"1.1", report}}), /*include_text=*/true);
  ASSERT_THAT(found.findings, SizeIs(1));
  EXPECT_FALSE(found.findings[0].finding.has_region());
  EXPECT_TRUE(found.findings[0].has_picture);
}

TEST(CaseFindingsTest, AnObjectThatWasInspectedInPartIsOneBesideItsTexts) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_INDETERMINATE);
  report.set_frames_inspected(1);
  AddRegion(v1::CATEGORY_DATE, 0.25, "1970", &report);
  const CaseFindings found =
      FindingsOf(SessionOf({{"1.1", report}}), /*include_text=*/true);
  ASSERT_THAT(found.findings, SizeIs(2));
  EXPECT_FALSE(found.findings[0].finding.has_region());
  EXPECT_TRUE(found.findings[0].has_picture);
}

TEST(CaseFindingsTest, OnlyWhatCannotBeDecodedHasNoPicture) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_INDETERMINATE);
  report.mutable_reasons(0)->set_code("FRAME_DECODE_FAILED");
  EXPECT_FALSE(
      FindingsOf(SessionOf({{"1.1", report}}), false).findings[0].has_picture);
  for (const char* code : {"MODEL_NOT_LOADED", "FILE_TOO_LARGE",
                           "PIXEL_LIMIT_EXCEEDED", "OF_A_LATER_VERSION"}) {
    report.mutable_reasons(0)->set_code(code);
    EXPECT_TRUE(
        FindingsOf(SessionOf({{"1.1", report}}), false).findings[0].has_picture)
        << code;
  }
  report.clear_reasons();
  EXPECT_TRUE(
      FindingsOf(SessionOf({{"1.1", report}}), false).findings[0].has_picture);
}

TEST(CaseFindingsTest, AnObjectWithoutReportIsAFindingThatCannotBeShown) {
  const CaseFindings found = FindingsOf(SessionOf({{"1.1", std::nullopt}}),
                                        /*include_text=*/true);
  ASSERT_THAT(found.findings, SizeIs(1));
  EXPECT_EQ(found.findings[0].finding.reasons(0).code(),
            "INSTANCE_NOT_INSPECTED");
  EXPECT_TRUE(found.findings[0].has_picture);
}

TEST(CaseFindingsTest, WhatIsLeftOutIsSaid) {
  v1::InstanceReport report = ReportOf(v1::VERDICT_IDENTIFYING);
  AddRegion(v1::CATEGORY_DATE, 0.25, "1970", &report);
  report.set_regions_truncated(true);
  EXPECT_TRUE(FindingsOf(SessionOf({{"1.1", report}}), false).truncated);
  report.set_regions_truncated(false);
  for (int i = 0; i < kMostFindings; ++i) {
    AddRegion(v1::CATEGORY_DATE, 0.5, "1970", &report);
  }
  const CaseFindings found = FindingsOf(SessionOf({{"1.1", report}}), false);
  EXPECT_THAT(found.findings, SizeIs(kMostFindings));
  EXPECT_EQ(found.total, kMostFindings + 1);
  EXPECT_TRUE(found.truncated);
}

TEST(BasisSha256Test, IsTheSameWhateverTheOrderAndTheClock) {
  v1::InstanceReport slow = ReportOf(v1::VERDICT_CLEAR);
  slow.mutable_timings()->set_total_ms(7);
  slow.set_path("elsewhere");
  EXPECT_EQ(BasisSha256(SessionOf({{"1.1", ReportOf(v1::VERDICT_CLEAR)},
                                   {"1.2", ReportOf(v1::VERDICT_REVIEW)}})),
            BasisSha256(SessionOf(
                {{"1.2", ReportOf(v1::VERDICT_REVIEW)}, {"1.1", slow}})));
}

TEST(BasisSha256Test, DiffersWithAllThatDecides) {
  const SessionDecision session =
      SessionOf({{"1.1", ReportOf(v1::VERDICT_CLEAR)}});
  std::vector<SessionDecision> others(5, session);
  others[0].instances[0].sha256 = std::string(64, 'b');
  others[1].instances[0].report = nullptr;
  others[2].instances_expected = 2;
  others[3].decision.target_project = "TRIAL";
  others[4] = SessionOf({{"1.1", ReportOf(v1::VERDICT_REVIEW)}});
  for (const SessionDecision& other : others) {
    EXPECT_NE(BasisSha256(other), BasisSha256(session));
  }
}

}  // namespace
}  // namespace burntin
