// The places in a DICOM object that hold pixels or graphic text.
#ifndef BURNTIN_DETECTOR_BASE_SOURCE_H_
#define BURNTIN_DETECTOR_BASE_SOURCE_H_

namespace burntin {

// Where an object has several places of one source, an index tells them
// apart: overlays have their group, and 0x10000 times n more in the n-th of the
// sequence items that hold overlays (or, for high-bit overlays, images); other
// places are counted from 0.
enum class Source {
  kFrame,              // Pixel Data (7FE0,0010), Float and Double Float as well
  kOverlayPlane,       // Overlay Data (60xx,3000)
  kHighBitOverlay,     // an overlay in unused bits of the pixel data
  kIcon,               // Icon Image Sequence (0088,0200), or another image that
                       // stands in a sequence
  kBarcode,            // a barcode on a frame, an overlay, ...
  kDocument,           // a page of Encapsulated Document (0042,0011)
  kSlideLabel,         // a frame of a whole-slide LABEL image
  kSlideOverview,      // a frame of a whole-slide OVERVIEW image
  kGraphicAnnotation,  // text of a presentation state, (0070,0006)
};

// Whether a plane of this source is one of the object's frames. A document's
// pages are, and so is all that a presentation state draws.
inline bool IsFrame(Source source) {
  return source == Source::kFrame || source == Source::kSlideLabel ||
         source == Source::kSlideOverview || source == Source::kDocument ||
         source == Source::kGraphicAnnotation;
}

// Whether a plane of this source is nothing without a picture.
inline bool IsPicture(Source source) {
  return source != Source::kGraphicAnnotation;
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_SOURCE_H_
