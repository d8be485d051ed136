#include <unistd.h>

#include <array>
#include <cstdlib>

#include "detector/detector.h"

namespace burntin {
namespace {

// OpenMP runs inside Tesseract, OpenBLAS below OpenCV where a machine has it.
constexpr std::array kLimits = {"OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"};

}  // namespace

void LimitLibraryThreads(char** argv) {
  bool is_limited = true;
  for (const char* limit : kLimits) {
    if (std::getenv(limit) != nullptr) continue;
    is_limited = false;
    setenv(limit, "1", /*overwrite=*/1);
  }
  // The libraries read their limits before main() starts, so the only way to
  // set them for this process is to start the program again.
  if (!is_limited) execv("/proc/self/exe", argv);
}

}  // namespace burntin
