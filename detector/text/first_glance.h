// Says, cheaply, where on a picture text may be at all.
#ifndef BURNTIN_DETECTOR_TEXT_FIRST_GLANCE_H_
#define BURNTIN_DETECTOR_TEXT_FIRST_GLANCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/text/neural_network.h"

namespace burntin {

// Pixels, both ways, of what is judged as one.
inline constexpr int kGlanceCell = 8;

// The evidence of cells in which nothing was looked for.
inline constexpr float kNoEvidence = -20;

// How much each cell of a picture looks like text: the logarithm of the odds,
// in [kNoEvidence, -kNoEvidence]. Cells run in rows from the top left; the last
// ones of a row and of a column may reach beyond the picture.
struct GlanceMap {
  GlanceMap(int rows, int columns)
      : across((columns + kGlanceCell - 1) / kGlanceCell),
        down((rows + kGlanceCell - 1) / kGlanceCell),
        evidence(static_cast<size_t>(across) * down, kNoEvidence) {}

  float& At(int x, int y) {
    return evidence[static_cast<size_t>(y) * across + x];
  }
  float At(int x, int y) const {
    return evidence[static_cast<size_t>(y) * across + x];
  }

  int across;
  int down;
  std::vector<float> evidence;
};

// Holds an engine's state, so one object serves one thread at a time.
class FirstGlance {
 public:
  virtual ~FirstGlance() = default;

  // How the cells of `area` of `image` look; what is around it is not seen. An
  // error means that the engine failed.
  virtual absl::StatusOr<GlanceMap> Look(const Image& image,
                                         const Box& area) = 0;
};

// By the networks in the files at `path`, for pictures in colour, and at
// `grey_path`, which says the same of grey ones in less time
// (models/cards/text_glance.md). They see pictures at the sizes that
// NetworkNeeds names for the detectors after them. MODEL_NOT_LOADED if one does
// not load.
absl::StatusOr<std::unique_ptr<FirstGlance>> MakeFirstGlance(
    const std::string& path, const std::string& grey_path,
    NeuralRuntime* runtime);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_FIRST_GLANCE_H_
