// A runtime that counts what networks cost, whatever is around them.
#ifndef BURNTIN_BENCHMARKS_BENCH_COUNTED_RUNTIME_H_
#define BURNTIN_BENCHMARKS_BENCH_COUNTED_RUNTIME_H_

#include <memory>

#include "detector/text/neural_network.h"

namespace burntin::bench {

// Of networks whose input is [1, channels, rows, columns].
struct NetworkWork {
  double cpu_ms = 0;  // of all threads of the process
  double pixels = 0;  // rows x columns of all inputs, black around included
};

// Loads with `runtime`. What its networks do is added to `work`; networks that
// share it serve one thread in all.
std::unique_ptr<NeuralRuntime> MakeCountedRuntime(
    std::shared_ptr<NeuralRuntime> runtime, std::shared_ptr<NetworkWork> work);

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_COUNTED_RUNTIME_H_
