// The candidate stage: says cheaply where on a view text may stand.
#ifndef BURNTIN_DETECTOR_TEXT_TEXT_CANDIDATES_H_
#define BURNTIN_DETECTOR_TEXT_TEXT_CANDIDATES_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"

namespace burntin {

class TextCandidates {
 public:
  virtual ~TextCandidates() = default;

  // The areas of `views[index]` that may hold text which no view before it
  // shows as well, with room around. They lie within the view and apart from
  // each other. Its only duty is to leave out nothing that a reader could make
  // out: an area without text costs time alone. Views are of equal size.
  virtual absl::StatusOr<std::vector<Box>> Find(const std::vector<Image>& views,
                                                size_t index) = 0;
};

// All of every view: the oracle that every other candidate stage has to equal.
std::unique_ptr<TextCandidates> MakeWholeCandidates();

// Areas that are not flat and differ from what the views before show.
std::unique_ptr<TextCandidates> MakeContrastCandidates();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_TEXT_CANDIDATES_H_
