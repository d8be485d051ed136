// Each test confines a process of its own and looks at what it still can do.
#include "detector/isolation/confinement.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/capability.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

constexpr int kDone = 0;
constexpr int kCannotBeFiltered = 77;

class ConfinementTest : public testing::Test {
 protected:
  // How a confined process that does `work` ends, as waitpid() tells it.
  int EndOf(const std::function<bool()>& work) {
    const pid_t child = fork();
    if (child == 0) {
      confined_ = Confine(limits_);
      _exit(work() ? kDone : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
  }

  bool Can(const std::function<bool()>& work) { return EndOf(work) == kDone; }

  // Whether it fails with EPERM. Skips the test where calls are not filtered.
  void ExpectDenied(const std::function<bool()>& work) {
    const int status = EndOf([&] {
      if (!confined_) _exit(kCannotBeFiltered);
      errno = 0;
      return !work() && errno == EPERM;
    });
    if (WIFEXITED(status) && WEXITSTATUS(status) == kCannotBeFiltered) {
      GTEST_SKIP() << "system calls cannot be filtered here";
    }
    EXPECT_EQ(status, kDone);
  }

  ResourceLimits limits_{.memory_bytes = int64_t{1} << 30,
                         .file_bytes = int64_t{1} << 20,
                         .cpu_seconds = 10};
  bool confined_ = false;  // in the confined process
  const TempDir folder_;
};

TEST_F(ConfinementTest, FilesCanBeRead) {
  const std::string path = folder_.Write("file", "content");
  EXPECT_TRUE(Can([&] {
    std::string content;
    return std::ifstream(path) >> content && content == "content";
  }));
}

TEST_F(ConfinementTest, FoldersCanBeListed) {
  folder_.Write("file", "content");
  EXPECT_TRUE(Can([&] {
    std::error_code error;
    const std::filesystem::directory_iterator entry(folder_.path(), error);
    return !error && entry->path().filename() == "file";
  }));
}

TEST_F(ConfinementTest, AnOpenFileCanBeOpenedAnewThroughProc) {
  const int fd = open(folder_.Write("file", "x").c_str(), O_RDONLY);
  EXPECT_TRUE(Can([&] {
    return open(("/proc/self/fd/" + std::to_string(fd)).c_str(), O_RDONLY) >= 0;
  }));
  close(fd);
}

TEST_F(ConfinementTest, FilesWithoutANameCanBeWrittenUpToTheLimit) {
  const std::vector<char> mebibyte(size_t{1} << 20);
  EXPECT_TRUE(Can([&] {
    const int memory = memfd_create("test", 0);
    return write(memory, mebibyte.data(), mebibyte.size()) == 1 << 20 &&
           write(memory, mebibyte.data(), 1) < 0 && errno == EFBIG;
  }));
  EXPECT_TRUE(Can([&] {
    return open(folder_.path().c_str(), O_TMPFILE | O_RDWR, 0600) >= 0 ||
           errno == EOPNOTSUPP;
  }));
}

TEST_F(ConfinementTest, FilesWithANameCannotBeWritten) {
  const std::string path = folder_.Write("file", "content");
  for (const int flags : {O_WRONLY, O_RDWR, O_WRONLY | O_APPEND,
                          O_RDONLY | O_TRUNC, O_RDONLY | O_CREAT}) {
    ExpectDenied([&] { return open(path.c_str(), flags, 0600) >= 0; });
  }
  ExpectDenied([&] { return unlink(path.c_str()) == 0; });
  ExpectDenied([&] { return rename(path.c_str(), "/tmp/x") == 0; });
  ExpectDenied([&] { return mkdir(folder_.File("new").c_str(), 0700) == 0; });
}

TEST_F(ConfinementTest, SocketsCannotBeMade) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK}) {
    ExpectDenied([&] { return socket(family, SOCK_STREAM, 0) >= 0; });
  }
}

TEST_F(ConfinementTest, OtherProcessesCannotBeStartedOrTouched) {
  ExpectDenied([] { return fork() >= 0; });
  ExpectDenied([] {
    char* const arguments[] = {nullptr};
    return execve("/bin/true", arguments, arguments) == 0;
  });
  ExpectDenied([] { return ptrace(PTRACE_TRACEME, 0, nullptr, 0) == 0; });
  ExpectDenied([] { return kill(getppid(), 0) == 0; });
  ExpectDenied([] {
    rlimit limit = {};
    return prlimit(getppid(), RLIMIT_CORE, nullptr, &limit) == 0;
  });
  ExpectDenied([] { return fcntl(0, F_SETOWN, getppid()) == 0; });
}

TEST_F(ConfinementTest, OutlivesRequestsToEnd) {
  EXPECT_TRUE(Can([] {
    return raise(SIGTERM) == 0 && raise(SIGINT) == 0 && raise(SIGHUP) == 0;
  }));
}

TEST_F(ConfinementTest, LeavesNoCoreFile) {
  EXPECT_TRUE(Can([] {
    rlimit limit = {};
    getrlimit(RLIMIT_CORE, &limit);
    return limit.rlim_cur == 0 && limit.rlim_max == 0;
  }));
  const int status = EndOf([]() -> bool { abort(); });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(WCOREDUMP(status));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(ConfinementTest, MemoryBeyondTheLimitIsNotToBeHad) {
  EXPECT_TRUE(
      Can([] { return new (std::nothrow) char[size_t{1} << 31] == nullptr; }));
}

// As /proc tells them.
uint64_t EffectiveCapabilities() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    uint64_t capabilities = 0;
    if (word == "CapEff:" && status >> std::hex >> capabilities) {
      return capabilities;
    }
  }
  return ~uint64_t{0};
}

TEST_F(ConfinementTest, OfRootsPowersAtMostReadingIsLeft) {
  constexpr uint64_t kRead = uint64_t{1} << CAP_DAC_READ_SEARCH;
  constexpr uint64_t kOverride = uint64_t{1} << CAP_DAC_OVERRIDE;
  const uint64_t before = EffectiveCapabilities();
  ASSERT_NE(before, ~uint64_t{0});
  const uint64_t left = (before & kRead) != 0 ? kRead : before & kOverride;
  EXPECT_TRUE(Can([&] { return EffectiveCapabilities() == left; }));
  if (geteuid() != 0) GTEST_SKIP() << "the rest needs root";
  EXPECT_TRUE(Can([] { return setuid(1) != 0; }));
}
#endif

TEST_F(ConfinementTest, ProcessorTimeBeyondTheLimitIsTheEnd) {
  limits_.cpu_seconds = 0;
  const int status = EndOf([] {
    for (std::atomic<int> i = 0;; ++i) {
    }
    return false;
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGXCPU);
}

TEST_F(ConfinementTest, DiesWithTheThreadThatStartedIt) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  pid_t child = 0;
  std::thread([&] {
    child = fork();
    if (child != 0) {  // until it is confined
      char byte = 0;
      EXPECT_EQ(read(pipe_ends[0], &byte, 1), 1);
      return;
    }
    Confine(limits_);
    const ssize_t written = write(pipe_ends[1], "x", 1);
    while (written == 1) pause();
  }).join();
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

}  // namespace
}  // namespace burntin
