#include "detector/dicom/frame_decoder.h"

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

bool SelectHeaderWindow(DicomImage& dicom) {
  if (dicom.getWindowCount() > 0) return dicom.setWindow(0) != 0;
  return dicom.getVoiLutCount() > 0 && dicom.setVoiLut(0) != 0;
}

void AddGreyViews(DicomImage& dicom, PlaneViews* views) {
  if (dicom.setMinMaxWindow() != 0) {
    if (auto view = Render(dicom, 1)) views->push_back(*std::move(view));
  }
  if (SelectHeaderWindow(dicom)) {
    auto view = Render(dicom, 1);
    if (view && (views->empty() || !LooksSame(*view, views->front()))) {
      views->push_back(*std::move(view));
    }
  }
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
    AddGreyViews(dicom, &views);
  } else if (auto view = Render(dicom, 3)) {
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
