#include "detector/dicom/nesting_guard.h"

#include <cstdint>
#include <fstream>
#include <string_view>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;
constexpr size_t kItemHeaderBytes = 8;  // tag and length
constexpr uint32_t kUndefinedLength = 0xFFFFFFFF;
constexpr int64_t kNoEnd = INT64_MAX;

// The items that are open at the scanner's position.
class OpenItems {
 public:
  // An item's header at `position` was seen.
  void Start(int64_t position, uint32_t length) {
    while (!ends_.empty() && ends_.back() <= position) ends_.pop_back();
    const int64_t content = position + static_cast<int64_t>(kItemHeaderBytes);
    ends_.push_back(length == kUndefinedLength ? kNoEnd : content + length);
  }

  // An item delimiter was seen: it ends the innermost item without a length.
  void End() {
    while (!ends_.empty() && ends_.back() != kNoEnd) ends_.pop_back();
    if (!ends_.empty()) ends_.pop_back();
  }

  int depth() const { return static_cast<int>(ends_.size()); }

 private:
  std::vector<int64_t> ends_;
};

enum class Mark { kNone, kItemStart, kItemEnd };

uint8_t ByteAt(std::string_view bytes, size_t i) {
  return static_cast<uint8_t>(bytes[i]);
}

// Item (FFFE,E000) and Item Delimitation (FFFE,E00D) in either byte order.
Mark MarkAt(std::string_view bytes, size_t i) {
  const uint8_t a = ByteAt(bytes, i);
  const uint8_t b = ByteAt(bytes, i + 1);
  const uint8_t c = ByteAt(bytes, i + 2);
  const uint8_t d = ByteAt(bytes, i + 3);
  const bool little = a == 0xFE && b == 0xFF && d == 0xE0;
  const bool big = a == 0xFF && b == 0xFE && c == 0xE0;
  if (!little && !big) return Mark::kNone;
  const uint8_t last = little ? c : d;
  if (last == 0x00) return Mark::kItemStart;
  return last == 0x0D ? Mark::kItemEnd : Mark::kNone;
}

uint32_t LengthAt(std::string_view bytes, size_t i) {
  uint32_t length = 0;
  const bool little = ByteAt(bytes, i) == 0xFE;
  for (size_t k = 0; k < 4; ++k) {
    const size_t at = i + 4 + (little ? 3 - k : k);
    length = length << 8 | ByteAt(bytes, at);
  }
  return length;
}

}  // namespace

absl::Status CheckNesting(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  OpenItems items;
  std::string buffer;
  int64_t buffer_start = 0;
  while (file) {
    const size_t kept = buffer.size();
    buffer.resize(kept + kChunkBytes);
    file.read(buffer.data() + kept, kChunkBytes);
    buffer.resize(kept + static_cast<size_t>(file.gcount()));
    size_t i = 0;
    for (; i + kItemHeaderBytes <= buffer.size(); ++i) {
      // Most bytes are neither: this is the scanner's fast path.
      if (ByteAt(buffer, i) < 0xFE) continue;
      const Mark mark = MarkAt(buffer, i);
      if (mark == Mark::kItemStart) {
        items.Start(buffer_start + static_cast<int64_t>(i),
                    LengthAt(buffer, i));
      } else if (mark == Mark::kItemEnd) {
        items.End();
      }
      if (items.depth() > kMaxNestingDepth) {
        return Error(Reason::kFileMalformed,
                     "Sequences nest too deeply to be read. Repair the "
                     "object, or look at it by hand.");
      }
    }
    buffer.erase(0, i);
    buffer_start += static_cast<int64_t>(i);
  }
  return absl::OkStatus();
}

}  // namespace burntin
