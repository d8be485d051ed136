#include "detector/dicom/frame_decoder.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmimage/diregist.h"  // makes colour images known
#include "dcmtk/dcmimgle/dcmimage.h"
#include "detector/base/error.h"
#include "detector/dicom/dcmtk_edge.h"

namespace burntin {
namespace {

// Views that differ by no more than this at any pixel show the same text.
constexpr int kSameGrey = 4;

// Share of pixels at each end of the grey scale that count as rare.
constexpr double kRareShare = 0.01;

// A range narrower than this share of another is worth a view of its own:
// in the wider one, contrast is less than half.
constexpr double kNarrow = 0.5;

// Windows, and lookup tables, of one image that are looked through.
constexpr unsigned long kMostWindows = 4;

std::optional<Image> Render(DicomImage& dicom, int channels) {
  const void* data = dicom.getOutputData(8);
  const size_t size = static_cast<size_t>(dicom.getWidth()) *
                      dicom.getHeight() * static_cast<size_t>(channels);
  if (data == nullptr || dicom.getOutputDataSize(8) < size) {
    return std::nullopt;
  }
  Image image{.rows = static_cast<int>(dicom.getHeight()),
              .columns = static_cast<int>(dicom.getWidth()),
              .channels = channels};
  const auto* bytes = static_cast<const uint8_t*>(data);
  image.pixels.assign(bytes, bytes + size);
  return image;
}

bool LooksSame(const Image& a, const Image& b) {
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    if (std::abs(a.pixels[i] - b.pixels[i]) > kSameGrey) return false;
  }
  return true;
}

bool IsNew(const Image& view, const PlaneViews& views) {
  return std::none_of(views.begin(), views.end(), [&](const Image& known) {
    return LooksSame(view, known);
  });
}

// Adds the image as it is set up now, if it looks new. False if it cannot be
// rendered.
bool AddView(DicomImage& dicom, PlaneViews* views) {
  std::optional<Image> view = Render(dicom, 1);
  if (!view) return false;
  if (IsNew(*view, *views)) views->push_back(*std::move(view));
  return true;
}

double WindowWidth(DicomImage& dicom) {
  double center = 0;
  double width = 0;
  dicom.getWindow(center, width);
  return width;
}

// The full range of values, the range without its rarest values (one dead
// pixel would squeeze all others into a few greys) and the header's windows,
// but for those that are invalid, such as of no width.
bool AddGreyViews(DicomImage& dicom, PlaneViews* views) {
  if (dicom.setMinMaxWindow() == 0 || !AddView(dicom, views)) return false;
  const double full_width = WindowWidth(dicom);
  if (dicom.setHistogramWindow(kRareShare) != 0 &&
      WindowWidth(dicom) < kNarrow * full_width && !AddView(dicom, views)) {
    return false;
  }
  const unsigned long windows = std::min(dicom.getWindowCount(), kMostWindows);
  for (unsigned long i = 0; i < windows; ++i) {
    if (dicom.setWindow(i) != 0 && !AddView(dicom, views)) return false;
  }
  const unsigned long luts = std::min(dicom.getVoiLutCount(), kMostWindows);
  for (unsigned long i = 0; i < luts; ++i) {
    if (dicom.setVoiLut(i) != 0 && !AddView(dicom, views)) return false;
  }
  return true;
}

// Colour of more than 8 bits often uses only the lowest of them, and would
// come out black: what fills less than half of the range is stretched.
std::optional<Image> RenderColour(DicomImage& dicom) {
  std::optional<Image> image = Render(dicom, 3);
  if (!image || dicom.getDepth() <= 8) return image;
  const auto* values = static_cast<const uint16_t*>(dicom.getOutputData(16));
  const size_t count = image->pixels.size();
  if (values == nullptr || dicom.getOutputDataSize(16) < 2 * count) {
    return std::nullopt;
  }
  const auto [low, high] = std::minmax_element(values, values + count);
  const double range = *high - *low;
  if (range == 0 || range > kNarrow * UINT16_MAX) return image;
  for (size_t i = 0; i < count; ++i) {
    image->pixels[i] = static_cast<uint8_t>((values[i] - *low) * 255 / range);
  }
  return image;
}

absl::Status NotDecoded() {
  return Error(Reason::kFrameDecodeFailed,
               "A frame could not be decoded. Fetch the object again, or "
               "look at it by hand.");
}

}  // namespace

absl::StatusOr<PlaneViews> DecodeFrame(DcmItem& item, E_TransferSyntax syntax,
                                       int frame) {
  const DamageWatch watch(DamageWatch::Work::kDecoding);
  DicomImage dicom(
      &item, syntax,
      CIF_UsePartialAccessToPixelData | CIF_NeverAccessEmbeddedOverlays,
      static_cast<unsigned long>(frame), 1);
  if (dicom.getStatus() != EIS_Normal) return NotDecoded();
  // Overlays are planes of their own; on the frame they could cover text.
  dicom.hideAllOverlays();
  PlaneViews views;
  if (dicom.isMonochrome()) {
    if (!AddGreyViews(dicom, &views)) return NotDecoded();
  } else if (auto view = RenderColour(dicom)) {
    views.push_back(*std::move(view));
  }
  if (views.empty()) return NotDecoded();
  if (watch.damaged()) {
    return Error(Reason::kFrameDecodeFailed,
                 "A frame's compressed data is damaged. Fetch the object "
                 "again, or look at it by hand.");
  }
  return views;
}

}  // namespace burntin
