#include "server/routing/protocol_file.h"

#include <filesystem>
#include <fstream>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr size_t kMostBytes = size_t{1} << 20;
constexpr size_t kBlockBytes = size_t{1} << 16;

}  // namespace

absl::StatusOr<std::string> ReadProtocolFile(const std::string& path) {
  std::error_code ignored;
  std::ifstream file;
  if (std::filesystem::is_regular_file(path, ignored)) {
    file.open(path, std::ios::binary);
  }
  std::string text;
  while (file.is_open() && file.good() && text.size() <= kMostBytes) {
    const size_t before = text.size();
    text.resize(before + kBlockBytes);
    file.read(text.data() + before, kBlockBytes);
    text.resize(before + static_cast<size_t>(file.gcount()));
  }
  if (text.size() > kMostBytes) {
    return Error(Reason::kInvalidArgument,
                 "The file has more than 1 MiB. Is it a protocol?");
  }
  if (!file.is_open() || file.bad() || !file.eof()) {
    return Error(Reason::kInvalidArgument,
                 "The file cannot be read. Check its path and permissions.");
  }
  return text;
}

}  // namespace burntin
