#include "client/batch/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "client/batch/part_log.h"
#include "client/batch/plan.h"
#include "client/batch/record.h"
#include "detector/base/error.h"
#include "tests/client/fake_inspector.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Answers by the files' names, counts who was asked for how often, and fails
// for what is named so.
class CountingInspector final : public Inspector {
 public:
  struct Log {
    std::map<std::string, int> asked;
    int most_at_a_time = 0;
    std::set<std::string> failing;  // answered as if the decoder had crashed
    absl::Status status;
  };

  explicit CountingInspector(Log* log) : log_(log) {}

  absl::Status InspectAll(std::span<const FoundFile> files,
                          const Answer& answer) override {
    log_->most_at_a_time =
        std::max(log_->most_at_a_time, static_cast<int>(files.size()));
    for (size_t i = files.size(); i > 0; --i) {
      const FoundFile& file = files[i - 1];
      const std::string name = file.path.substr(file.path.rfind('/') + 1);
      ++log_->asked[name];
      if (log_->failing.contains(name) || !log_->status.ok()) {
        answer(i - 1,
               LocalReport(file, Reason::kDecoderCrashed, "It crashed."));
      } else {
        answer(i - 1, ReportByName(file));
      }
    }
    return log_->status;
  }

  int max_in_flight() const override { return 2; }

 private:
  Log* const log_;
};

class BatchTest : public testing::Test {
 protected:
  BatchTest() {
    environment_.out = &out_;
    environment_.err = &err_;
    environment_.clock = std::chrono::steady_clock::now;
    environment_.looks_like_dicom = BeginsWithDicm;
    environment_.make_inspector = [this](const ScanArguments&)
        -> absl::StatusOr<std::unique_ptr<Inspector>> {
      return std::make_unique<CountingInspector>(&log_);
    };
    plan_.batch = run_.batch = status_.batch = export_.batch = batch_;
    plan_.paths = {data_.path()};
    plan_.part_size = 3;
    export_.jsonl_path = elsewhere_ / "a.jsonl";
    export_.csv_path = elsewhere_ / "a.csv";
    export_.summary_path = elsewhere_ / "a.html";
  }

  void WriteFiles() {
    for (const char* name :
         {"clear1", "clear2", "clear3", "identifying1", "identifying2", "odd1",
          "review1", "review2", "review3", "review4"}) {
      data_.Write(name, "DICM");
    }
    data_.Write("a.dcm", "");
    data_.Write("notes.txt", "hello");
  }

  int Plan() { return PlanBatch(plan_, environment_); }
  int Run() { return RunBatch(run_, environment_); }
  int Status() { return TellBatchStatus(status_, environment_); }
  int Export() { return ExportBatch(export_, environment_); }

  // All that an export writes.
  std::string Exported() {
    EXPECT_EQ(Export(), kBatchDone) << err_.str();
    return ReadFile(export_.jsonl_path) + ReadFile(export_.csv_path) +
           ReadFile(export_.summary_path);
  }

  TemporaryFolder data_;
  TemporaryFolder elsewhere_;
  const std::string batch_ = elsewhere_ / "batch";
  CountingInspector::Log log_;
  BatchEnvironment environment_;
  BatchPlanArguments plan_;
  BatchRunArguments run_;
  BatchStatusArguments status_;
  BatchExportArguments export_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(BatchTest, EveryInstanceIsAskedForOnceAndExported) {
  WriteFiles();
  ASSERT_EQ(Plan(), kBatchDone);
  EXPECT_EQ(Status(), kBatchNotDone);
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_EQ(Status(), kBatchDone);
  EXPECT_EQ(log_.asked.size(), 10u);
  for (const auto& [name, times] : log_.asked) EXPECT_EQ(times, 1) << name;
  const std::string exported = Exported();
  for (const auto& [name, times] : log_.asked) {
    EXPECT_THAT(exported, HasSubstr("/" + name + "\""));
  }
  EXPECT_THAT(exported, HasSubstr("FILE_EMPTY"));
  EXPECT_THAT(exported, Not(HasSubstr("notes.txt")));
}

TEST_F(BatchTest, TheSummaryNamesNoFile) {
  WriteFiles();
  Plan();
  Run();
  Exported();
  const std::string page = ReadFile(export_.summary_path);
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, Not(HasSubstr("identifying1")));
  EXPECT_THAT(page, Not(HasSubstr(data_.path())));
}

TEST_F(BatchTest, ARunAgainAsksForNothing) {
  WriteFiles();
  Plan();
  ASSERT_EQ(Run(), kBatchDone);
  log_.asked.clear();
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_THAT(log_.asked, IsEmpty());
}

TEST_F(BatchTest, ShardsOfAnyNumberShareTheWorkWithoutOverlap) {
  WriteFiles();
  Plan();
  ASSERT_EQ(Run(), kBatchDone);
  const std::string alone = Exported();
  for (int count = 1; count <= 6; ++count) {
    std::filesystem::remove_all(batch_);
    Plan();
    log_.asked.clear();
    for (int index = 0; index < count; ++index) {
      run_.shard = std::to_string(index) + "/" + std::to_string(count);
      ASSERT_EQ(Run(), kBatchDone);
    }
    for (const auto& [name, times] : log_.asked) EXPECT_EQ(times, 1) << name;
    EXPECT_EQ(Exported(), alone) << count;
  }
}

// Each cut of a log is what some stop of the process, or of the machine, may
// leave behind.
TEST_F(BatchTest, StoppedAnywhereItGoesOnToTheSameExport) {
  WriteFiles();
  plan_.part_size = 20;
  Plan();
  ASSERT_EQ(Run(), kBatchDone);
  const std::string uninterrupted = Exported();
  const std::string whole = ReadFile(PartLogPath(batch_, 0));
  std::minstd_rand random(1);
  for (int i = 0; i < 60; ++i) {
    const size_t cut = random() % whole.size();
    std::filesystem::resize_file(PartLogPath(batch_, 0), cut);
    const int64_t before = CountPart(batch_, *ReadPlan(batch_), 0)->answered;
    log_.asked.clear();
    ASSERT_EQ(Run(), kBatchDone) << cut;
    // One instance is empty, and answered without being asked for.
    EXPECT_LE(log_.asked.size(), static_cast<size_t>(11 - before)) << cut;
    for (const auto& [name, times] : log_.asked) EXPECT_EQ(times, 1) << name;
    EXPECT_EQ(Exported(), uninterrupted) << cut;
    std::ofstream(PartLogPath(batch_, 0), std::ios::binary) << whole;
  }
}

TEST_F(BatchTest, AfterACutTheInstancesThatWereInWorkAreAskedForOneByOne) {
  WriteFiles();
  plan_.part_size = 20;
  Plan();
  {
    const auto log = PartLog::Open(batch_, *ReadPlan(batch_), 0);
    ASSERT_TRUE((*log)->Append({RecordKind::kBegin, 0, 20, {}}).ok());
  }
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_EQ(log_.asked.size(), 10u);
  EXPECT_EQ(log_.most_at_a_time, 1);
}

TEST_F(BatchTest, WhatEndsTheProgramEachTimeIsGivenUp) {
  WriteFiles();
  plan_.part_size = 20;
  Plan();
  {
    const auto log = PartLog::Open(batch_, *ReadPlan(batch_), 0);
    ASSERT_TRUE((*log)->Append({RecordKind::kBegin, 0, 3, {}}).ok());
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE((*log)->Append({RecordKind::kAlone, 1, 0, {}}).ok());
    }
  }
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_THAT(log_.asked, Not(Contains(testing::Key("clear1"))));
  status_.list_given_up = true;
  EXPECT_EQ(Status(), kBatchDone);
  EXPECT_THAT(out_.str(), HasSubstr("INTERNAL_FAILURE\t"));
  EXPECT_THAT(out_.str(), HasSubstr("/clear1\n"));
  EXPECT_THAT(Exported(), HasSubstr("VERDICT_INDETERMINATE"));
}

TEST_F(BatchTest, AFailureThatMayPassIsTriedAgainAndThenReported) {
  WriteFiles();
  Plan();
  log_.failing = {"clear2"};
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_EQ(log_.asked["clear2"], 3);
  EXPECT_EQ(log_.asked["clear1"], 1);
  EXPECT_THAT(err_.str(), HasSubstr("1 given up"));
  log_.failing.clear();
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_EQ(log_.asked["clear2"], 3);
  run_.retry_given_up = true;
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_EQ(log_.asked["clear2"], 4);
  EXPECT_EQ(log_.asked["clear1"], 1);
  EXPECT_THAT(Exported(), Not(HasSubstr("DECODER_CRASHED")));
}

TEST_F(BatchTest, AFailureOfTheInspectorItselfIsNoAttempt) {
  WriteFiles();
  Plan();
  log_.status = absl::UnavailableError("The server cannot be reached.");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Run(), kBatchFailed);
  EXPECT_EQ(Status(), kBatchNotDone);
  log_.status = absl::OkStatus();
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_THAT(Exported(), Not(HasSubstr("DECODER_CRASHED")));
}

TEST_F(BatchTest, WhatThePlanCouldNotReadIsAskedForIfItIsThereByNow) {
  WriteFiles();
  std::filesystem::create_symlink("nowhere", data_ / "b.dcm");
  Plan();
  data_.Write("nowhere", "DICM");
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_THAT(log_.asked, Contains(testing::Key("b.dcm")));
}

TEST_F(BatchTest, AnExportThatLacksAnswersIsRefusedUnlessAsPartial) {
  WriteFiles();
  Plan();
  run_.shard = "0/2";
  ASSERT_EQ(Run(), kBatchDone);
  EXPECT_EQ(Export(), kBatchFailed);
  EXPECT_FALSE(std::filesystem::exists(export_.jsonl_path));
  export_.partial = true;
  EXPECT_THAT(Exported(), HasSubstr("instances have no answer yet"));
  EXPECT_THAT(ReadFile(export_.jsonl_path), Not(HasSubstr("\"session\"")));
}

TEST_F(BatchTest, TextIsExportedOnlyIfItIsAskedFor) {
  WriteFiles();
  Plan();
  ASSERT_EQ(Run(), kBatchDone);
  const std::string line = ToLine(
      {RecordKind::kAnswer, 1, 1, R"({"regions":[{"text":"DOE^JANE"}]})"});
  std::ofstream(PartLogPath(batch_, 0), std::ios::app) << line;
  EXPECT_THAT(Exported(), Not(HasSubstr("DOE^JANE")));
  export_.text = true;
  EXPECT_THAT(Exported(), HasSubstr("DOE^JANE"));
  EXPECT_THAT(ReadFile(export_.csv_path), Not(HasSubstr("DOE^JANE")));
}

TEST_F(BatchTest, APlanKeepsAnyFileName) {
  const std::string odd = data_.Write("tab\tfeed\nhigh\xff.dcm", "DICM");
  ASSERT_EQ(Plan(), kBatchDone);
  const auto plan = ReadPlan(batch_);
  ASSERT_TRUE(plan.ok());
  const auto files = ReadPart(batch_, *plan, 0);
  ASSERT_TRUE(files.ok());
  EXPECT_EQ(files->at(0).path, odd);
}

TEST_F(BatchTest, APlanIsNeverOverwritten) {
  WriteFiles();
  ASSERT_EQ(Plan(), kBatchDone);
  EXPECT_EQ(Plan(), kBatchFailed);
}

TEST_F(BatchTest, APlanThatWasCutOffIsNone) {
  WriteFiles();
  ASSERT_EQ(Plan(), kBatchDone);
  std::filesystem::remove(batch_ + "/plan.json");
  EXPECT_EQ(Run(), kBatchFailed);
  EXPECT_EQ(Plan(), kBatchDone);
  EXPECT_EQ(Run(), kBatchDone);
}

TEST_F(BatchTest, AManifestThatWasChangedIsRefused) {
  WriteFiles();
  ASSERT_EQ(Plan(), kBatchDone);
  std::string manifest = ReadFile(batch_ + "/manifest.tsv");
  manifest[manifest.size() - 2] ^= 1;
  std::ofstream(batch_ + "/manifest.tsv", std::ios::binary) << manifest;
  EXPECT_EQ(Run(), kBatchFailed);
}

TEST_F(BatchTest, AListNamesMoreToPlan) {
  WriteFiles();
  plan_.paths.clear();
  plan_.list_file = elsewhere_.Write(
      "list", data_.path() + "/review1\n\n" + data_.path() + "/clear1\n");
  ASSERT_EQ(Plan(), kBatchDone);
  const auto files = ReadPart(batch_, *ReadPlan(batch_), 0);
  ASSERT_EQ(files->size(), 2u);
  EXPECT_THAT(files->at(0).path, HasSubstr("review1"));
  plan_.batch = elsewhere_ / "other";
  plan_.list_file = elsewhere_ / "missing";
  EXPECT_EQ(Plan(), kBatchFailed);
}

TEST_F(BatchTest, ABatchIsForItsOwnerAlone) {
  WriteFiles();
  ASSERT_EQ(Plan(), kBatchDone);
  EXPECT_EQ(std::filesystem::status(batch_).permissions(),
            std::filesystem::perms::owner_all);
}

TEST_F(BatchTest, AShardThatIsNoneIsRefused) {
  WriteFiles();
  ASSERT_EQ(Plan(), kBatchDone);
  for (const char* shard : {"", "1", "1/1", "-1/2", "a/b", "0/0", "0/2x"}) {
    run_.shard = shard;
    EXPECT_EQ(Run(), kBatchFailed) << shard;
  }
}

}  // namespace
}  // namespace burntin
