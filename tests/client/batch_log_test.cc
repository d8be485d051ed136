#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "client/batch/part_log.h"
#include "client/batch/plan.h"
#include "client/batch/record.h"
#include "detector/base/error.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

Plan SmallPlan() {
  Plan plan;
  plan.instances = 5;
  plan.part_size = 5;
  plan.id = "0123abcd";
  return plan;
}

std::string Head() { return ToLine({RecordKind::kPart, 0, 0, "0123abcd"}); }

PartState StateOf(const std::string& bytes) {
  const auto state = ReadPartState(bytes, SmallPlan(), 0);
  EXPECT_TRUE(state.ok()) << state.status();
  return state.ok() ? *state : PartState();
}

class BatchLogTest : public testing::Test {
 protected:
  BatchLogTest() { std::filesystem::create_directory(folder_ / "parts"); }

  std::unique_ptr<PartLog> Open() {
    auto log = PartLog::Open(folder_.path(), SmallPlan(), 0);
    EXPECT_TRUE(log.ok()) << log.status();
    return log.ok() ? *std::move(log) : nullptr;
  }

  TemporaryFolder folder_;
};

TEST(BatchRecordTest, ARecordComesBackAsItWas) {
  const std::string line =
      ToLine({RecordKind::kAnswer, 12, 3, R"({"path":"a b"})"});
  ASSERT_EQ(line.back(), '\n');
  const auto record = ParseRecord(line.substr(0, line.size() - 1));
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->kind, RecordKind::kAnswer);
  EXPECT_EQ(record->number, 12);
  EXPECT_EQ(record->count, 3);
  EXPECT_EQ(record->text, R"({"path":"a b"})");
}

TEST(BatchRecordTest, NoByteOfARecordCanChangeUnnoticed) {
  std::string line = ToLine({RecordKind::kGivenUp, 7, 1, R"({"risk":0})"});
  line.pop_back();
  for (size_t i = 0; i < line.size(); ++i) {
    std::string changed = line;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(ParseRecord(changed).has_value()) << i;
    EXPECT_FALSE(ParseRecord(line.substr(0, i)).has_value()) << i;
  }
}

TEST_F(BatchLogTest, WhatIsAppendedIsThereForTheNextReader) {
  {
    const auto log = Open();
    ASSERT_NE(log, nullptr);
    ASSERT_TRUE(log->Append({RecordKind::kBegin, 0, 3, {}}).ok());
    ASSERT_TRUE(log->Append({RecordKind::kAnswer, 2, 1, "two"}).ok());
    ASSERT_TRUE(log->Append({RecordKind::kFailed, 4, 1, {}}).ok());
    ASSERT_TRUE(log->Sync().ok());
  }
  const auto log = Open();
  const PartState& state = log->state();
  EXPECT_EQ(state.answered, 1);
  EXPECT_TRUE(state.cut_off);
  EXPECT_EQ(state.in_flight, 3);
  EXPECT_EQ(state.instances[4].failures, 1);
  const InstanceState& two = state.instances[2];
  const std::string bytes = ReadFile(PartLogPath(folder_.path(), 0));
  EXPECT_EQ(bytes.substr(two.answer_at.value(), two.answer_bytes), "two");
}

TEST_F(BatchLogTest, ALogThatIsCutAnywhereKeepsItsWholeRecords) {
  const std::string first = ToLine({RecordKind::kAnswer, 0, 1, "zero"});
  const std::string second = ToLine({RecordKind::kAnswer, 1, 1, "one"});
  const std::string whole = Head() + first + second;
  for (size_t cut = 0; cut <= whole.size(); ++cut) {
    folder_.Write("parts/000000000.log", whole.substr(0, cut));
    int64_t expected = 0;
    if (cut >= Head().size() + first.size()) expected = 1;
    if (cut == whole.size()) expected = 2;
    EXPECT_EQ(StateOf(whole.substr(0, cut)).answered, expected) << cut;
    {
      const auto log = Open();
      ASSERT_NE(log, nullptr) << cut;
      ASSERT_TRUE(log->Append({RecordKind::kAnswer, 3, 1, "three"}).ok());
    }
    const PartState after = StateOf(ReadFile(PartLogPath(folder_.path(), 0)));
    EXPECT_EQ(after.answered, expected + 1) << cut;
    EXPECT_EQ(after.dropped_bytes, 0u) << cut;
  }
}

TEST(BatchStateTest, RecordsAfterADamagedOneDoNotCount) {
  std::string damaged = ToLine({RecordKind::kAnswer, 0, 1, "zero"});
  damaged[12] = '#';
  const std::string log = Head() + ToLine({RecordKind::kAnswer, 1, 1, "one"}) +
                          damaged + ToLine({RecordKind::kAnswer, 2, 1, "two"});
  const PartState state = StateOf(log);
  EXPECT_EQ(state.answered, 1);
  EXPECT_GT(state.dropped_bytes, 0u);
}

TEST(BatchStateTest, AnInstanceThatIsNotOfThePartEndsTheLog) {
  const PartState state =
      StateOf(Head() + ToLine({RecordKind::kAnswer, 5, 1, "five"}));
  EXPECT_EQ(state.answered, 0);
  EXPECT_GT(state.dropped_bytes, 0u);
}

TEST(BatchStateTest, ARunThatEndedByItselfIsNotCutOff) {
  const std::string log = Head() + ToLine({RecordKind::kBegin, 0, 2, {}}) +
                          ToLine({RecordKind::kAlone, 1, 0, {}});
  EXPECT_TRUE(StateOf(log).cut_off);
  EXPECT_EQ(StateOf(log).instances[1].alone_ends, 1);
  const PartState ended = StateOf(log + ToLine({RecordKind::kEnd, 0, 0, {}}));
  EXPECT_FALSE(ended.cut_off);
  EXPECT_EQ(ended.instances[1].alone_ends, 0);
}

TEST(BatchStateTest, ALaterAnswerReplacesOneThatWasGivenUp) {
  const std::string given_up =
      Head() + ToLine({RecordKind::kGivenUp, 1, 3, "none"});
  EXPECT_EQ(StateOf(given_up).given_up, 1);
  const PartState state =
      StateOf(given_up + ToLine({RecordKind::kAnswer, 1, 1, "one"}));
  EXPECT_EQ(state.given_up, 0);
  EXPECT_EQ(state.answered, 1);
}

TEST(BatchStateTest, AnswersToAnotherPlanAreRefused) {
  const std::string log = ToLine({RecordKind::kPart, 0, 0, "ffffffff"});
  EXPECT_EQ(ReasonOf(ReadPartState(log, SmallPlan(), 0).status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(ReadPartState(Head(), SmallPlan(), 1).status()),
            Reason::kInvalidArgument);
}

TEST_F(BatchLogTest, TwoRunsCannotWriteOnePart) {
  const auto first = Open();
  EXPECT_EQ(ReasonOf(PartLog::Open(folder_.path(), SmallPlan(), 0).status()),
            Reason::kInvalidArgument);
}

TEST_F(BatchLogTest, APartIsCountedByItsLastLineOrByAllOfThem) {
  const auto count = [&] {
    const auto counts = CountPart(folder_.path(), SmallPlan(), 0);
    EXPECT_TRUE(counts.ok());
    return std::pair(counts->answered, counts->given_up);
  };
  EXPECT_EQ(count(), std::pair(int64_t{0}, int64_t{0}));
  const std::string open = Head() + ToLine({RecordKind::kAnswer, 0, 1, "a"}) +
                           ToLine({RecordKind::kGivenUp, 1, 3, "b"});
  folder_.Write("parts/000000000.log", open);
  EXPECT_EQ(count(), std::pair(int64_t{2}, int64_t{1}));
  folder_.Write("parts/000000000.log",
                open + ToLine({RecordKind::kEnd, 2, 1, {}}));
  EXPECT_EQ(count(), std::pair(int64_t{2}, int64_t{1}));
}

}  // namespace
}  // namespace burntin
