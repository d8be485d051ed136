#include "client/scan/scan_run.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "client/scan/in_order.h"
#include "wire/session_summary.h"

namespace burntin {
namespace {

constexpr std::chrono::milliseconds kTickPeriod(100);

class ScanRun {
 public:
  ScanRun(const WalkResult& walk, const ScanParts& parts)
      : walk_(walk),
        parts_(parts),
        in_order_([this](size_t index, const v1::InstanceReport& report) {
          Tell(index, report);
        }) {}

  ScanOutcome Run() {
    const auto start = std::chrono::steady_clock::now();
    {
      std::jthread ticker([this](const std::stop_token& stop) { Tick(stop); });
      const absl::Status inspected = InspectAll();
      const std::lock_guard lock(mutex_);
      Keep(inspected);
    }
    if (parts_.progress) parts_.progress->Hide();
    for (const v1::SessionReport& report : sessions_.Reports()) {
      ForEachSink([&](EventSink* sink) { return sink->Session(report); });
    }
    summary_.skipped = walk_.skipped.size();
    summary_.bytes = walk_.bytes;
    summary_.duration = std::chrono::steady_clock::now() - start;
    summary_.complete = status_.ok();
    ForEachSink([&](EventSink* sink) { return sink->Finish(summary_); });
    return {summary_, status_};
  }

 private:
  absl::Status InspectAll() {
    std::vector<FoundFile> readable;
    std::vector<size_t> places;  // of each readable file in the walk
    for (size_t i = 0; i < walk_.files.size(); ++i) {
      if (walk_.files[i].state == FoundFile::State::kReadable) {
        readable.push_back(walk_.files[i]);
        places.push_back(i);
      } else {
        Take(i, UninspectableReport(walk_.files[i]));
      }
    }
    return parts_.inspector->InspectAll(
        readable, [&](size_t index, v1::InstanceReport report) {
          Take(places[index], std::move(report));
        });
  }

  void Take(size_t index, v1::InstanceReport report) {
    const std::lock_guard lock(mutex_);
    if (parts_.progress) parts_.progress->Add(walk_.files[index].bytes);
    in_order_.Put(index, std::move(report));
    if (parts_.progress) parts_.progress->Tick();
  }

  void Tell(size_t index, const v1::InstanceReport& report) {
    AddToCounts(report.verdict(), &summary_.counts);
    summary_.frames += report.frames_inspected();
    sessions_.Add(report);
    if (parts_.progress && parts_.results_share_terminal) {
      parts_.progress->Hide();
    }
    ForEachSink([&](EventSink* sink) {
      return sink->Instance(walk_.files[index], report);
    });
  }

  void ForEachSink(const std::function<absl::Status(EventSink*)>& tell) {
    for (EventSink* sink : parts_.sinks) Keep(tell(sink));
  }

  // The first error is the one that is told.
  void Keep(const absl::Status& status) { status_.Update(status); }

  void Tick(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      if (parts_.progress) parts_.progress->Tick();
      ticks_.wait_for(lock, stop, kTickPeriod, [] { return false; });
    }
  }

  const WalkResult& walk_;
  const ScanParts& parts_;
  std::mutex mutex_;  // guards all below while the inspector runs
  std::condition_variable_any ticks_;
  InOrder<v1::InstanceReport> in_order_;
  SessionSummary sessions_;
  ScanSummary summary_;
  absl::Status status_;
};

}  // namespace

ScanOutcome RunScan(const WalkResult& walk, const ScanParts& parts) {
  return ScanRun(walk, parts).Run();
}

}  // namespace burntin
