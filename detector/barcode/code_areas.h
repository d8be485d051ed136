// Where a picture may show a barcode. Private to detector/barcode.
#ifndef BURNTIN_DETECTOR_BARCODE_CODE_AREAS_H_
#define BURNTIN_DETECTOR_BARCODE_CODE_AREAS_H_

#include <opencv2/core.hpp>
#include <vector>

namespace burntin {

// How a code is made, as far as can be seen without reading it.
enum class CodeKind {
  kUprightBars,  // linear and stacked codes whose bars are upright
  kLyingBars,    // the same, a quarter turned
  kMatrix,       // two-dimensional ones
};

struct CodeArea {
  CodeKind kind = CodeKind::kMatrix;
  cv::Rect place;

  friend bool operator==(const CodeArea&, const CodeArea&) = default;
};

// Areas of `grey`, 8 bit, that may hold a code with modules of any width, with
// the quiet zone that codes have around them. The largest first; they may
// overlap.
std::vector<CodeArea> CodeAreas(const cv::Mat& grey);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BARCODE_CODE_AREAS_H_
