#include <unistd.h>

#include <cstdlib>

#include "detector/detector.h"

namespace burntin {

void LimitLibraryThreads(char** argv) {
  // The OpenMP runtime reads its limit before main() starts, so the only way
  // to set it for this process is to start the program again.
  if (std::getenv("OMP_THREAD_LIMIT") != nullptr) return;
  setenv("OMP_THREAD_LIMIT", "1", /*overwrite=*/1);
  execv("/proc/self/exe", argv);
}

}  // namespace burntin
