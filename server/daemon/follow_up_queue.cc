#include "server/daemon/follow_up_queue.h"

#include <utility>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr size_t kMostReleases = 100'000;
constexpr int64_t kMostReportBytes = int64_t{256} << 20;
constexpr int kMostTries = 1'000;

// Whether the next try may end otherwise although nobody has changed anything.
bool MayEndOtherwise(const absl::Status& end) {
  const auto reason = ReasonOf(end);
  return reason == Reason::kXnatUnavailable ||
         reason == Reason::kLedgerUnavailable;
}

absl::Status NoRoom() {
  return Error(Reason::kTooManyRequests,
               "Too much waits for XNAT already. Have the session decided "
               "again later.");
}

}  // namespace

void FollowUpQueue::Wake() {
  if (actions_.wake) actions_.wake();
}

void FollowUpQueue::LogEnd(const char* event, const std::string& name,
                           const absl::Status& end) {
  const auto reason = ReasonOf(end);
  log_->Write(end.ok() ? LogLevel::kInfo : LogLevel::kWarning, event,
              {{"id", name},
               {"reason", std::string(reason ? ReasonName(*reason) : "")}});
}

void FollowUpQueue::ReleaseCleared(const std::string& case_id) {
  bool has_room = false;
  {
    const MutexLock lock(&mutex_);
    has_room = releases_.size() < kMostReleases || releases_.contains(case_id);
    if (has_room) releases_[case_id] = 0;
  }
  if (has_room) return Wake();
  LogEnd("clear_session_released", case_id, NoRoom());
}

void FollowUpQueue::StoreReport(SessionReport report) {
  const std::string name = report.decision_id;
  const auto size = static_cast<int64_t>(report.json_lines.size());
  bool has_room = false;
  {
    const MutexLock lock(&mutex_);
    const auto known = reports_.find(name);
    const int64_t freed =
        known == reports_.end()
            ? 0
            : static_cast<int64_t>(known->second.report->json_lines.size());
    has_room = report_bytes_ - freed + size <= kMostReportBytes;
    if (has_room) {
      report_bytes_ += size - freed;
      reports_[name] = {
          std::make_shared<const SessionReport>(std::move(report)), 0};
    }
  }
  if (has_room) return Wake();
  LogEnd("report_stored", name, NoRoom());
}

void FollowUpQueue::Run(const std::function<bool()>& stopped) {
  RunReports(stopped);
  RunReleases(stopped);
}

void FollowUpQueue::RunReports(const std::function<bool()>& stopped) {
  std::vector<std::shared_ptr<const SessionReport>> waiting;
  {
    const MutexLock lock(&mutex_);
    for (const auto& [name, one] : reports_) waiting.push_back(one.report);
  }
  for (const std::shared_ptr<const SessionReport>& report : waiting) {
    if (stopped && stopped()) return;
    const absl::Status end = actions_.store_report(*report);
    LogEnd("report_stored", report->decision_id, end);
    const MutexLock lock(&mutex_);
    const auto now = reports_.find(report->decision_id);
    if (now == reports_.end()) continue;
    if (MayEndOtherwise(end) && ++now->second.tries < kMostTries) continue;
    report_bytes_ -=
        static_cast<int64_t>(now->second.report->json_lines.size());
    reports_.erase(now);
  }
}

void FollowUpQueue::RunReleases(const std::function<bool()>& stopped) {
  std::vector<std::string> waiting;
  {
    const MutexLock lock(&mutex_);
    for (const auto& [case_id, tries] : releases_) waiting.push_back(case_id);
  }
  for (const std::string& case_id : waiting) {
    if (stopped && stopped()) return;
    const absl::Status end = actions_.release_cleared(case_id);
    LogEnd("clear_session_released", case_id, end);
    const MutexLock lock(&mutex_);
    const auto now = releases_.find(case_id);
    if (now == releases_.end()) continue;
    if (MayEndOtherwise(end) && ++now->second < kMostTries) continue;
    releases_.erase(now);
  }
}

}  // namespace burntin
