// Turns the text detector's map of probabilities into lines. Private to
// detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_SCORE_MAP_H_
#define BURNTIN_DETECTOR_TEXT_SCORE_MAP_H_

#include <opencv2/core.hpp>
#include <vector>

#include "detector/text/text_detector.h"

namespace burntin {

// `map` has one probability in [0, 1] for each pixel (CV_32F). Each connected
// component that is sure enough on average becomes a line, grown from the
// core that the network marks to the whole letters, as Liao et al. describe
// in "Real-time Scene Text Detection with Differentiable Binarization" (2020).
//
// OpenCV 4.6 has this as TextDetectionModel_DB, which fails on any picture
// that holds one component of no width (an assertion in its `unclip`).
std::vector<TextLine> LinesOfScoreMap(const cv::Mat& map);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_SCORE_MAP_H_
