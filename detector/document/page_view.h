// One page of a document: its size, its picture and its text layer. Private
// to detector/document. The functions may throw what Poppler throws.
#ifndef BURNTIN_DETECTOR_DOCUMENT_PAGE_VIEW_H_
#define BURNTIN_DETECTOR_DOCUMENT_PAGE_VIEW_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/base/plane.h"

namespace poppler {
class page;
}  // namespace poppler

namespace burntin {

// Of a page as it is drawn, upright, in pixels.
struct PageSize {
  int columns = 0;
  int rows = 0;
};

// FRAME_DECODE_FAILED.
absl::Status BadPage();

// PIXEL_LIMIT_EXCEEDED for a page of more than `pixel_limit` pixels. Allocates
// nothing.
absl::StatusOr<PageSize> MeasurePage(const poppler::page& page,
                                     int64_t pixel_limit);

// RGB, on white paper. `size` is what `MeasurePage` gave.
absl::StatusOr<Image> DrawPage(const poppler::page& page, const PageSize& size);

// The page's text layer, clipped to the page.
std::vector<StatedText> LinesOf(const poppler::page& page,
                                const PageSize& size);

// UNSUPPORTED_PLACE where a page states too much.
absl::Status CheckTextSize(const std::vector<StatedText>& stated);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_PAGE_VIEW_H_
