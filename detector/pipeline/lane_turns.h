// Who does the next turn of which lane. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_LANE_TURNS_H_
#define BURNTIN_DETECTOR_PIPELINE_LANE_TURNS_H_

#include <functional>
#include <optional>
#include <vector>

#include "detector/base/mutex.h"

namespace burntin {

// Lanes whose turns are done one after the other, but side by side with those
// of other lanes, so that no lane waits for a slow turn of another. Any number
// of threads.
class LaneTurns {
 public:
  LaneTurns(int lanes, int turns) : turns_(turns), lanes_(lanes) {}

  // Has `turn` do one turn of the lane that is furthest behind of those that
  // nobody is at. If somebody is at all that have turns left, one of these does
  // one more. After as many calls as there are turns all are done. `turn` must
  // not throw.
  void DoOne(const std::function<void(int lane, int turn)>& turn);

 private:
  struct Lane {
    int done = 0;
    bool is_busy = false;
  };

  struct Turn {
    int lane = 0;
    int number = 0;
  };

  // What to do next. Nothing: no lane waits, and somebody else will do it.
  std::optional<Turn> Take();
  // Whether there is a turn to do for somebody who found no lane.
  bool Release(int lane);

  const int turns_;
  Mutex mutex_;
  std::vector<Lane> lanes_ ABSL_GUARDED_BY(mutex_);
  int owed_ ABSL_GUARDED_BY(mutex_) = 0;  // by those who are at a lane
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_LANE_TURNS_H_
