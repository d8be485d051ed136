// How far a scan is, for people who wait. Never writes to standard output.
#ifndef BURNTIN_CLIENT_OUTPUT_PROGRESS_METER_H_
#define BURNTIN_CLIENT_OUTPUT_PROGRESS_METER_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <ostream>
#include <string>

namespace burntin {

struct ProgressOptions {
  bool terminal = false;  // a bar that is redrawn; plain lines otherwise
  int columns = 80;       // width of the terminal
  int64_t files_total = 0;
  int64_t bytes_total = 0;
};

// On a terminal a bar, redrawn at most ten times a second; elsewhere a line
// every five seconds. Rates and the time left are those of the last half
// minute. One thread at a time.
class ProgressMeter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Clock = std::function<TimePoint()>;

  // Does not own `out`, which is standard error. Starts to count now.
  ProgressMeter(std::ostream* out, const ProgressOptions& options, Clock clock);

  // One more file is done; it has `bytes` bytes.
  void Add(int64_t bytes);

  // Draws if it is due.
  void Tick();

  // Takes the bar away, so that something else can be written; `Tick` brings
  // it back.
  void Hide();

 private:
  struct Sample {
    TimePoint time;
    int64_t files = 0;
    int64_t bytes = 0;
  };

  void AddSample(TimePoint now);
  // Done per second over the samples that are kept.
  double FilesPerSecond() const;
  double BytesPerSecond() const;
  // Part of the work that is done, in [0, 1]: the mean of files and bytes.
  double PartDone(const Sample& sample) const;
  std::string TimeLeft() const;
  std::string Figures() const;
  std::string Bar(const std::string& figures) const;

  std::ostream* const out_;
  const ProgressOptions options_;
  const Clock clock_;
  std::deque<Sample> samples_;  // oldest first, at least one
  Sample current_;
  TimePoint drawn_;
  bool visible_ = false;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_PROGRESS_METER_H_
