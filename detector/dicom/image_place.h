// Images as places: frames, icons, and overlays in their unused bits. Private
// to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_IMAGE_PLACE_H_
#define BURNTIN_DETECTOR_DICOM_IMAGE_PLACE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "detector/dicom/overlay_plane.h"
#include "detector/dicom/place.h"
#include "detector/dicom/stored_image.h"

namespace burntin {

// `bits_elsewhere` are the bits of each cell that another place shows.
std::unique_ptr<Place> MakeImagePlace(DcmItem& item,
                                      std::shared_ptr<StoredImage> image,
                                      Source source, int source_index,
                                      int frames, uint64_t bits_elsewhere);

// An overlay plane that stands in bit `overlay.bit_position` of `image`.
std::unique_ptr<Place> MakeHighBitOverlay(std::shared_ptr<StoredImage> image,
                                          const OverlayPlane& overlay,
                                          int source_index, int frames);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_IMAGE_PLACE_H_
