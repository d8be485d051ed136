// Whether anything happens on a call.
#ifndef BURNTIN_SERVER_DETECTION_ACTIVITY_H_
#define BURNTIN_SERVER_DETECTION_ACTIVITY_H_

#include <atomic>
#include <chrono>

namespace burntin {

// A call is active while work goes on for it, and when a message of it was
// read or written. Any number of threads may use one at the same time.
class Activity {
 public:
  using Clock = std::chrono::steady_clock;

  // Work that the server does for a call, as long as it lives: an inspection,
  // or a wait for room that other calls take.
  class Work {
   public:
    explicit Work(Activity* activity) : activity_(activity) {
      ++activity_->work_;
    }
    ~Work() {
      activity_->Note();
      --activity_->work_;
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    Activity* activity_;
  };

  // A message was read or written.
  void Note() { last_ = Clock::now().time_since_epoch(); }

  // Whether nothing has happened for `limit`.
  bool IdleFor(Clock::duration limit) const {
    if (work_ > 0) return false;
    return Clock::now().time_since_epoch() - last_.load() >= limit;
  }

 private:
  std::atomic<int> work_ = 0;
  std::atomic<Clock::duration> last_ = Clock::now().time_since_epoch();
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_ACTIVITY_H_
