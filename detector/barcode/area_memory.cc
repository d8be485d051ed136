#include "detector/barcode/area_memory.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>

namespace burntin {
namespace {

// A few frames' areas, of several frames that are worked on side by side.
constexpr int64_t kMostPixels = int64_t{1} << 23;

bool IsEqual(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size()) return false;
  for (int y = 0; y < a.rows; ++y) {
    if (std::memcmp(a.ptr(y), b.ptr(y), static_cast<size_t>(a.cols)) != 0) {
      return false;
    }
  }
  return true;
}

// Of the pixels' order as well.
size_t DigestOf(const cv::Mat& area) {
  size_t digest = static_cast<size_t>(area.cols);
  for (int y = 0; y < area.rows; ++y) {
    const std::string_view row(area.ptr<char>(y),
                               static_cast<size_t>(area.cols));
    digest = digest * 31 + std::hash<std::string_view>()(row);
  }
  return digest;
}

}  // namespace

std::optional<std::vector<PlacedCode>> AreaMemory::Find(CodeKind kind,
                                                        const cv::Mat& area) {
  const size_t digest = DigestOf(area);
  MutexLock lock(&mutex_);
  const auto known =
      std::find_if(known_.begin(), known_.end(), [&](const Known& one) {
        return one.digest == digest && one.kind == kind &&
               IsEqual(one.area, area);
      });
  if (known == known_.end()) return std::nullopt;
  known_.splice(known_.begin(), known_, known);
  return known->codes;
}

void AreaMemory::Add(CodeKind kind, const cv::Mat& area,
                     std::vector<PlacedCode> codes) {
  Known added = {kind, DigestOf(area), area.clone(), std::move(codes)};
  MutexLock lock(&mutex_);
  pixels_ += static_cast<int64_t>(area.total());
  known_.push_front(std::move(added));
  while (pixels_ > kMostPixels) {
    pixels_ -= static_cast<int64_t>(known_.back().area.total());
    known_.pop_back();
  }
}

}  // namespace burntin
