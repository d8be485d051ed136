#include "detector/document/page_view.h"

#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/stated_text_limits.h"
#include "detector/document/document_properties.h"
#include "detector/document/text_layer.h"

namespace burntin {
namespace {

// Print of 6 points, the smallest in use, is 17 pixels high then. Tesseract
// reads clean print of 5 points without a fault at 200 dots, misreads digits
// of it at 150, and of 6 points at 100. An A4 page has 3.9 megapixels.
constexpr double kDotsPerInch = 200;
constexpr double kPointsPerInch = 72;
constexpr double kPixelsPerPoint = kDotsPerInch / kPointsPerInch;

constexpr char kReplacement[] = "\xEF\xBF\xBD";  // U+FFFD

// The part of `box`, in points, that lies on the page, in pixels.
FineBox OnPage(const poppler::rectf& box, const PageSize& size) {
  const auto place = [](double points, int end) {
    return std::clamp(points * kPixelsPerPoint, 0.0, static_cast<double>(end));
  };
  return {place(box.left(), size.columns), place(box.top(), size.rows),
          place(box.right(), size.columns), place(box.bottom(), size.rows)};
}

std::vector<LayerWord> WordsOf(const poppler::page& page,
                               const PageSize& size) {
  std::vector<LayerWord> words;
  for (const poppler::text_box& word : page.text_list()) {
    PhiText text = ToUtf8(word.text());
    // Characters that Poppler has no text for are text that cannot be read.
    if (text.empty()) text = PhiText(kReplacement);
    words.push_back({.box = OnPage(word.bbox(), size),
                     .quarter_turns = word.rotation(),
                     .text = std::move(text)});
  }
  return words;
}

}  // namespace

absl::Status BadPage() {
  return Error(Reason::kFrameDecodeFailed,
               "A page of the document is damaged or cannot be drawn in full. "
               "Look at it by hand.");
}

absl::StatusOr<PageSize> MeasurePage(const poppler::page& page,
                                     int64_t pixel_limit) {
  const poppler::rectf box = page.page_rect(poppler::crop_box);
  double columns = std::round(std::abs(box.width()) * kPixelsPerPoint);
  double rows = std::round(std::abs(box.height()) * kPixelsPerPoint);
  const auto orientation = page.orientation();
  if (orientation == poppler::page::landscape ||
      orientation == poppler::page::seascape) {
    std::swap(columns, rows);
  }
  columns = std::max(columns, 1.0);
  rows = std::max(rows, 1.0);
  // Not-a-number is too large as well.
  if (!(columns * rows <= static_cast<double>(pixel_limit)) ||
      columns > INT_MAX || rows > INT_MAX) {
    return Error(Reason::kPixelLimitExceeded,
                 "A page of the document is larger than `pixels_per_frame` "
                 "allows. Raise the limit or look at it by hand.");
  }
  return PageSize{static_cast<int>(columns), static_cast<int>(rows)};
}

absl::StatusOr<Image> DrawPage(const poppler::page& page,
                               const PageSize& size) {
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  const poppler::image drawn = renderer.render_page(
      &page, kDotsPerInch, kDotsPerInch, 0, 0, size.columns, size.rows);
  if (!drawn.is_valid() || drawn.width() != size.columns ||
      drawn.height() != size.rows || drawn.const_data() == nullptr) {
    return BadPage();
  }
  Image image{.rows = size.rows, .columns = size.columns, .channels = 3};
  const size_t row_bytes = static_cast<size_t>(size.columns) * 3;
  image.pixels.reserve(row_bytes * static_cast<size_t>(size.rows));
  for (int row = 0; row < size.rows; ++row) {
    const char* first = drawn.const_data() +
                        static_cast<ptrdiff_t>(row) * drawn.bytes_per_row();
    image.pixels.insert(image.pixels.end(), first, first + row_bytes);
  }
  return image;
}

absl::Status CheckTextSize(const std::vector<StatedText>& stated) {
  StatedTextCount count;
  for (const StatedText& text : stated) count.Add(text.text.Reveal().size());
  if (count.IsWithinLimits()) return absl::OkStatus();
  return Error(Reason::kUnsupportedPlace,
               "A page of the document states more text than can be "
               "inspected. Look at it by hand.");
}

std::vector<StatedText> LinesOf(const poppler::page& page,
                                const PageSize& size) {
  return JoinLines(WordsOf(page, size));
}

}  // namespace burntin
