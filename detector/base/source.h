// The places in a DICOM object that hold pixels.
#ifndef BURNTIN_DETECTOR_BASE_SOURCE_H_
#define BURNTIN_DETECTOR_BASE_SOURCE_H_

namespace burntin {

enum class Source {
  kFrame,           // Pixel Data (7FE0,0010)
  kOverlayPlane,    // Overlay Data (60xx,3000)
  kHighBitOverlay,  // an overlay in unused bits of the pixel data
  kIcon,            // Icon Image Sequence (0088,0200)
  kBarcode,
  kDocument,
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_SOURCE_H_
