// A detector whose answers a test writes down, and a door that holds them up.
#ifndef BURNTIN_TESTS_SERVER_FAKE_DETECTOR_H_
#define BURNTIN_TESTS_SERVER_FAKE_DETECTOR_H_

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "detector/base/mutex.h"
#include "detector/detector.h"

namespace burntin {

// The object's bytes, as a detector would read them.
inline std::string ReadAll(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

// Clear, with the object's bytes as its study.
inline InstanceReport ClearReport(const std::string& bytes) {
  InstanceReport report;
  report.verdict = Verdict::kClear;
  report.risk = 0;
  report.header.study_instance_uid = bytes;
  report.frames_total = 1;
  report.frames_inspected = 1;
  report.inspected_in_full = true;
  return report;
}

// What comes to a closed door waits there; counts who is inside.
class Door {
 public:
  // Waits until a permit is there and uses it up.
  void Pass() {
    MutexLock lock(&mutex_);
    ++waiting_;
    most_waiting_ = std::max(most_waiting_, waiting_);
    changed_.NotifyAll();
    while (permits_ == 0) changed_.Wait(&mutex_);
    --permits_;
    --waiting_;
  }

  void Permit(int count) {
    MutexLock lock(&mutex_);
    permits_ += count;
    changed_.NotifyAll();
  }

  void AwaitWaiting(int count) {
    MutexLock lock(&mutex_);
    while (waiting_ < count) changed_.Wait(&mutex_);
  }

  int most_waiting() {
    MutexLock lock(&mutex_);
    return most_waiting_;
  }

 private:
  Mutex mutex_;
  Condition changed_;
  int permits_ ABSL_GUARDED_BY(mutex_) = 0;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  int most_waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Answers ClearReport unless `answer` is set, before the first call.
class FakeDetector : public Detector {
 public:
  using AnswerFunction = std::function<InstanceReport(
      const std::string& bytes, const InspectOptions& options)>;

  InstanceReport Inspect(const std::string& path,
                         const InspectOptions& options) override {
    const std::string bytes = ReadAll(path);
    return answer ? answer(bytes, options) : ClearReport(bytes);
  }

  std::vector<ModelVersion> models() const override { return {{"fake", "00"}}; }

  AnswerFunction answer;
};

// Does what a detector does when nobody waits for it any more.
inline InstanceReport RunUntilCancelled(const InspectOptions& options) {
  while (!options.cancelled()) std::this_thread::yield();
  InstanceReport report;
  report.reasons = {{Reason::kCancelled, "The caller stopped it."}};
  return report;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_FAKE_DETECTOR_H_
