// What the operating system says about this process: processor time, memory,
// open files.
#ifndef BURNTIN_SERVER_METRICS_PROCESS_METRICS_H_
#define BURNTIN_SERVER_METRICS_PROCESS_METRICS_H_

#include <string>

#include "server/metrics/metric_registry.h"

namespace burntin {

// Where the kernel tells it. Tests have folders of their own.
struct KernelFolders {
  std::string proc = "/proc";
  std::string control_groups = "/sys/fs/cgroup";
};

// The `process_...` metrics that every program under Prometheus has; of this
// process alone. And `burntin_memory_used_bytes` beside
// `burntin_memory_limit_bytes`: where a control group bounds the memory, what
// the group uses, decoders included, less files that the kernel can drop, and
// its bound; else this process's memory and the machine's. What cannot be read
// is left out.
MetricSource ProcessMetrics(KernelFolders folders = {});

}  // namespace burntin

#endif  // BURNTIN_SERVER_METRICS_PROCESS_METRICS_H_
