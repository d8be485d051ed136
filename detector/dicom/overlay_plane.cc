#include "detector/dicom/overlay_plane.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dataset_values.h"

namespace burntin {
namespace {

constexpr uint16_t kFirstGroup = 0x6000;
constexpr uint16_t kLastGroup = 0x60FE;

DcmTagKey InGroup(const DcmTagKey& tag, int group) {
  return DcmTagKey(static_cast<Uint16>(group), tag.getElement());
}

OverlayPlane Describe(DcmItem& item, int group) {
  OverlayPlane overlay{.group = group};
  overlay.rows = UnsignedShort(item, InGroup(DCM_OverlayRows, group));
  overlay.columns = UnsignedShort(item, InGroup(DCM_OverlayColumns, group));
  Sint32 frames = 0;
  const DcmTagKey frames_tag = InGroup(DCM_NumberOfFramesInOverlay, group);
  // DCMTK sets `frames` to 0 where there is no such attribute.
  if (item.findAndGetSint32(frames_tag, frames).good()) {
    overlay.frames = frames;
  }
  Sint16 origin = 1;
  const DcmTagKey origin_tag = InGroup(DCM_OverlayOrigin, group);
  if (item.findAndGetSint16(origin_tag, origin, 0).good()) {
    overlay.origin_row = origin;
  }
  if (item.findAndGetSint16(origin_tag, origin, 1).good()) {
    overlay.origin_column = origin;
  }
  return overlay;
}

// Whether the overlay can be read: its layout, its length, the limits.
absl::Status CheckOverlay(DcmItem& item, const OverlayPlane& overlay,
                          const DicomLimits& limits) {
  if (overlay.rows == 0 || overlay.columns == 0 || overlay.frames < 1) {
    return Error(Reason::kFileMalformed,
                 "An overlay plane has no size. Repair the object.");
  }
  if (overlay.frames > limits.frames) {
    return Error(Reason::kFrameLimitExceeded,
                 "An overlay has more frames than the limit allows. Raise "
                 "the limit, or look at it by hand.");
  }
  if (int64_t{overlay.rows} * overlay.columns > limits.pixels_per_frame) {
    return Error(Reason::kPixelLimitExceeded,
                 "An overlay has more pixels than the limit allows. Raise "
                 "the limit, or look at it by hand.");
  }
  DcmElement* element = nullptr;
  if (item.findAndGetElement(InGroup(DCM_OverlayData, overlay.group), element)
          .bad()) {
    return Error(Reason::kFileMalformed,
                 "An overlay plane has no data. Repair the object.");
  }
  return CheckStoredBits(*element, int64_t{overlay.rows} * overlay.columns,
                         overlay.frames, "An overlay plane");
}

// One overlay frame as a picture: 255 where the bit is set, else 0.
absl::StatusOr<Image> ReadOverlay(DcmItem& item, const OverlayPlane& overlay,
                                  int frame) {
  DcmElement* element = nullptr;
  Uint16* words = nullptr;
  Uint8* bytes = nullptr;
  const DcmTagKey tag = InGroup(DCM_OverlayData, overlay.group);
  if (item.findAndGetElement(tag, element).bad()) {
    return Error(Reason::kFileMalformed,
                 "An overlay plane has no data. Repair the object.");
  }
  const int64_t pixels = int64_t{overlay.rows} * overlay.columns;
  const int64_t first = pixels * frame;
  if ((first + pixels + 7) / 8 > element->getLengthField()) {
    return Error(Reason::kPixelDataTruncated,
                 "An overlay plane is shorter than its size says. Fetch the "
                 "object again.");
  }
  if (element->ident() == EVR_OB || element->getUint16Array(words).bad()) {
    if (element->getUint8Array(bytes).bad() || bytes == nullptr) {
      return Error(Reason::kFrameDecodeFailed,
                   "An overlay plane could not be read. Look at it by hand.");
    }
  }
  Image image{.rows = overlay.rows, .columns = overlay.columns};
  image.pixels.resize(static_cast<size_t>(pixels));
  for (int64_t i = 0; i < pixels; ++i) {
    // Bits run from the least significant one of each word or byte.
    const int64_t bit = first + i;
    const int set = words != nullptr ? words[bit / 16] >> (bit % 16)
                                     : bytes[bit / 8] >> (bit % 8);
    image.pixels[static_cast<size_t>(i)] = (set & 1) ? 255 : 0;
  }
  return image;
}

class OwnOverlay final : public Place {
 public:
  OwnOverlay(DcmItem& item, const OverlayPlane& overlay, int source_index)
      : item_(item), overlay_(overlay), source_index_(source_index) {}

  std::vector<PlaneId> Planes() const override {
    std::vector<PlaneId> planes;
    for (int frame = 0; frame < overlay_.frames; ++frame) {
      planes.push_back({.source = Source::kOverlayPlane,
                        .source_index = source_index_,
                        .frame = frame,
                        .offset_x = overlay_.origin_column - 1,
                        .offset_y = overlay_.origin_row - 1});
    }
    return planes;
  }

  absl::StatusOr<DecodedPlane> Decode(int frame) override {
    ASSIGN_OR_RETURN(Image image, ReadOverlay(item_, overlay_, frame));
    return DecodedPlane{.views = {std::move(image)}};
  }

 private:
  DcmItem& item_;
  const OverlayPlane overlay_;
  const int source_index_;
};

}  // namespace

std::vector<OverlayPlane> FindOverlays(DcmItem& item) {
  std::vector<OverlayPlane> overlays;
  for (int group = kFirstGroup; group <= kLastGroup; group += 2) {
    const bool has_data = item.tagExists(InGroup(DCM_OverlayData, group));
    const int bits =
        UnsignedShort(item, InGroup(DCM_OverlayBitsAllocated, group));
    const bool has_position =
        UnsignedShort(item, InGroup(DCM_OverlayRows, group)) > 0 &&
        item.tagExists(InGroup(DCM_OverlayBitPosition, group));
    if (!has_data && bits <= 1 && !has_position) continue;
    overlays.push_back(Describe(item, group));
    overlays.back().in_pixel_data = !has_data;
    overlays.back().bit_position =
        UnsignedShort(item, InGroup(DCM_OverlayBitPosition, group));
  }
  return overlays;
}

std::vector<std::unique_ptr<Place>> MakeOverlayPlaces(
    DcmItem& item, int index_base, const DicomLimits& limits,
    std::vector<absl::Status>* omissions) {
  std::vector<std::unique_ptr<Place>> places;
  for (const OverlayPlane& overlay : FindOverlays(item)) {
    if (overlay.in_pixel_data) continue;
    const absl::Status usable = CheckOverlay(item, overlay, limits);
    if (usable.ok()) {
      places.push_back(std::make_unique<OwnOverlay>(
          item, overlay, index_base + overlay.group));
    } else {
      omissions->push_back(usable);
    }
  }
  return places;
}

}  // namespace burntin
