#include "server/daemon/memory_trim.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <future>
#include <memory>
#include <vector>

namespace burntin {
namespace {

int64_t ResidentBytes() {
  int64_t total = 0;
  int64_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

TEST(MemoryTrimTest, TrimsAgainAndAgain) {
  std::promise<void> third;
  int calls = 0;
  MemoryTrim trim(std::chrono::milliseconds(1), [&] {
    if (++calls == 3) third.set_value();
  });
  third.get_future().wait();
}

TEST(MemoryTrimTest, EndsWithoutWaitingForItsNextTime) {
  MemoryTrim trim(std::chrono::hours(1), [] { ADD_FAILURE(); });
}

TEST(MemoryTrimTest, WhatWasFreedIsGivenBack) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "A sanitizer keeps what was freed.";
#endif
  constexpr size_t kBlocks = 4096;
  constexpr size_t kBlockBytes = 16 << 10;  // too small for pages of its own
  std::vector<std::unique_ptr<std::vector<char>>> blocks;
  for (size_t i = 0; i < kBlocks; ++i) {
    blocks.push_back(std::make_unique<std::vector<char>>(kBlockBytes, 'x'));
  }
  const auto last = std::make_unique<std::vector<char>>(kBlockBytes, 'x');
  blocks.clear();
  const int64_t before = ResidentBytes();
  GiveFreedMemoryBack();
  // `last` lies above them, so the C library alone gives nothing back.
  EXPECT_LT(ResidentBytes(),
            before - static_cast<int64_t>(kBlocks * kBlockBytes / 2));
  EXPECT_EQ(last->back(), 'x');
}

}  // namespace
}  // namespace burntin
