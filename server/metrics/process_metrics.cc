#include "server/metrics/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace burntin {
namespace {

// Fields of /proc/PID/stat behind the program's name, counted from 0.
constexpr size_t kUserTicks = 11;
constexpr size_t kSystemTicks = 12;
constexpr size_t kThreads = 17;
constexpr size_t kStartTicks = 19;
constexpr size_t kVirtualBytes = 20;
constexpr size_t kResidentPages = 21;

// A control group of version 1 without a bound has one near 2^63.
constexpr double kNoBound = 1e18;

std::string ReadText(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<double> ParseNumber(std::string_view text) {
  const size_t end = text.find_first_not_of("0123456789");
  const std::string_view digits = text.substr(0, end);
  int64_t value = 0;
  const char* last = digits.data() + digits.size();
  const auto [parsed_to, error] = std::from_chars(digits.data(), last, value);
  if (digits.empty() || error != std::errc() || parsed_to != last) {
    return std::nullopt;
  }
  return static_cast<double>(value);
}

// The number behind `key` at the beginning of a line of `text`.
std::optional<double> NumberOf(const std::string& text,
                               const std::string& key) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(key)) continue;
    const size_t digits = line.find_first_of("0123456789", key.size());
    if (digits == std::string::npos) return std::nullopt;
    return ParseNumber(std::string_view(line).substr(digits));
  }
  return std::nullopt;
}

std::vector<std::string> StatFields(const std::string& proc) {
  const std::string text = ReadText(proc + "/self/stat");
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream words(text.substr(name_end + 1));
  return {std::istream_iterator<std::string>(words), {}};
}

std::optional<double> CountEntries(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  double count = 0;
  for (; !error && entries != std::filesystem::directory_iterator();
       entries.increment(error)) {
    ++count;
  }
  if (error) return std::nullopt;
  return count;
}

std::optional<double> MostFiles() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  return static_cast<double>(limit.rlim_cur);
}

struct Memory {
  std::optional<double> used_bytes;
  std::optional<double> limit_bytes;
};

// Of the control group below `folder`, whose files have these names.
Memory GroupMemory(const std::string& folder, const char* limit,
                   const char* usage, const char* droppable) {
  Memory memory;
  const auto bound = ParseNumber(ReadText(folder + "/" + limit));
  const auto used = ParseNumber(ReadText(folder + "/" + usage));
  if (!bound || *bound >= kNoBound || !used) return memory;
  const std::string details = ReadText(folder + "/memory.stat");
  memory.used_bytes = *used - NumberOf(details, droppable).value_or(0);
  memory.limit_bytes = bound;
  return memory;
}

// The folder of this process's group; in a container the group is the root.
std::string GroupFolder(const KernelFolders& folders, const std::string& root,
                        const std::string& controller) {
  std::istringstream lines(ReadText(folders.proc + "/self/cgroup"));
  std::string line;
  while (std::getline(lines, line)) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    if (line.substr(first + 1, second - first - 1) != controller) continue;
    const std::string folder = root + line.substr(second + 1);
    std::error_code error;
    if (std::filesystem::exists(folder, error)) return folder;
  }
  return root;
}

Memory BoundedMemory(const KernelFolders& folders) {
  const std::string& root = folders.control_groups;
  const Memory memory =
      GroupMemory(GroupFolder(folders, root, ""), "memory.max",
                  "memory.current", "inactive_file ");
  if (memory.limit_bytes) return memory;
  return GroupMemory(GroupFolder(folders, root + "/memory", "memory"),
                     "memory.limit_in_bytes", "memory.usage_in_bytes",
                     "total_inactive_file ");
}

class Reader {
 public:
  explicit Reader(KernelFolders folders) : folders_(std::move(folders)) {}

  std::vector<SampledMetric> Read() const {
    std::vector<SampledMetric> metrics;
    ReadStat(&metrics);
    Put("process_open_fds", "Files that the process has open.",
        MetricKind::kGauge, CountEntries(folders_.proc + "/self/fd"), &metrics);
    Put("process_max_fds", "Files that the process may have open.",
        MetricKind::kGauge, MostFiles(), &metrics);
    return metrics;
  }

 private:
  static void Put(const char* name, const char* help, MetricKind kind,
                  std::optional<double> value,
                  std::vector<SampledMetric>* metrics) {
    if (value) metrics->push_back({{name, help}, kind, {{{}, *value}}});
  }

  void ReadStat(std::vector<SampledMetric>* metrics) const {
    const std::vector<std::string> fields = StatFields(folders_.proc);
    const auto field = [&](size_t index) -> std::optional<double> {
      if (index >= fields.size()) return std::nullopt;
      return ParseNumber(fields[index]);
    };
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto user = field(kUserTicks);
    const auto system = field(kSystemTicks);
    const auto pages = field(kResidentPages);
    const auto started = field(kStartTicks);
    const auto booted = NumberOf(ReadText(folders_.proc + "/stat"), "btime ");
    std::optional<double> cpu, resident, start;
    if (user && system) cpu = (*user + *system) / ticks;
    if (pages) resident = *pages * static_cast<double>(sysconf(_SC_PAGESIZE));
    if (started && booted) start = *booted + *started / ticks;
    Put("process_cpu_seconds_total", "Processor time of the process.",
        MetricKind::kCounter, cpu, metrics);
    Put("process_resident_memory_bytes",
        "Memory of the process that is in use, decoders not included.",
        MetricKind::kGauge, resident, metrics);
    Put("process_virtual_memory_bytes", "Address space of the process.",
        MetricKind::kGauge, field(kVirtualBytes), metrics);
    Put("process_threads", "Threads of the process.", MetricKind::kGauge,
        field(kThreads), metrics);
    Put("process_start_time_seconds",
        "When the process started, in seconds since 1970.", MetricKind::kGauge,
        start, metrics);
    PutMemory(resident, metrics);
  }

  void PutMemory(std::optional<double> resident,
                 std::vector<SampledMetric>* metrics) const {
    Memory memory = BoundedMemory(folders_);
    if (!memory.limit_bytes) {
      memory.used_bytes = resident;
      const auto kibibytes =
          NumberOf(ReadText(folders_.proc + "/meminfo"), "MemTotal:");
      if (kibibytes) memory.limit_bytes = *kibibytes * 1024;
    }
    Put("burntin_memory_used_bytes",
        "Memory that counts against burntin_memory_limit_bytes.",
        MetricKind::kGauge, memory.used_bytes, metrics);
    Put("burntin_memory_limit_bytes",
        "The bound of the control group, or else the machine's memory.",
        MetricKind::kGauge, memory.limit_bytes, metrics);
  }

  const KernelFolders folders_;
};

}  // namespace

MetricSource ProcessMetrics(KernelFolders folders) {
  return [reader = Reader(std::move(folders))] { return reader.Read(); };
}

}  // namespace burntin
