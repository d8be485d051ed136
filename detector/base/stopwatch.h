// CPU time of one thread, and of processes that worked for it, for the timings
// of a report. Nothing decides on it.
#ifndef BURNTIN_DETECTOR_BASE_STOPWATCH_H_
#define BURNTIN_DETECTOR_BASE_STOPWATCH_H_

#include <ctime>

namespace burntin {

// What processes spent for the calling thread since it started.
inline thread_local double cpu_elsewhere_ms = 0;

// Counts CPU time of another process for the stopwatches that run on the
// calling thread.
inline void AddCpuElsewhere(double milliseconds) {
  cpu_elsewhere_ms += milliseconds;
}

// Adds the calling thread's CPU time, in milliseconds, from its making to its
// end to `*sum_ms`. Made and destroyed on one thread.
class CpuStopwatch {
 public:
  explicit CpuStopwatch(double* sum_ms) : sum_ms_(sum_ms), start_ms_(Now()) {}
  ~CpuStopwatch() { *sum_ms_ += Now() - start_ms_; }
  CpuStopwatch(const CpuStopwatch&) = delete;
  CpuStopwatch& operator=(const CpuStopwatch&) = delete;

 private:
  static double Now() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 +
           static_cast<double>(now.tv_nsec) / 1e6 + cpu_elsewhere_ms;
  }

  double* sum_ms_;
  double start_ms_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_STOPWATCH_H_
