// How many processors this process may use.
#ifndef BURNTIN_DETECTOR_BASE_PROCESSORS_H_
#define BURNTIN_DETECTOR_BASE_PROCESSORS_H_

#include <optional>
#include <string_view>

namespace burntin {

// At least 1: the processors of the process's affinity mask, or fewer if its
// control group has a smaller quota of processor time.
int UsableProcessors();

// The processors that a control group's file `cpu.max` ("QUOTA PERIOD", both
// in microseconds) pays for, rounded up; nothing without a quota.
std::optional<int> ProcessorsOfQuota(std::string_view cpu_max);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_PROCESSORS_H_
