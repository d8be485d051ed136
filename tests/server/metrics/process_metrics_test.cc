#include "server/metrics/process_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace burntin {
namespace {

using ::testing::Eq;
using ::testing::Gt;
using ::testing::Optional;

class ProcessMetricsTest : public testing::Test {
 protected:
  ProcessMetricsTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("process_metrics_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(folder_);
  }
  ~ProcessMetricsTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& path, const std::string& text) {
    const std::filesystem::path file = folder_ / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  // By the kernel's folders of this test.
  std::optional<double> Fake(const std::string& name) {
    return Read(
        {.proc = folder_ / "proc", .control_groups = folder_ / "cgroup"}, name);
  }

  static std::optional<double> Read(const KernelFolders& folders,
                                    const std::string& name) {
    for (const SampledMetric& metric : ProcessMetrics(folders)()) {
      if (metric.name.name == name) return metric.samples.at(0).value;
    }
    return std::nullopt;
  }

  // Field by field: a name with what looks like more fields, state S, then 1 to
  // 50, of which the fields' numbers of proc(5) are four less.
  void WriteStat() {
    std::string text = "77 (a) b (S) S";
    for (int i = 1; i <= 50; ++i) text += " " + std::to_string(i);
    Write("proc/self/stat", text + "\n");
  }

  const std::filesystem::path folder_;
};

TEST_F(ProcessMetricsTest, TheRunningProcessHasAllOfThem) {
  for (const char* name :
       {"process_cpu_seconds_total", "process_resident_memory_bytes",
        "process_virtual_memory_bytes", "process_threads", "process_open_fds",
        "process_max_fds", "process_start_time_seconds",
        "burntin_memory_used_bytes", "burntin_memory_limit_bytes"}) {
    EXPECT_TRUE(Read({}, name)) << name;
  }
  EXPECT_THAT(Read({}, "process_resident_memory_bytes"), Optional(Gt(1e6)));
  EXPECT_THAT(Read({}, "process_open_fds"), Optional(Gt(2.0)));
}

TEST_F(ProcessMetricsTest, AProgramsNameDoesNotShiftTheFields) {
  WriteStat();
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  EXPECT_THAT(Fake("process_cpu_seconds_total"), Optional((11 + 12) / ticks));
  EXPECT_THAT(Fake("process_threads"), Optional(17.0));
  EXPECT_THAT(Fake("process_virtual_memory_bytes"), Optional(20.0));
  EXPECT_THAT(Fake("process_resident_memory_bytes"),
              Optional(21.0 * static_cast<double>(sysconf(_SC_PAGESIZE))));
}

TEST_F(ProcessMetricsTest, WhatCannotBeReadIsLeftOut) {
  EXPECT_EQ(Fake("process_cpu_seconds_total"), std::nullopt);
  EXPECT_EQ(Fake("process_open_fds"), std::nullopt);
  EXPECT_EQ(Fake("burntin_memory_limit_bytes"), std::nullopt);
  Write("proc/self/stat", "77 (cut) S 1 2");
  EXPECT_EQ(Fake("process_resident_memory_bytes"), std::nullopt);
}

TEST_F(ProcessMetricsTest, AGroupOfVersion2BoundsTheMemory) {
  Write("proc/self/cgroup", "0::/system.slice/burntind.service\n");
  const std::string group = "cgroup/system.slice/burntind.service/";
  Write(group + "memory.max", "8000\n");
  Write(group + "memory.current", "5000\n");
  Write(group + "memory.stat", "anon 1\ninactive_file 2000\n");
  EXPECT_THAT(Fake("burntin_memory_limit_bytes"), Optional(8000.0));
  EXPECT_THAT(Fake("burntin_memory_used_bytes"), Optional(3000.0));
}

TEST_F(ProcessMetricsTest, AContainersGroupIsItsRoot) {
  Write("proc/self/cgroup", "0::/\n");
  Write("cgroup/memory.max", "8000\n");
  Write("cgroup/memory.current", "5000\n");
  EXPECT_THAT(Fake("burntin_memory_limit_bytes"), Optional(8000.0));
  EXPECT_THAT(Fake("burntin_memory_used_bytes"), Optional(5000.0));
}

TEST_F(ProcessMetricsTest, AGroupThatCannotBeLookedAtIsNoGroup) {
  Write("proc/self/cgroup", "0::/loop/x\n");
  Write("cgroup/memory.max", "8000\n");
  Write("cgroup/memory.current", "5000\n");
  std::filesystem::create_symlink("loop", folder_ / "cgroup/loop");
  EXPECT_THAT(Fake("burntin_memory_limit_bytes"), Optional(8000.0));
}

TEST_F(ProcessMetricsTest, AGroupOfVersion1BoundsTheMemory) {
  Write("proc/self/cgroup", "4:memory:/burntind\n0::/\n");
  const std::string group = "cgroup/memory/burntind/";
  Write(group + "memory.limit_in_bytes", "8000\n");
  Write(group + "memory.usage_in_bytes", "5000\n");
  Write(group + "memory.stat", "inactive_file 1\ntotal_inactive_file 1000\n");
  EXPECT_THAT(Fake("burntin_memory_limit_bytes"), Optional(8000.0));
  EXPECT_THAT(Fake("burntin_memory_used_bytes"), Optional(4000.0));
}

TEST_F(ProcessMetricsTest, WithoutABoundTheMachinesMemoryIsIt) {
  WriteStat();
  Write("proc/self/cgroup", "4:memory:/\n0::/\n");
  Write("cgroup/memory.max", "max\n");
  Write("cgroup/memory.current", "5000\n");
  Write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  Write("cgroup/memory/memory.usage_in_bytes", "5000\n");
  Write("proc/meminfo", "MemTotal:       16 kB\nMemFree:  1 kB\n");
  EXPECT_THAT(Fake("burntin_memory_limit_bytes"), Optional(16.0 * 1024));
  EXPECT_EQ(Fake("burntin_memory_used_bytes"),
            Fake("process_resident_memory_bytes"));
}

}  // namespace
}  // namespace burntin
