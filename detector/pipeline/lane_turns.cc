#include "detector/pipeline/lane_turns.h"

#include <algorithm>

namespace burntin {

void LaneTurns::DoOne(const std::function<void(int lane, int turn)>& turn) {
  std::optional<Turn> next = Take();
  while (next) {
    turn(next->lane, next->number);
    next = Release(next->lane) ? Take() : std::nullopt;
  }
}

std::optional<LaneTurns::Turn> LaneTurns::Take() {
  MutexLock lock(&mutex_);
  // Those that cannot be gone on with are behind nobody.
  const auto progress = [this](const Lane& lane) {
    return lane.is_busy ? turns_ : lane.done;
  };
  const auto behind = std::min_element(lanes_.begin(), lanes_.end(),
                                       [&](const Lane& one, const Lane& other) {
                                         return progress(one) < progress(other);
                                       });
  if (progress(*behind) == turns_) {
    ++owed_;
    return std::nullopt;
  }
  behind->is_busy = true;
  return Turn{static_cast<int>(behind - lanes_.begin()), behind->done};
}

bool LaneTurns::Release(int lane) {
  MutexLock lock(&mutex_);
  Lane& released = lanes_[static_cast<size_t>(lane)];
  released.is_busy = false;
  ++released.done;
  if (owed_ == 0) return false;
  --owed_;
  return true;
}

}  // namespace burntin
