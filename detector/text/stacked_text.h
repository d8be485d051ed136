// Letters that stand one below another. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_STACKED_TEXT_H_
#define BURNTIN_DETECTOR_TEXT_STACKED_TEXT_H_

#include <optional>

#include "absl/status/statusor.h"
#include "detector/base/image.h"

namespace burntin {

// The letters of `column`, a tall picture, side by side as one line, the
// topmost first. Nothing where its marks are not stacked as letters are:
// at least three, apart from each other, none much higher than wide.
absl::StatusOr<std::optional<Image>> Unstack(const Image& column);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_STACKED_TEXT_H_
