#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "client/batch/csv.h"
#include "client/batch/summary_page.h"
#include "client/batch/tally.h"
#include "client/batch/transient.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::InstanceReport Report(v1::Verdict verdict, double risk) {
  v1::InstanceReport report;
  report.set_path("/data/a.dcm");
  report.set_verdict(verdict);
  report.set_risk(risk);
  report.set_modality("US");
  report.set_manufacturer("ACME, Inc.");
  report.set_manufacturer_model_name("Model \"1\"");
  return report;
}

TEST(BatchCsvTest, ARowHasAValueForEachColumn) {
  const std::string header = CsvHeader();
  v1::InstanceReport report = Report(v1::VERDICT_CLEAR, 0);
  report.set_manufacturer("ACME");
  const std::string row = CsvRow(report, /*given_up=*/false);
  EXPECT_EQ(std::count(header.begin(), header.end(), ','),
            std::count(row.begin(), row.end(), ','));
}

TEST(BatchCsvTest, ValuesAreQuotedAndAreNoFormulas) {
  EXPECT_EQ(CsvValue("plain"), "plain");
  EXPECT_EQ(CsvValue("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvValue("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(CsvValue("a\nb"), "\"a\nb\"");
  EXPECT_EQ(CsvValue("=1+1"), "'=1+1");
  EXPECT_EQ(CsvValue("@a,b"), "\"'@a,b\"");
  EXPECT_EQ(CsvValue(""), "");
}

TEST(BatchCsvTest, RecognisedTextIsInNoRow) {
  v1::InstanceReport report = Report(v1::VERDICT_IDENTIFYING, 1);
  v1::Region* region = report.add_regions();
  region->set_text("DOE^JANE");
  region->set_category(v1::CATEGORY_PERSON_NAME);
  region->set_matched_attribute("PatientName");
  const std::string row = CsvRow(report, false);
  EXPECT_THAT(row, Not(HasSubstr("DOE")));
  EXPECT_THAT(row, HasSubstr("PERSON_NAME"));
  EXPECT_THAT(row, HasSubstr("PatientName"));
}

TEST(BatchTallyTest, EachRiskFallsIntoOneBin) {
  Tally tally;
  for (const double risk : {0.0, 0.049, 0.05, 0.999, 1.0, 2.0, -1.0,
                            std::numeric_limits<double>::quiet_NaN()}) {
    tally.Add(Report(v1::VERDICT_REVIEW, risk));
  }
  EXPECT_EQ(tally.by_risk[0].review, 3);
  EXPECT_EQ(tally.by_risk[1].review, 1);
  EXPECT_EQ(tally.by_risk[19].review, 4);
  EXPECT_EQ(tally.all.total(), 8);
}

TEST(BatchTallyTest, AnUnknownVerdictIsIndeterminate) {
  Tally tally;
  tally.Add(Report(static_cast<v1::Verdict>(99), 0));
  EXPECT_EQ(tally.all.indeterminate, 1);
  EXPECT_EQ(tally.all.held(), 1);
}

TEST(BatchPageTest, HeadersAreEscapedAndCounted) {
  SummaryFigures figures;
  v1::InstanceReport report = Report(v1::VERDICT_IDENTIFYING, 0.97);
  report.set_modality("<script>");
  figures.tally.Add(report);
  figures.tally.Add(Report(v1::VERDICT_CLEAR, 0.01));
  const std::string page = SummaryPage(figures);
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(page, HasSubstr("1 of 2 instances held"));
  EXPECT_THAT(page, HasSubstr("risk 0.95 to 1.00: 1"));
  EXPECT_THAT(page, Not(HasSubstr("have no answer")));
  figures.missing = 3;
  EXPECT_THAT(SummaryPage(figures), HasSubstr("3 instances have no answer"));
}

TEST(BatchPageTest, AnswersOfSeveralVersionsAreMarked) {
  SummaryFigures figures;
  for (const char* version : {"1.0.0", "1.1.0"}) {
    v1::InstanceReport report = Report(v1::VERDICT_CLEAR, 0);
    report.mutable_versions()->set_detector(version);
    report.mutable_versions()->add_models()->set_name("m.onnx");
    figures.tally.Add(report);
  }
  EXPECT_THAT(SummaryPage(figures), HasSubstr("more than one version"));
}

TEST(BatchTransientTest, OnlyIndeterminateAnswersOfAPassingCauseAreTriedAgain) {
  v1::InstanceReport report = Report(v1::VERDICT_INDETERMINATE, 1);
  report.add_reasons()->set_code("DECODER_TIMED_OUT");
  EXPECT_TRUE(MayBeTransient(report));
  report.set_verdict(v1::VERDICT_IDENTIFYING);
  EXPECT_FALSE(MayBeTransient(report));
  report.set_verdict(v1::VERDICT_INDETERMINATE);
  report.mutable_reasons(0)->set_code("FILE_MALFORMED");
  EXPECT_FALSE(MayBeTransient(report));
}

}  // namespace
}  // namespace burntin
