#include "server/daemon/reconciler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <sstream>

#include "detector/base/mutex.h"
#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

// Cannot say where a session is before it was asked so often.
class SlowlyKnowing final : public SessionMover {
 public:
  absl::Status Check(const MoveOrder&) override { return absl::OkStatus(); }
  absl::StatusOr<std::optional<int>> CountObjects(const MoveOrder&) override {
    return std::optional<int>();
  }
  MoveReport Move(const MoveOrder&) override { return Unknown(); }
  MoveReport Locate(const MoveOrder&) override {
    const MutexLock lock(&mutex_);
    ++looks_;
    looked_.NotifyAll();
    if (looks_ < known_after) return Unknown();
    return {MoveReport::Place::kInTarget, absl::OkStatus()};
  }
  void AwaitLooks(int count) {
    const MutexLock lock(&mutex_);
    while (looks_ < count) looked_.Wait(&mutex_);
  }

  int known_after = 1;  // set it before the first look

 private:
  static MoveReport Unknown() {
    return {MoveReport::Place::kUnknown,
            Error(Reason::kXnatUnavailable, "No answer.")};
  }

  Mutex mutex_;
  Condition looked_;
  int looks_ ABSL_GUARDED_BY(mutex_) = 0;
};

class ReconcilerTest : public testing::Test {
 protected:
  // Leaves one move without an outcome.
  ReconcilerTest() {
    LedgerOptions ledger;
    ledger.database = folder_.File("ledger.sqlite");
    ledger_ = *OpenLedger(ledger);
    QuarantineOptions options;
    options.mover_name = "test";
    quarantine_.emplace(options, ledger_.get(), &mover_);
    DecisionRecord record = ExampleRecord("1.2");
    record.findings.clear();
    record.findings_total = 0;
    case_id_ = ledger_->RecordDecision(ServerActor(), record)->case_id;
    v1::ReleaseCaseRequest request;
    request.set_case_id(case_id_);
    request.set_etag(Case().etag());
    request.set_target_project("HOSPITAL");
    request.set_reason("Test.");
    request.set_request_id("r1");
    EXPECT_THAT(quarantine_->Release(Ann(), request),
                FailsWith(Reason::kXnatUnavailable));
    EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASING);
  }

  v1::Case Case() { return *ledger_->GetCase(case_id_, false); }

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  SlowlyKnowing mover_;
  std::unique_ptr<Ledger> ledger_;
  std::optional<Quarantine> quarantine_;
  std::string case_id_;
};

TEST_F(ReconcilerTest, LooksAtOnce) {
  {
    Reconciler reconciler(&*quarantine_, std::chrono::hours(1), &log_);
    mover_.AwaitLooks(1);
  }
  EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASED);
}

TEST_F(ReconcilerTest, LooksAgainUntilItIsKnownWhereTheSessionIs) {
  mover_.known_after = 3;
  {
    Reconciler reconciler(&*quarantine_, std::chrono::milliseconds(1), &log_);
    mover_.AwaitLooks(3);
  }
  EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASED);
  EXPECT_THAT(log_text_.str(), testing::HasSubstr("moves_unfinished"));
}

TEST_F(ReconcilerTest, ChoresAreDoneAfterTheLooksAndWhenItIsWoken) {
  Mutex mutex;
  Condition done;
  int times = 0;
  bool looked_before = false;
  const auto chore = [&](const std::function<bool()>&) {
    looked_before = Case().state() == v1::CASE_STATE_RELEASED;
    const MutexLock lock(&mutex);
    ++times;
    done.NotifyAll();
  };
  const auto await = [&](int count) {
    const MutexLock lock(&mutex);
    while (times < count) done.Wait(&mutex);
  };
  {
    Reconciler reconciler(&*quarantine_, std::chrono::hours(1), &log_, {chore});
    await(1);
    reconciler.Wake();
    await(2);
  }
  EXPECT_TRUE(looked_before);
}

TEST_F(ReconcilerTest, OnceStoppedItLeavesMovesToTheNext) {
  EXPECT_EQ(*quarantine_->Reconcile([] { return true; }), 1);
  EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASING);
  EXPECT_EQ(*quarantine_->Reconcile(), 0);
  EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASED);
}

}  // namespace
}  // namespace burntin
