#include <fcntl.h>
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "detector/isolation/confinement.h"

namespace burntin {
namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

// Whatever they are called with.
constexpr int kAllowed[] = {
    // Memory. PROT_EXEC as well: libraries load parts of theirs late.
    SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(munmap),
    SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise),
    SCMP_SYS(memfd_create),
    // Descriptors that are open.
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv),
    SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(pwritev),
    SCMP_SYS(lseek), SCMP_SYS(_llseek), SCMP_SYS(close), SCMP_SYS(dup),
    SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(fadvise64),
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(sendto), SCMP_SYS(sendmsg),
    SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(getdents64),
    // What files there are.
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
    SCMP_SYS(stat64), SCMP_SYS(lstat64), SCMP_SYS(fstat64), SCMP_SYS(fstatat64),
    SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
    // Time, signals of its own, and facts about itself and the machine.
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
    SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall),
    SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid),
    SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrusage),
    SCMP_SYS(getrlimit), SCMP_SYS(ugetrlimit), SCMP_SYS(setrlimit),
    SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(exit), SCMP_SYS(exit_group)};

// Not F_SETOWN and the like, which send signals to others.
constexpr int kFileCommands[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD,
                                 F_GETFL, F_SETFL,         F_GETLK, F_SETLK};

// Flags of open() by which files are changed or made.
constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_TMPFILE;
constexpr scmp_datum_t kReading = kWriting & ~scmp_datum_t{O_DIRECTORY};
constexpr scmp_datum_t kUnnamedFile = O_TMPFILE | O_RDWR;

template <typename... Compare>
bool Allow(const Filter& filter, int call, Compare... compare) {
  return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call,
                          sizeof...(compare), compare...) == 0;
}

bool AllowSome(const Filter& filter) {
  bool done =
      Allow(filter, SCMP_SYS(openat),
            SCMP_A2(SCMP_CMP_MASKED_EQ, kReading, 0)) &&
      Allow(filter, SCMP_SYS(openat),
            SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, kUnnamedFile)) &&
      Allow(filter, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, kReading, 0)) &&
      // abort()
      Allow(filter, SCMP_SYS(tgkill),
            SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))) &&
      // Limits, of this process alone.
      Allow(filter, SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_EQ, 0));
  for (const int command : kFileCommands) {
    for (const int call : {SCMP_SYS(fcntl), SCMP_SYS(fcntl64)}) {
      done = done &&
             Allow(filter, call,
                   SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command)));
    }
  }
  return done;
}

}  // namespace

bool FilterSystemCalls() {
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
  if (filter == nullptr) return false;
  for (const int call : kAllowed) {
    if (!Allow(filter, call)) return false;
  }
  return AllowSome(filter) && seccomp_load(filter.get()) == 0;
}

}  // namespace burntin
