#include "server/reports/report_store.h"

#include <gtest/gtest.h>

#include <thread>

namespace burntin {
namespace {

StoredReport Report(const std::string& uid, const std::string& sha256,
                    Verdict verdict = Verdict::kClear) {
  StoredReport report;
  report.sha256 = sha256;
  report.facts.sop_instance_uid = uid;
  report.facts.assessment = {verdict, 0, {}};
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

TEST_F(ReportStoreTest, TheLatestReportCounts) {
  store_.Put(Report("1", "aa", Verdict::kClear));
  store_.Put(Report("1", "bb", Verdict::kReview));
  EXPECT_EQ(VerdictOf(store_.Find("1", "")), Verdict::kReview);
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
