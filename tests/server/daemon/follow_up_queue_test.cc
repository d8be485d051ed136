#include "server/daemon/follow_up_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FollowUpQueueTest : public testing::Test {
 protected:
  FollowUpQueueTest() {
    queue_.emplace(
        FollowUpQueue::Actions{.release_cleared =
                                   [this](const std::string& case_id) {
                                     done_.push_back(case_id);
                                     if (meanwhile_) meanwhile_();
                                     return end_;
                                   },
                               .store_report =
                                   [this](const SessionReport& report) {
                                     done_.push_back(report.json_lines);
                                     if (meanwhile_) meanwhile_();
                                     return end_;
                                   },
                               .wake = [this] { ++woken_; }},
        &log_);
  }

  // What one run does.
  std::vector<std::string> Run() {
    done_.clear();
    queue_->Run([this] { return stopped_; });
    return done_;
  }

  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  absl::Status end_;
  bool stopped_ = false;
  std::function<void()> meanwhile_;  // while something is done
  int woken_ = 0;
  std::vector<std::string> done_;
  std::optional<FollowUpQueue> queue_;
};

TEST_F(FollowUpQueueTest, AllIsDoneOnceAndReportsFirst) {
  queue_->ReleaseCleared("c1");
  queue_->ReleaseCleared("c1");
  queue_->StoreReport({"E1", "d1", "report"});
  EXPECT_EQ(woken_, 3);
  EXPECT_THAT(Run(), ElementsAre("report", "c1"));
  EXPECT_THAT(Run(), IsEmpty());
}

TEST_F(FollowUpQueueTest, WhatXnatDidNotAnswerIsTriedAgain) {
  queue_->ReleaseCleared("c1");
  queue_->StoreReport({"E1", "d1", "report"});
  end_ = Error(Reason::kXnatUnavailable, "No answer.");
  EXPECT_THAT(Run(), ElementsAre("report", "c1"));
  end_ = absl::OkStatus();
  EXPECT_THAT(Run(), ElementsAre("report", "c1"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(log_text_.str(), HasSubstr("XNAT_UNAVAILABLE"));
}

TEST_F(FollowUpQueueTest, WhatWasRefusedIsLeftToTheNextDecision) {
  queue_->ReleaseCleared("c1");
  end_ = Error(Reason::kLabelConflict, "It is there.");
  EXPECT_THAT(Run(), ElementsAre("c1"));
  EXPECT_THAT(Run(), IsEmpty());
  queue_->ReleaseCleared("c1");
  EXPECT_THAT(Run(), ElementsAre("c1"));
}

TEST_F(FollowUpQueueTest, ALaterReportOnADecisionReplacesTheEarlierOne) {
  queue_->StoreReport({"E1", "d1", "first"});
  queue_->StoreReport({"E1", "d1", "second"});
  queue_->StoreReport({"E1", "d2", "third"});
  EXPECT_THAT(Run(), ElementsAre("second", "third"));
}

TEST_F(FollowUpQueueTest, WhatIsAskedForWhileItIsDoneIsDoneOnceMore) {
  queue_->ReleaseCleared("c1");
  meanwhile_ = [&] { queue_->ReleaseCleared("c1"); };
  EXPECT_THAT(Run(), ElementsAre("c1"));
  meanwhile_ = nullptr;
  EXPECT_THAT(Run(), ElementsAre("c1"));
  EXPECT_THAT(Run(), IsEmpty());
  queue_->StoreReport({"E1", "d1", "report"});
  meanwhile_ = [&] { queue_->StoreReport({"E1", "d1", "another"}); };
  EXPECT_THAT(Run(), ElementsAre("report"));
  meanwhile_ = nullptr;
  EXPECT_THAT(Run(), ElementsAre("another"));
  EXPECT_THAT(Run(), IsEmpty());
}

TEST_F(FollowUpQueueTest, OnceStoppedItLeavesTheRest) {
  queue_->ReleaseCleared("c1");
  queue_->StoreReport({"E1", "d1", "report"});
  stopped_ = true;
  EXPECT_THAT(Run(), IsEmpty());
  stopped_ = false;
  EXPECT_THAT(Run(), ElementsAre("report", "c1"));
}

TEST_F(FollowUpQueueTest, ReportsThatFindNoRoomAreDroppedAndLogged) {
  queue_->StoreReport({"E1", "d1", std::string(size_t{257} << 20, 'x')});
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(log_text_.str(), HasSubstr("TOO_MANY_REQUESTS"));
}

}  // namespace
}  // namespace burntin
