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

// Whether there is nothing left to do: a person may take a session's case
// before its release has its turn.
bool IsDone(const absl::Status& end) {
  return end.ok() || ReasonOf(end) == Reason::kCaseAlreadyDecided;
}

absl::Status NoRoom() {
  return Error(Reason::kTooManyRequests,
               "Too much waits for XNAT already. Have the session decided "
               "again later.");
}

}  // namespace

FollowUpQueue::FollowUpQueue(Actions actions, Log* log,
                             MetricRegistry* registry)
    : actions_(std::move(actions)), log_(log) {
  if (registry == nullptr) return;
  release_outcomes_ = MakeOutcomes("release", registry);
  report_outcomes_ = MakeOutcomes("report", registry);
}

FollowUpQueue::Outcomes FollowUpQueue::MakeOutcomes(const char* kind,
                                                    MetricRegistry* registry) {
  const auto add = [&](const char* outcome) {
    return registry->AddCounter(
        {"burntin_follow_ups_total",
         "Releases and reports that decisions left to be done in XNAT: done, "
         "put off because it did not answer, or failed, with the reason in "
         "the log."},
        {{"kind", kind}, {"outcome", outcome}});
  };
  return {
      .done = add("done"), .put_off = add("put_off"), .failed = add("failed")};
}

bool FollowUpQueue::Book(const Outcomes& outcomes, const absl::Status& end,
                         int* tries) {
  const bool again = MayEndOtherwise(end) && ++*tries < kMostTries;
  Counter* const counter = again         ? outcomes.put_off
                           : IsDone(end) ? outcomes.done
                                         : outcomes.failed;
  if (counter != nullptr) counter->Increment();
  return again;
}

std::vector<SampledMetric> FollowUpQueue::Measure() {
  const MutexLock lock(&mutex_);
  return {
      {{"burntin_follow_ups_waiting",
        "Releases and reports that decisions left to be done in XNAT, and "
        "that are not done."},
       MetricKind::kGauge,
       {{{{"kind", "release"}}, static_cast<double>(releases_.size())},
        {{{"kind", "report"}}, static_cast<double>(reports_.size())}}},
      {{"burntin_follow_ups_capacity",
        "How many releases may wait; more are left for the next decision."},
       MetricKind::kGauge,
       {{{{"kind", "release"}}, static_cast<double>(kMostReleases)}}},
      {{"burntin_follow_up_report_bytes", "Bytes of the reports that wait."},
       MetricKind::kGauge,
       {{{}, static_cast<double>(report_bytes_)}}},
      {{"burntin_follow_up_report_capacity_bytes",
        "Bytes of reports that may wait; further ones are dropped."},
       MetricKind::kGauge,
       {{{}, static_cast<double>(kMostReportBytes)}}}};
}

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
    if (has_room) releases_[case_id] = {CurrentTrace(), 0, ++releases_asked_};
  }
  if (has_room) return Wake();
  if (release_outcomes_.failed != nullptr)
    release_outcomes_.failed->Increment();
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
          std::make_shared<const SessionReport>(std::move(report)),
          CurrentTrace(), 0};
    }
  }
  if (has_room) return Wake();
  if (report_outcomes_.failed != nullptr) report_outcomes_.failed->Increment();
  LogEnd("report_stored", name, NoRoom());
}

void FollowUpQueue::Run(const std::function<bool()>& stopped) {
  RunReports(stopped);
  RunReleases(stopped);
}

void FollowUpQueue::RunReports(const std::function<bool()>& stopped) {
  std::vector<WaitingReport> waiting;
  {
    const MutexLock lock(&mutex_);
    for (const auto& [name, one] : reports_) waiting.push_back(one);
  }
  for (auto& [report, trace, tries] : waiting) {
    if (stopped && stopped()) return;
    const TraceScope scope(trace);
    const absl::Status end = actions_.store_report(*report);
    LogEnd("report_stored", report->decision_id, end);
    const MutexLock lock(&mutex_);
    const bool again = Book(report_outcomes_, end, &tries);
    const auto now = reports_.find(report->decision_id);
    // Another one that came meanwhile is still to be stored.
    if (now == reports_.end() || now->second.report != report) continue;
    now->second.tries = tries;
    if (again) continue;
    report_bytes_ -=
        static_cast<int64_t>(now->second.report->json_lines.size());
    reports_.erase(now);
  }
}

void FollowUpQueue::RunReleases(const std::function<bool()>& stopped) {
  std::map<std::string, WaitingRelease> waiting;
  {
    const MutexLock lock(&mutex_);
    waiting = releases_;
  }
  for (auto& [case_id, one] : waiting) {
    if (stopped && stopped()) return;
    const TraceScope scope(one.trace);
    const absl::Status end = actions_.release_cleared(case_id);
    LogEnd("clear_session_released", case_id, end);
    const MutexLock lock(&mutex_);
    const bool again = Book(release_outcomes_, end, &one.tries);
    const auto now = releases_.find(case_id);
    // What was asked for meanwhile is still to be done.
    if (now == releases_.end() || now->second.number != one.number) continue;
    now->second.tries = one.tries;
    if (!again) releases_.erase(now);
  }
}

}  // namespace burntin
