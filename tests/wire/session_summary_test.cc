#include "wire/session_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace burntin {
namespace {

struct Made {
  std::string study = "1.2";
  std::string series = "1.2.1";
  std::string path = "a.dcm";
  v1::Verdict verdict = v1::VERDICT_CLEAR;
  double risk = 0;
  std::vector<std::string> reasons = {};
};

v1::InstanceReport Make(const Made& made) {
  v1::InstanceReport report;
  report.set_study_instance_uid(made.study);
  report.set_series_instance_uid(made.series);
  report.set_sop_instance_uid(made.path + ".uid");
  report.set_path(made.path);
  report.set_modality("US");
  report.set_verdict(made.verdict);
  report.set_risk(made.risk);
  for (const std::string& code : made.reasons) {
    v1::Reason* reason = report.add_reasons();
    reason->set_code(code);
    reason->set_message("About " + made.path + ".");
  }
  return report;
}

std::vector<v1::SessionReport> Summarize(
    const std::vector<v1::InstanceReport>& reports) {
  SessionSummary summary;
  for (const v1::InstanceReport& report : reports) summary.Add(report);
  return summary.Reports();
}

TEST(SessionSummaryTest, NothingGivesNoSession) {
  EXPECT_TRUE(Summarize({}).empty());
}

struct OrderCase {
  const char* name;
  v1::Verdict better;
  v1::Verdict worse;
};

class OrderTest : public testing::TestWithParam<OrderCase> {};

TEST_P(OrderTest, TheWorstObjectDecides) {
  const auto [name, better, worse] = GetParam();
  const auto sessions =
      Summarize({Make({.path = "b", .verdict = worse, .risk = 0.25}),
                 Make({.path = "a", .verdict = better, .risk = 0.5})});
  ASSERT_EQ(sessions.size(), 1);
  EXPECT_EQ(sessions[0].verdict(), worse);
  EXPECT_EQ(sessions[0].worst_path(), "b");
  EXPECT_EQ(sessions[0].worst_sop_instance_uid(), "b.uid");
  EXPECT_EQ(sessions[0].risk(), 0.5);
}

INSTANTIATE_TEST_SUITE_P(
    SessionSummary, OrderTest,
    testing::Values(OrderCase{"TextToReviewIsWorseThanNone", v1::VERDICT_CLEAR,
                              v1::VERDICT_REVIEW},
                    OrderCase{"NotInspectedIsWorseThanTextToReview",
                              v1::VERDICT_REVIEW, v1::VERDICT_INDETERMINATE},
                    OrderCase{"ANameIsWorst", v1::VERDICT_INDETERMINATE,
                              v1::VERDICT_IDENTIFYING}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(SessionSummaryTest, AnUnknownVerdictCountsAsIndeterminate) {
  const auto sessions =
      Summarize({Make({.verdict = static_cast<v1::Verdict>(99)}),
                 Make({.verdict = v1::VERDICT_CLEAR})});
  ASSERT_EQ(sessions.size(), 1);
  EXPECT_EQ(sessions[0].verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(sessions[0].verdict_counts().indeterminate(), 1);
  EXPECT_EQ(sessions[0].verdict_counts().clear(), 1);
  EXPECT_EQ(sessions[0].series(0).verdict(), v1::VERDICT_INDETERMINATE);
}

TEST(SessionSummaryTest, ObjectsWithoutAStudyAreOneSession) {
  const auto sessions = Summarize(
      {Make({.study = ""}), Make({.study = "1.3"}), Make({.study = ""})});
  ASSERT_EQ(sessions.size(), 2);
  EXPECT_EQ(sessions[0].study_instance_uid(), "");
  EXPECT_EQ(sessions[0].instances_total(), 2);
  EXPECT_EQ(sessions[1].study_instance_uid(), "1.3");
}

TEST(SessionSummaryTest, AReasonIsListedOnceWithTheWorstObjectsFirst) {
  const auto sessions =
      Summarize({Make({.path = "a",
                       .verdict = v1::VERDICT_REVIEW,
                       .reasons = {"UNPROVEN_TEXT"}}),
                 Make({.path = "b",
                       .verdict = v1::VERDICT_IDENTIFYING,
                       .reasons = {"HEADER_MATCH", "UNPROVEN_TEXT"}})});
  ASSERT_EQ(sessions[0].reasons_size(), 2);
  EXPECT_EQ(sessions[0].reasons(0).code(), "HEADER_MATCH");
  EXPECT_EQ(sessions[0].reasons(1).code(), "UNPROVEN_TEXT");
  EXPECT_EQ(sessions[0].reasons(1).message(), "About b.");
}

TEST(SessionSummaryTest, SeriesAreSummedUpEach) {
  const auto sessions = Summarize(
      {Make({.series = "2", .verdict = v1::VERDICT_REVIEW, .risk = 0.5}),
       Make({.series = "1"}), Make({.series = "2", .path = "b"})});
  ASSERT_EQ(sessions[0].series_size(), 2);
  EXPECT_EQ(sessions[0].series(0).series_instance_uid(), "1");
  EXPECT_EQ(sessions[0].series(0).verdict(), v1::VERDICT_CLEAR);
  EXPECT_EQ(sessions[0].series(1).verdict(), v1::VERDICT_REVIEW);
  EXPECT_EQ(sessions[0].series(1).instances_total(), 2);
  EXPECT_EQ(sessions[0].series(1).risk(), 0.5);
  EXPECT_EQ(sessions[0].series(1).modality(), "US");
}

std::string Fingerprint(const std::vector<v1::InstanceReport>& reports) {
  std::string all;
  for (const v1::SessionReport& session : Summarize(reports)) {
    all += session.SerializeAsString();
  }
  return all;
}

TEST(SessionSummaryTest, TheOrderOfReportsDoesNotMatter) {
  std::vector<v1::InstanceReport> reports;
  for (int i = 0; i < 24; ++i) {
    reports.push_back(Make({.study = std::to_string(i % 3),
                            .series = std::to_string(i % 5),
                            .path = std::to_string(i),
                            .verdict = static_cast<v1::Verdict>(1 + i % 4),
                            .risk = (i % 4) / 4.0,
                            .reasons = {"A", i % 2 == 0 ? "B" : "C"}}));
  }
  const std::string expected = Fingerprint(reports);
  std::mt19937 random(/*seed=*/1);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(reports.begin(), reports.end(), random);
    ASSERT_EQ(Fingerprint(reports) == expected, true) << round;
  }
}

}  // namespace
}  // namespace burntin
