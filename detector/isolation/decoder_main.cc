// burntin-decoder: decodes DICOM objects for burntin and burntind, which
// start it. One argument for each of ResourceLimits; requests come by
// descriptor 3.
#include <malloc.h>
#include <sys/stat.h>

#include <charconv>
#include <iostream>
#include <optional>
#include <string_view>

#include "detector/dicom/in_process_opener.h"
#include "detector/isolation/confinement.h"
#include "detector/isolation/request_loop.h"

namespace burntin {
namespace {

bool ReadNumber(std::string_view text, int64_t* number) {
  const char* end = text.data() + text.size();
  const auto [parsed_to, error] = std::from_chars(text.data(), end, *number);
  return error == std::errc() && parsed_to == end && *number > 0;
}

std::optional<ResourceLimits> ReadLimits(int argc, char** argv) {
  ResourceLimits limits;
  if (argc != 4 || !ReadNumber(argv[1], &limits.memory_bytes) ||
      !ReadNumber(argv[2], &limits.file_bytes) ||
      !ReadNumber(argv[3], &limits.cpu_seconds)) {
    return std::nullopt;
  }
  return limits;
}

bool HasSocket() {
  struct stat info {};
  return fstat(kWorkerSocket, &info) == 0 && S_ISSOCK(info.st_mode);
}

int Main(int argc, char** argv) {
  const std::optional<ResourceLimits> limits = ReadLimits(argc, argv);
  if (!limits || !HasSocket()) {
    std::cerr << "burntin-decoder: burntin and burntind start this program.\n";
    return 2;
  }
  Channel channel{UniqueFd(kWorkerSocket)};
  InProcessOpener opener;
  const bool confined = Confine(*limits);
  AnswerRequests(
      confined, [&] { AllowCpuSeconds(limits->cpu_seconds); }, &opener,
      &channel);
  return 0;
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) {
  // A frame's memory is used again for the next instead of being asked of the
  // kernel anew.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  return burntin::Main(argc, argv);
}
