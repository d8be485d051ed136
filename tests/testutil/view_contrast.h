// How well the views of a plane show what a picture shows.
#ifndef BURNTIN_TESTS_TESTUTIL_VIEW_CONTRAST_H_
#define BURNTIN_TESTS_TESTUTIL_VIEW_CONTRAST_H_

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "detector/base/image.h"
#include "detector/base/plane.h"

namespace burntin {

// The difference between the mean of the pixels that are 255 in `mask` and of
// those that are 0, in the view and channel where it is most.
inline double BestContrast(const PlaneViews& views, const Image& mask) {
  double best = 0;
  for (const Image& view : views) {
    const auto channels = static_cast<size_t>(view.channels);
    for (size_t channel = 0; channel < channels; ++channel) {
      double sums[2] = {0, 0};
      double counts[2] = {0, 0};
      for (size_t i = 0; i < mask.pixels.size(); ++i) {
        if (mask.pixels[i] != 0 && mask.pixels[i] != 255) continue;
        const size_t side = mask.pixels[i] == 255 ? 1 : 0;
        sums[side] += view.pixels[i * channels + channel];
        ++counts[side];
      }
      best =
          std::max(best, std::abs(sums[1] / counts[1] - sums[0] / counts[0]));
    }
  }
  return best;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_VIEW_CONTRAST_H_
