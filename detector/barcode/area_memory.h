// What areas of pictures showed that were read before. Private to
// detector/barcode.
#ifndef BURNTIN_DETECTOR_BARCODE_AREA_MEMORY_H_
#define BURNTIN_DETECTOR_BARCODE_AREA_MEMORY_H_

#include <cstdint>
#include <list>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "detector/barcode/code_areas.h"
#include "detector/base/mutex.h"
#include "detector/base/phi_text.h"

namespace burntin {

// A code and where it is in its area.
struct PlacedCode {
  PhiText text;
  cv::Rect place;
};

// Keeps the pixels of the areas that were asked for last, a few million, so
// that only what is equal pixel by pixel counts as known. Any number of threads
// may call it.
class AreaMemory {
 public:
  // The codes of an equal area; none where no equal one was added lately.
  std::optional<std::vector<PlacedCode>> Find(CodeKind kind,
                                              const cv::Mat& area);

  void Add(CodeKind kind, const cv::Mat& area, std::vector<PlacedCode> codes);

 private:
  struct Known {
    CodeKind kind;
    size_t digest;
    cv::Mat area;  // a copy
    std::vector<PlacedCode> codes;
  };

  Mutex mutex_;
  // The one that was asked for last is the first.
  std::list<Known> known_ ABSL_GUARDED_BY(mutex_);
  int64_t pixels_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BARCODE_AREA_MEMORY_H_
