// A runner for tests: one thread, an order that depends on a seed, and worker
// numbers that change from task to task. Code whose answer depends on order
// or on which worker did what gives another answer for another seed.
#ifndef BURNTIN_TESTS_TESTUTIL_SHUFFLED_RUNNER_H_
#define BURNTIN_TESTS_TESTUTIL_SHUFFLED_RUNNER_H_

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "detector/base/runner.h"

namespace burntin {

class ShuffledRunner final : public Runner {
 public:
  ShuffledRunner(unsigned seed, int workers)
      : random_(seed), workers_(workers) {}

  int worker_count() const override { return workers_; }

  void ForEach(int count, const Task& task) override {
    std::vector<int> order(static_cast<size_t>(std::max(0, count)));
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random_);
    for (const int index : order) {
      task(index, next_worker_);
      next_worker_ = (next_worker_ + 1) % workers_;
    }
  }

 private:
  std::mt19937 random_;
  int workers_;
  int next_worker_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_SHUFFLED_RUNNER_H_
