#include "detector/views/palette.h"

#include <utility>

#include "absl/status/status.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kMostEntries = 65536;
// Segments without entries, copied over and over, take time all the same.
constexpr size_t kMostSegments = 2 * kMostEntries;

absl::Status Malformed() {
  return Error(Reason::kFileMalformed,
               "A lookup table or a palette is damaged. Repair the object.");
}

class Expander {
 public:
  explicit Expander(absl::Span<const uint16_t> segments)
      : segments_(segments) {}

  absl::StatusOr<std::vector<uint16_t>> Run() {
    size_t at = 0;
    while (at < segments_.size()) RETURN_IF_ERROR(Expand(&at, false));
    return std::move(entries_);
  }

 private:
  enum Opcode : uint16_t { kDiscrete = 0, kLinear = 1, kIndirect = 2 };

  // Expands the segment at `*at` and steps over it.
  absl::Status Expand(size_t* at, bool is_copy) {
    if (segments_.size() - *at < 2 || ++expanded_ > kMostSegments) {
      return Malformed();
    }
    const uint16_t opcode = segments_[*at];
    const size_t count = segments_[*at + 1];
    *at += 2;
    if (opcode == kIndirect) {
      return is_copy ? Malformed() : Copy(count, at);
    }
    const size_t words = opcode == kDiscrete ? count : 1;
    if (opcode > kIndirect || segments_.size() - *at < words ||
        kMostEntries - entries_.size() < count) {
      return Malformed();
    }
    if (opcode == kDiscrete) {
      entries_.insert(entries_.end(), segments_.begin() + *at,
                      segments_.begin() + *at + count);
    } else {
      RETURN_IF_ERROR(Ramp(segments_[*at], count));
    }
    *at += words;
    return absl::OkStatus();
  }

  // `count` entries up to `last`, from the entry before them.
  absl::Status Ramp(uint16_t last, size_t count) {
    if (entries_.empty()) return Malformed();
    const double first = entries_.back();
    for (size_t i = 1; i <= count; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(count);
      entries_.push_back(
          static_cast<uint16_t>(first + (last - first) * share + 0.5));
    }
    return absl::OkStatus();
  }

  // Expands `count` earlier segments once more.
  absl::Status Copy(size_t count, size_t* at) {
    if (segments_.size() - *at < 2) return Malformed();
    const size_t offset =
        segments_[*at] | static_cast<size_t>(segments_[*at + 1]) << 16;
    *at += 2;
    if (offset % 2 != 0) return Malformed();
    size_t from = offset / 2;  // bytes to words
    for (size_t i = 0; i < count; ++i) {
      if (from + 2 > segments_.size()) return Malformed();
      RETURN_IF_ERROR(Expand(&from, /*is_copy=*/true));
    }
    return absl::OkStatus();
  }

  absl::Span<const uint16_t> segments_;
  std::vector<uint16_t> entries_;
  size_t expanded_ = 0;
};

}  // namespace

absl::StatusOr<LookUpTable> MakeLookUpTable(
    absl::Span<const uint16_t> descriptor, bool is_signed,
    absl::Span<const uint16_t> data) {
  if (descriptor.size() < 3) return Malformed();
  const size_t count = descriptor[0] == 0 ? kMostEntries : descriptor[0];
  LookUpTable table;
  table.first_mapped =
      is_signed ? static_cast<int16_t>(descriptor[1]) : int{descriptor[1]};
  table.bits = descriptor[2];
  if (table.bits < 1 || table.bits > 16) return Malformed();
  if (data.size() >= count) {
    table.entries.assign(data.begin(), data.begin() + count);
  } else if (table.bits == 8 && data.size() * 2 >= count) {
    for (size_t i = 0; i < count; ++i) {
      const int shift = i % 2 == 0 ? 0 : 8;
      table.entries.push_back((data[i / 2] >> shift) & 0xFF);
    }
  } else {
    return Malformed();
  }
  return table;
}

absl::StatusOr<std::vector<uint16_t>> ExpandSegments(
    absl::Span<const uint16_t> segments) {
  return Expander(segments).Run();
}

}  // namespace burntin
