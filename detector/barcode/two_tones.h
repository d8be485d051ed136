// Where a picture is of two tones, as codes are. Private to detector/barcode.
#ifndef BURNTIN_DETECTOR_BARCODE_TWO_TONES_H_
#define BURNTIN_DETECTOR_BARCODE_TWO_TONES_H_

#include <opencv2/core.hpp>

namespace burntin {

// Pixels, both ways, of the cells that are judged.
inline constexpr int kCodeCell = 16;

// The pixels of a cell.
inline cv::Mat CodeCell(const cv::Mat& grey, int x, int y) {
  return grey(cv::Rect(x * kCodeCell, y * kCodeCell, kCodeCell, kCodeCell) &
              cv::Rect({0, 0}, grey.size()));
}

// 255 for each cell of `grey`, 8 bit, that `asked` marks and that is nearly all
// of two tones and hangs together with enough others to be a code. Tissue and
// noise are as busy as codes, but of all tones; writing is of two tones as
// well. Cells run from the upper left corner; the last ones of a row and of a
// column may be cut.
cv::Mat TwoTonedCells(const cv::Mat& grey, const cv::Mat& asked);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BARCODE_TWO_TONES_H_
