#include "server/reports/report_store.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace burntin {
namespace {

StoredReport Report(const std::string& uid, const std::string& sha256,
                    Verdict verdict = Verdict::kClear) {
  StoredReport report;
  report.sha256 = sha256;
  report.facts.sop_instance_uid = uid;
  report.facts.assessment = {verdict, 0, {}, /*inspected_in_full=*/true};
  report.report.set_sop_instance_uid(uid);
  return report;
}

Verdict VerdictOf(const std::shared_ptr<const StoredReport>& report) {
  return report->facts.assessment->verdict;
}

class ReportStoreTest : public testing::Test {
 protected:
  MemoryReportStore store_{int64_t{1} << 20};
};

TEST_F(ReportStoreTest, AReportIsFoundByItsObject) {
  store_.Put(Report("1", "aa"));
  ASSERT_NE(store_.Find("1", ""), nullptr);
  EXPECT_EQ(store_.Find("1", "")->sha256, "aa");
  EXPECT_EQ(store_.Find("2", ""), nullptr);
}

// Else a copy that shows nothing would hide one that does.
TEST_F(ReportStoreTest, TheWorstReportCountsIfTheBytesAreNotNamed) {
  store_.Put(Report("1", "aa", Verdict::kReview));
  store_.Put(Report("1", "bb", Verdict::kClear));
  EXPECT_EQ(VerdictOf(store_.Find("1", "")), Verdict::kReview);
  StoredReport partly = Report("1", "cc", Verdict::kIdentifying);
  partly.facts.assessment->inspected_in_full = false;
  store_.Put(std::move(partly));
  store_.Put(Report("1", "dd", Verdict::kIdentifying));
  EXPECT_EQ(store_.Find("1", "")->sha256, "cc");
}

TEST_F(ReportStoreTest, OfEqualVerdictsThatOfTheHigherRiskIsWorse) {
  store_.Put(Report("1", "aa"));
  StoredReport risky = Report("1", "bb");
  risky.facts.assessment->risk = 0.5;
  store_.Put(std::move(risky));
  store_.Put(Report("1", "cc"));
  EXPECT_EQ(store_.Find("1", "")->sha256, "bb");
}

TEST_F(ReportStoreTest, NoReportCountsIfItDependsOnTheBytesWhatRulesDo) {
  store_.Put(Report("1", "aa"));
  StoredReport other = Report("1", "bb");
  other.facts.header.Set(Attribute::kModality, "US");
  store_.Put(std::move(other));
  EXPECT_EQ(store_.Find("1", ""), nullptr);
  EXPECT_EQ(store_.Find("1", "bb")->sha256, "bb");
  store_.Put(Report("2", "aa"));
  StoredReport elsewhere = Report("2", "bb");
  elsewhere.facts.study_instance_uid = "9";
  store_.Put(std::move(elsewhere));
  EXPECT_EQ(store_.Find("2", ""), nullptr);
}

TEST_F(ReportStoreTest, TheObjectsOfAStudyAreKnownUntilTheyAreForgotten) {
  for (int i = 0; i < 10'000; ++i) {
    StoredReport report = Report(std::to_string(i), "aa");
    report.facts.study_instance_uid = i % 2 == 0 ? "even" : "odd";
    store_.Put(report);
    store_.Put(report);
  }
  const std::set<std::string> even = store_.ObjectsOf("even");
  EXPECT_TRUE(even.contains("9998"));
  EXPECT_FALSE(even.contains("9999"));
  EXPECT_FALSE(even.contains("0"));
  for (const std::string& uid : even) EXPECT_NE(store_.Find(uid, ""), nullptr);
  for (int i = 0; i < 10'000; ++i) {
    store_.Put(Report(std::to_string(i), std::to_string(i)));
  }
  EXPECT_EQ(store_.ObjectsOf("even"), std::set<std::string>());
}

TEST_F(ReportStoreTest, OnlyAReportOnTheseBytesCountsIfTheyAreNamed) {
  store_.Put(Report("1", "aa", Verdict::kReview));
  store_.Put(Report("1", "bb", Verdict::kClear));
  EXPECT_EQ(VerdictOf(store_.Find("1", "aa")), Verdict::kReview);
  EXPECT_EQ(VerdictOf(store_.Find("1", "bb")), Verdict::kClear);
  EXPECT_EQ(store_.Find("1", "cc"), nullptr);
}

TEST_F(ReportStoreTest, ANewReportOnTheSameBytesReplacesTheOld) {
  store_.Put(Report("1", "aa", Verdict::kReview));
  const int64_t bytes = store_.bytes();
  store_.Put(Report("1", "aa", Verdict::kClear));
  EXPECT_EQ(VerdictOf(store_.Find("1", "aa")), Verdict::kClear);
  EXPECT_EQ(store_.bytes(), bytes);
}

// Says that the object was not inspected in full.
StoredReport CutOff(Verdict verdict) {
  StoredReport report = Report("1", "aa", verdict);
  report.facts.assessment->inspected_in_full = false;
  return report;
}

TEST_F(ReportStoreTest, AnInspectionThatWasCutOffTakesNoReportAway) {
  store_.Put(Report("1", "aa", Verdict::kReview));
  const int64_t bytes = store_.bytes();
  store_.Put(CutOff(Verdict::kIndeterminate));
  EXPECT_EQ(VerdictOf(store_.Find("1", "aa")), Verdict::kReview);
  EXPECT_EQ(store_.bytes(), bytes);
}

TEST_F(ReportStoreTest, WhatWasFoundBeforeTheEndCounts) {
  store_.Put(Report("1", "aa", Verdict::kClear));
  store_.Put(CutOff(Verdict::kIdentifying));
  EXPECT_EQ(VerdictOf(store_.Find("1", "aa")), Verdict::kIdentifying);
}

TEST_F(ReportStoreTest, OfTwoThatWereCutOffTheLatestCounts) {
  store_.Put(CutOff(Verdict::kIdentifying));
  store_.Put(CutOff(Verdict::kIndeterminate));
  EXPECT_EQ(VerdictOf(store_.Find("1", "aa")), Verdict::kIndeterminate);
}

TEST_F(ReportStoreTest, AReportWithoutUidIsNotKept) {
  store_.Put(Report("", "aa"));
  EXPECT_EQ(store_.Find("", ""), nullptr);
  EXPECT_EQ(store_.bytes(), 0);
}

TEST_F(ReportStoreTest, NothingThatIdentifiesIsKept) {
  StoredReport report = Report("1", "aa");
  report.report.set_path("/archive/DOE^JANE/1.dcm");
  report.report.add_regions()->set_text("DOE JANE");
  store_.Put(std::move(report));
  const std::string kept = store_.Find("1", "")->report.SerializeAsString();
  EXPECT_EQ(kept.find("DOE"), std::string::npos);
  EXPECT_EQ(store_.Find("1", "")->report.regions_size(), 1);
}

TEST_F(ReportStoreTest, WhenItIsFullItForgetsTheOldest) {
  for (int i = 0; i < 10'000; ++i) store_.Put(Report(std::to_string(i), "aa"));
  EXPECT_LE(store_.bytes(), 1 << 20);
  EXPECT_GT(store_.bytes(), 1 << 19);
  EXPECT_EQ(store_.Find("0", ""), nullptr);
  EXPECT_NE(store_.Find("9999", ""), nullptr);
}

TEST(SmallReportStoreTest, AReportThatDoesNotFitIsForgottenAtOnce) {
  MemoryReportStore store(10);
  store.Put(Report("1", "aa"));
  EXPECT_EQ(store.Find("1", ""), nullptr);
  EXPECT_EQ(store.bytes(), 0);
}

TEST_F(ReportStoreTest, ManyThreadsMayUseIt) {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 300; ++i) {
        store_.Put(Report(std::to_string(i), std::to_string(thread)));
        const auto found = store_.Find(std::to_string(i), "");
        if (!found) continue;
        EXPECT_EQ(found->facts.sop_instance_uid, std::to_string(i));
      }
    });
  }
  threads.clear();
  EXPECT_LE(store_.bytes(), 1 << 20);
}

}  // namespace
}  // namespace burntin
