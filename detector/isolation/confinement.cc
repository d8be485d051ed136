#include "detector/isolation/confinement.h"

#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>

namespace burntin {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// The socket, the object's file and what libraries open meanwhile.
constexpr rlim_t kOpenFiles = 64;

// Lower limits that are already there stay.
void Limit(__rlimit_resource resource, rlim_t most) {
  rlimit limit = {};
  getrlimit(resource, &limit);
  limit.rlim_max = std::min(limit.rlim_max, most);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(resource, &limit);
}

void DropCapabilities() {
  __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3,
                                     .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> kept = {};
  if (syscall(SYS_capget, &header, kept.data()) != 0) return;
  for (__user_cap_data_struct& word : kept) {
    word.permitted = 0;
    word.inheritable = 0;
  }
  // An object that only root may read is opened anew through /proc. Container
  // engines tend to grant the larger power alone.
  constexpr uint32_t kRead = 1U << CAP_DAC_READ_SEARCH;
  constexpr uint32_t kOverride = 1U << CAP_DAC_OVERRIDE;
  const bool may_read = (kept[0].effective & kRead) != 0;
  kept[0].permitted = kept[0].effective & (may_read ? kRead : kOverride);
  kept[0].effective = kept[0].permitted;
  kept[1].effective = 0;
  syscall(SYS_capset, &header, kept.data());
}

}  // namespace

bool Confine(const ResourceLimits& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::ofstream("/proc/self/oom_score_adj") << "1000";
  prctl(PR_SET_DUMPABLE, 0);
  // A write beyond the limit is an error, not the end.
  signal(SIGXFSZ, SIG_IGN);
  // Whoever stops the whole service lets frames in work end; the parent kills
  // its workers, or they see that it is gone.
  for (const int request : {SIGTERM, SIGINT, SIGHUP}) signal(request, SIG_IGN);
  Limit(RLIMIT_CORE, 0);
  Limit(RLIMIT_FSIZE, static_cast<rlim_t>(limits.file_bytes));
  Limit(RLIMIT_NOFILE, kOpenFiles);
  AllowCpuSeconds(limits.cpu_seconds);
  if (kSanitized) return false;
  Limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_bytes));
  DropCapabilities();
  return FilterSystemCalls();
}

void AllowCpuSeconds(int64_t seconds) {
  rusage used = {};
  getrusage(RUSAGE_SELF, &used);
  rlimit limit = {};
  getrlimit(RLIMIT_CPU, &limit);
  limit.rlim_cur = std::min(
      limit.rlim_max, static_cast<rlim_t>(used.ru_utime.tv_sec +
                                          used.ru_stime.tv_sec + 1 + seconds));
  setrlimit(RLIMIT_CPU, &limit);
}

}  // namespace burntin
