#include "detector/base/processors.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

namespace burntin {

std::optional<int> ProcessorsOfQuota(std::string_view cpu_max) {
  std::istringstream text{std::string(cpu_max)};
  double quota = 0;
  double period = 0;
  if (!(text >> quota >> period) || quota <= 0 || period <= 0) {
    return std::nullopt;
  }
  return static_cast<int>(std::ceil(quota / period));
}

int UsableProcessors() {
  cpu_set_t mask;
  int count = 1;
  if (sched_getaffinity(0, sizeof mask, &mask) == 0) count = CPU_COUNT(&mask);
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string line;
  std::getline(file, line);
  return std::max(1, std::min(count, ProcessorsOfQuota(line).value_or(count)));
}

}  // namespace burntin
