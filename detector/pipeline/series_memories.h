// Keeps what is known of series whose pictures arrive one by one. Private to
// detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_SERIES_MEMORIES_H_
#define BURNTIN_DETECTOR_PIPELINE_SERIES_MEMORIES_H_

#include <cstdint>
#include <list>
#include <string>
#include <utility>

#include "detector/base/header.h"
#include "detector/base/mutex.h"
#include "detector/pipeline/frame_inspector.h"

namespace burntin {

// Pictures of one series and patient have the same key, a digest. Empty: the
// object says no series.
std::string SeriesKey(const Header& header);

// A series has as many memories as pictures of it are looked at at a time: each
// compares a picture with those that it saw itself, in whichever order they
// come. The series, and with them the memory of each, are bounded: those
// that nothing came for the longest are forgotten, and the next picture of such
// a series is looked at in full. A memory holds a picture of the series and
// what was read on it, which is PHI. Any number of threads.
class SeriesMemories {
  struct Idle {
    std::string key;
    CineMemory memory;
    int64_t bytes = 0;
  };

 public:
  // The memories that nobody uses take about `most_bytes`.
  explicit SeriesMemories(int64_t most_bytes) : most_bytes_(most_bytes) {}

  // A memory for one picture, handed back when the loan ends, whatever became
  // of the picture. Ends before the memories do.
  class Loan {
   public:
    ~Loan() { lender_->TakeBack(std::move(lent_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    CineMemory& memory() { return lent_.front().memory; }

   private:
    friend class SeriesMemories;
    Loan(SeriesMemories* lender, std::list<Idle> lent)
        : lender_(lender), lent_(std::move(lent)) {}

    SeriesMemories* const lender_;
    std::list<Idle> lent_;  // one, so that handing it back takes no memory
  };

  // The memory of this series that was handed back last; a new one if there is
  // none that nobody uses.
  Loan Borrow(const std::string& key);

 private:
  void TakeBack(std::list<Idle> lent);

  const int64_t most_bytes_;
  Mutex mutex_;
  std::list<Idle> idle_ ABSL_GUARDED_BY(mutex_);  // the latest first
  int64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;     // of all that are idle
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_SERIES_MEMORIES_H_
