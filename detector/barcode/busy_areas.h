// Where a picture is as busy as a barcode. Private to detector/barcode.
#ifndef BURNTIN_DETECTOR_BARCODE_BUSY_AREAS_H_
#define BURNTIN_DETECTOR_BARCODE_BUSY_AREAS_H_

#include <opencv2/core.hpp>
#include <vector>

namespace burntin {

// Areas of `grey`, 8 bit, in which bright and dark follow each other closely,
// with the quiet zone that codes have around them. Sorted; they may overlap.
std::vector<cv::Rect> BusyAreas(const cv::Mat& grey);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BARCODE_BUSY_AREAS_H_
