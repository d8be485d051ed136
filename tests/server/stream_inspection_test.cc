// StreamInspection below gRPC, so that ThreadSanitizer can watch it.
#include "server/detection/stream_inspection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <sstream>

#include "detector/base/error.h"
#include "tests/server/fake_detector.h"
#include "tests/server/metrics/exposition.h"

namespace burntin {
namespace {

using ::testing::Optional;
using ::testing::UnorderedElementsAre;

class SentObjects : public PieceSource {
 public:
  void Add(const std::string& bytes, const std::string& request_id) {
    v1::InstanceHeader header;
    header.set_request_id(request_id);
    header.set_file_size_bytes(static_cast<int64_t>(bytes.size()));
    pieces_.emplace_back(header);
    pieces_.emplace_back(bytes);
  }

  void AddChunk(const std::string& bytes) { pieces_.emplace_back(bytes); }

  std::optional<Piece> Next() override {
    if (pieces_.empty()) return std::nullopt;
    Piece piece = std::move(pieces_.front());
    pieces_.pop_front();
    return piece;
  }

 private:
  std::deque<Piece> pieces_;
};

class StreamInspectionTest : public testing::Test {
 protected:
  StreamInspectionTest()
      : log_(LogLevel::kOff, &log_text_),
        inspector_(/*include_text=*/false, &log_) {
    inspector_.UseDetector(&detector_, "1.2.3");
    inspector_.UseMetrics(&metrics_);
  }

  absl::Status Run(int objects_held = 3) {
    UploadReader reader(&sent_, {.file_bytes = 100,
                                 .memory_bytes = 50,
                                 .spool_directory = spool_directory_});
    StreamInspection::Parts parts;
    parts.write = [&](const v1::InspectStreamResponse& response) {
      answers_.push_back(response);
      return true;
    };
    parts.cancelled = [&] { return cancelled_.load(); };
    parts.check_not_draining = [&] {
      return draining_ ? Error(Reason::kServerDraining, "Going.")
                       : absl::OkStatus();
    };
    parts.reserve = [&](int64_t bytes) {
      return budget_.Take(bytes, [&] { return cancelled_.load(); });
    };
    parts.activity = &activity_;
    parts.inspector = &inspector_;
    parts.objects_held = objects_held;
    return StreamInspection(std::move(parts), &reader).Run();
  }

  std::vector<std::string> AnsweredIds() const {
    std::vector<std::string> ids;
    for (const auto& answer : answers_) {
      if (answer.event().has_instance()) ids.push_back(answer.request_id());
    }
    return ids;
  }

  int Sessions() const {
    return static_cast<int>(
        std::count_if(answers_.begin(), answers_.end(),
                      [](const auto& a) { return a.event().has_session(); }));
  }

  // How often an object got this verdict.
  std::optional<double> Counted(const std::string& verdict) {
    return ValueOf(
        registry_.Text(),
        "burntin_objects_inspected_total{verdict=\"" + verdict + "\"}");
  }

  std::ostringstream log_text_;
  Log log_;
  MetricRegistry registry_;
  const InspectionMetrics metrics_{{}, &registry_};
  FakeDetector detector_;
  Inspector inspector_;
  SentObjects sent_;
  std::string spool_directory_ = testing::TempDir();
  ByteBudget budget_{150};
  Activity activity_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> draining_ = false;
  std::vector<v1::InspectStreamResponse> answers_;  // written under a lock
};

TEST_F(StreamInspectionTest, EveryObjectIsAnsweredAndSessionsComeLast) {
  sent_.Add("study1", "a");
  sent_.Add("study2", "b");
  sent_.Add("study1", "c");
  ASSERT_TRUE(Run().ok());
  EXPECT_THAT(AnsweredIds(), UnorderedElementsAre("a", "b", "c"));
  ASSERT_EQ(answers_.size(), 5);
  EXPECT_EQ(answers_[3].event().session().study_instance_uid(), "study1");
  EXPECT_EQ(answers_[3].event().session().instances_total(), 2);
  EXPECT_EQ(answers_[4].event().session().study_instance_uid(), "study2");
}

TEST_F(StreamInspectionTest, NoMoreObjectsAreInWorkThanAllowed) {
  Door door;
  detector_.answer = [&](const std::string& bytes, const InspectOptions&) {
    door.Pass();
    return ClearReport(bytes);
  };
  for (int i = 0; i < 10; ++i) sent_.Add("x", std::to_string(i));
  std::thread permits([&] {
    door.AwaitWaiting(3);
    for (int i = 0; i < 10; ++i) door.Permit(1);
  });
  EXPECT_TRUE(Run(/*objects_held=*/3).ok());
  permits.join();
  EXPECT_EQ(door.most_waiting(), 3);
  EXPECT_EQ(AnsweredIds().size(), 10);
}

TEST_F(StreamInspectionTest, AnObjectAboveTheLimitIsAnsweredAndTheRestGoesOn) {
  sent_.Add(std::string(101, 'x'), "large");
  sent_.Add("study", "small");
  ASSERT_TRUE(Run().ok());
  EXPECT_THAT(AnsweredIds(), UnorderedElementsAre("large", "small"));
  const v1::InstanceReport& large = answers_[0].event().instance();
  EXPECT_EQ(large.verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(large.risk(), 1);
  EXPECT_EQ(large.reasons(0).code(), "FILE_TOO_LARGE");
}

TEST_F(StreamInspectionTest, AnObjectThatCannotBeKeptIsAnsweredAlone) {
  spool_directory_ = "/does/not/exist";
  sent_.Add(std::string(60, 'x'), "on disk");
  sent_.Add("study", "in memory");
  ASSERT_TRUE(Run().ok());
  EXPECT_THAT(AnsweredIds(), UnorderedElementsAre("on disk", "in memory"));
  const v1::InstanceReport& lost = answers_[0].event().instance();
  EXPECT_EQ(lost.verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(lost.reasons(0).code(), "INTERNAL_FAILURE");
}

TEST_F(StreamInspectionTest, NoMoreBytesAreHeldThanTheBudgetAllows) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  detector_.answer = [&](const std::string& bytes, const InspectOptions&) {
    most = std::max<int>(most, ++inside);
    std::this_thread::yield();
    --inside;
    return ClearReport(bytes);
  };
  for (int i = 0; i < 20; ++i) sent_.Add(std::string(80, 'x'), "r");
  ASSERT_TRUE(Run(/*objects_held=*/4).ok());
  EXPECT_EQ(AnsweredIds().size(), 20);
  EXPECT_EQ(most, 1);
}

TEST_F(StreamInspectionTest, ADrainAnswersWhatIsInWorkAndTakesNoMore) {
  detector_.answer = [&](const std::string& bytes, const InspectOptions&) {
    draining_ = true;
    return ClearReport(bytes);
  };
  sent_.Add("study", "a");
  sent_.Add("study", "b");
  sent_.Add("study", "c");
  EXPECT_EQ(ReasonOf(Run(/*objects_held=*/1)), Reason::kServerDraining);
  EXPECT_THAT(AnsweredIds(), UnorderedElementsAre("a"));
  EXPECT_EQ(Sessions(), 0);
}

TEST_F(StreamInspectionTest, ABreachOfTheRulesEndsTheStreamWithoutSessions) {
  sent_.Add("study", "a");
  sent_.AddChunk("more");
  sent_.Add("study", "b");
  EXPECT_EQ(ReasonOf(Run()), Reason::kUploadOverrun);
  EXPECT_EQ(Sessions(), 0);
}

TEST_F(StreamInspectionTest, ABreachStopsWhatIsInWork) {
  detector_.answer = [](const std::string&, const InspectOptions& options) {
    return RunUntilCancelled(options);
  };
  sent_.Add("study", "a");
  sent_.AddChunk("more");
  EXPECT_EQ(ReasonOf(Run()), Reason::kUploadOverrun);
  EXPECT_TRUE(answers_.empty());
}

TEST_F(StreamInspectionTest, ACancelledStreamAnswersNothing) {
  detector_.answer = [&](const std::string&, const InspectOptions& options) {
    cancelled_ = true;
    return RunUntilCancelled(options);
  };
  sent_.Add("study", "a");
  EXPECT_EQ(ReasonOf(Run()), Reason::kCancelled);
  EXPECT_TRUE(answers_.empty());
}

TEST_F(StreamInspectionTest, OnlyReportsThatSomebodyGetsAreCounted) {
  detector_.answer = [&](const std::string& bytes,
                         const InspectOptions& options) {
    if (bytes == "study") return ClearReport(bytes);
    cancelled_ = true;
    return RunUntilCancelled(options);
  };
  sent_.Add(std::string(101, 'x'), "large");
  sent_.Add("study", "a");
  sent_.Add("cancelled", "b");
  EXPECT_EQ(ReasonOf(Run(/*objects_held=*/1)), Reason::kCancelled);
  EXPECT_THAT(Counted("CLEAR"), Optional(1.0));
  EXPECT_THAT(Counted("INDETERMINATE"), Optional(1.0));  // the large one
}

}  // namespace
}  // namespace burntin
