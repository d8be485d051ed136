// Pixels with a line of text in them, and whether views show it.
#ifndef BURNTIN_TESTS_DETECTOR_VIEWS_TEXT_SCENE_H_
#define BURNTIN_TESTS_DETECTOR_VIEWS_TEXT_SCENE_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "detector/base/cells.h"
#include "detector/base/plane.h"
#include "tests/testutil/text_picture.h"

namespace burntin {

inline constexpr int kSceneRows = 160;
inline constexpr int kSceneColumns = 256;
// Above this row there is other content, below it a line of text.
inline constexpr int kTextRow = 64;

// White text on black.
inline const Image& SceneText() {
  static const Image* const text = [] {
    auto* image = new Image(FlatPicture(kSceneRows, kSceneColumns, 0));
    DrawText("DOE^JANE 61", 20, 100, {.letter_rows = 20}, image);
    return image;
  }();
  return *text;
}

inline bool IsText(size_t pixel) { return SceneText().pixels[pixel] >= 250; }

// A value for each channel of a pixel.
template <typename T>
using Pixel = std::vector<T>;

// `text` on `ground`, under content that runs from `low` to `high` in each
// channel. Letters have soft edges where `T` has values between.
template <typename T>
PixelCells Scene(const Pixel<T>& ground, const Pixel<T>& text, T low, T high) {
  PixelCells cells{.rows = kSceneRows,
                   .columns = kSceneColumns,
                   .channels = static_cast<int>(ground.size())};
  std::vector<T> values;
  for (int y = 0; y < kSceneRows; ++y) {
    for (int x = 0; x < kSceneColumns; ++x) {
      const double ink =
          SceneText().pixels[static_cast<size_t>(y) * kSceneColumns + x] /
          255.0;
      const double ramp = static_cast<double>(x) / (kSceneColumns - 1);
      for (size_t c = 0; c < ground.size(); ++c) {
        const double from = y < kTextRow ? static_cast<double>(low)
                                         : static_cast<double>(ground[c]);
        const double to = y < kTextRow ? static_cast<double>(high)
                                       : static_cast<double>(text[c]);
        const double share = y < kTextRow ? ramp : ink;
        if (share == 0 || share == 1) {
          values.push_back(y < kTextRow ? (share == 0 ? low : high)
                                        : (share == 0 ? ground[c] : text[c]));
          continue;
        }
        const double value = from * (1 - share) + to * share;
        values.push_back(
            static_cast<T>(std::is_integral_v<T> ? std::round(value) : value));
      }
    }
  }
  if constexpr (std::is_integral_v<T>) {
    cells.values =
        std::vector<std::make_unsigned_t<T>>(values.begin(), values.end());
  } else {
    cells.values = std::move(values);
  }
  return cells;
}

template <typename T>
PixelCells Scene(T ground, T text, T low, T high) {
  return Scene<T>(Pixel<T>{ground}, Pixel<T>{text}, low, high);
}

// Greys between the letters of `view` and what lies between them, in
// brightness.
inline double ContrastOf(const Image& view) {
  std::array<double, 2> sums{};
  std::array<double, 2> counts{};
  for (int y = 95; y < 125; ++y) {
    for (int x = 16; x < 200; ++x) {
      const size_t at = static_cast<size_t>(y) * kSceneColumns + x;
      const uint8_t ink = SceneText().pixels[at];
      if (ink > 0 && !IsText(at)) continue;  // a soft edge
      const uint8_t* pixel =
          &view.pixels[at * static_cast<size_t>(view.channels)];
      sums[ink > 0] +=
          view.channels == 1
              ? pixel[0]
              : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
      ++counts[ink > 0];
    }
  }
  return std::abs(sums[0] / counts[0] - sums[1] / counts[1]);
}

inline double BestContrast(const PlaneViews& views) {
  double best = 0;
  for (const Image& view : views) best = std::max(best, ContrastOf(view));
  return best;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_VIEWS_TEXT_SCENE_H_
