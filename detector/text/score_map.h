// Turns the text detector's map of probabilities into lines. Private to
// detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_SCORE_MAP_H_
#define BURNTIN_DETECTOR_TEXT_SCORE_MAP_H_

#include <opencv2/core.hpp>
#include <vector>

#include "detector/text/text_detector.h"

namespace burntin {

// How a network's map is to be read.
struct ScoreMapRules {
  double pixel_threshold = 0;  // the probability above which a pixel is text
  double line_threshold = 0;   // the mean probability above which a line is
  float least_side = 0;        // of a line's core, in pixels of the map
  // How far a core grows on each side: this times its area over its
  // circumference, and this times its shorter side.
  float grow_by_area = 0;
  float grow_by_side = 0;
};

// `map` has one probability in [0, 1] for each pixel (CV_32F). Each connected
// component that is sure enough on average becomes a line, grown from the
// core that the network marks to the whole letters, as Liao et al. describe
// in "Real-time Scene Text Detection with Differentiable Binarization" (2020).
//
// OpenCV 4.6 has this as TextDetectionModel_DB, which fails on any picture
// that holds one component of no width (an assertion in its `unclip`).
std::vector<TextLine> LinesOfScoreMap(const cv::Mat& map,
                                      const ScoreMapRules& rules);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_SCORE_MAP_H_
