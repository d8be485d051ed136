#include "server/report_cache/report_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/digest/sha256.h"
#include "tests/server/report_cache/example_report.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kKey(64, 'a');

std::string Encoded(const InstanceReport& report, bool with_texts = false) {
  const auto record = EncodeReport(kKey, report, with_texts);
  EXPECT_TRUE(record.has_value());
  return record.value_or("");
}

// A record of other content with a seal that is right.
std::string Resealed(const std::string& content) {
  return TextSha256(kKey + "\n" + content) + content;
}

TEST(ReportRecordTest, WhatIsReadIsWhatWasWritten) {
  const InstanceReport report = ExampleReport();
  const auto decoded = DecodeReport(kKey, Encoded(report));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(BytesOf(decoded->report, /*include_text=*/false),
            BytesOf(report, /*include_text=*/false));
  EXPECT_TRUE(decoded->report.from_cache);
  EXPECT_TRUE(decoded->report.repeatable);
  EXPECT_EQ(decoded->report.timings.total_ms, 0);
}

TEST(ReportRecordTest, ItHoldsNeitherTextsNorIdentifiers) {
  const std::string record = Encoded(ExampleReport());
  EXPECT_THAT(record, HasSubstr("ACME"));
  EXPECT_THAT(record, Not(HasSubstr("DOE")));
  EXPECT_THAT(record, Not(HasSubstr("JANE")));
  const auto decoded = DecodeReport(kKey, record);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_FALSE(decoded->has_texts);
  EXPECT_TRUE(decoded->report.header.identifiers.empty());
  EXPECT_TRUE(decoded->report.findings[0].match.reading.text.empty());
}

TEST(ReportRecordTest, TextsAreKeptIfThatIsAskedForAndIdentifiersNever) {
  const std::string record = Encoded(ExampleReport(), /*with_texts=*/true);
  const auto decoded = DecodeReport(kKey, record);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_TRUE(decoded->has_texts);
  EXPECT_EQ(BytesOf(decoded->report, /*include_text=*/true),
            BytesOf(ExampleReport(), /*include_text=*/true));
  EXPECT_THAT(record, Not(HasSubstr("DOE^JANE")));
}

TEST(ReportRecordTest, OnlyACompleteReportIsKept) {
  const auto with = [](void (*change)(InstanceReport*)) {
    InstanceReport report = ExampleReport();
    change(&report);
    return EncodeReport(kKey, report, /*with_texts=*/false).has_value();
  };
  EXPECT_TRUE(with([](InstanceReport*) {}));
  EXPECT_FALSE(with([](InstanceReport* r) { r->repeatable = false; }));
  EXPECT_FALSE(with([](InstanceReport* r) { r->inspected_in_full = false; }));
  EXPECT_FALSE(
      with([](InstanceReport* r) { r->verdict = Verdict::kIndeterminate; }));
  EXPECT_FALSE(with([](InstanceReport* r) { r->frames_inspected = 3; }));
  EXPECT_FALSE(with(
      [](InstanceReport* r) { r->frames_total = r->frames_inspected = 0; }));
}

TEST(ReportRecordTest, ARecordOfAnotherKeyDoesNotAnswer) {
  EXPECT_FALSE(DecodeReport(std::string(64, 'b'), Encoded(ExampleReport())));
}

TEST(ReportRecordTest, ACutRecordDoesNotAnswer) {
  const std::string record = Encoded(ExampleReport());
  for (size_t size = 0; size < record.size(); ++size) {
    EXPECT_FALSE(DecodeReport(kKey, record.substr(0, size))) << size;
  }
}

TEST(ReportRecordTest, ARecordWithOneOtherBitDoesNotAnswer) {
  const std::string record = Encoded(ExampleReport());
  for (size_t i = 0; i < record.size(); ++i) {
    std::string damaged = record;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    EXPECT_FALSE(DecodeReport(kKey, damaged)) << i;
  }
}

TEST(ReportRecordTest, SealedJunkDoesNotAnswer) {
  EXPECT_FALSE(DecodeReport(kKey, Resealed("")));
  EXPECT_FALSE(DecodeReport(kKey, Resealed("no message")));
}

// A sealed record that no detector would write: the field with this number and
// a small value behind all others, where the last one counts.
std::string WithField(int number, int value) {
  std::string content = Encoded(ExampleReport()).substr(64);
  content += static_cast<char>(number << 3);
  content += static_cast<char>(value);
  return Resealed(content);
}

TEST(ReportRecordTest, ValuesThatThereAreNotDoNotAnswer) {
  constexpr int kVerdict = 2;
  constexpr int kFramesInspected = 5;
  EXPECT_TRUE(DecodeReport(
      kKey, WithField(kVerdict, static_cast<int>(Verdict::kReview))));
  EXPECT_FALSE(DecodeReport(
      kKey, WithField(kVerdict, static_cast<int>(Verdict::kIndeterminate))));
  EXPECT_FALSE(DecodeReport(kKey, WithField(kVerdict, 100)));
  EXPECT_FALSE(DecodeReport(kKey, WithField(kFramesInspected, 3)));
}

TEST(ReportRecordTest, ClearBesideTextThatIsNotBenignDoesNotAnswer) {
  EXPECT_FALSE(
      DecodeReport(kKey, WithField(2, static_cast<int>(Verdict::kClear))));
}

}  // namespace
}  // namespace burntin
