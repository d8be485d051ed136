// The stored pixels of one image: the data set's own, an icon's, or those of
// another sequence item. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_STORED_IMAGE_H_
#define BURNTIN_DETECTOR_DICOM_STORED_IMAGE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/cells.h"
#include "detector/dicom/fragments.h"
#include "detector/dicom/pixel_layout.h"

class DcmElement;
class DcmPixelData;

namespace burntin {

class VideoFrames;

// Decompressed pixels, and what decoding made of the layout.
struct StoredFrame {
  PixelCells cells;
  PixelLayout layout;
  // Cells as another reader could take them. Mostly none.
  std::vector<PixelCells> otherwise;
};

// How the data set stores its pixels.
struct StoredAs {
  E_TransferSyntax syntax = EXS_Unknown;  // as DCMTK read the data set
  Codec codec = Codec::kNone;
};

class StoredImage {
 public:
  // `item` holds the image's attributes and outlives the result. Errors mean
  // that no frame of the image can be decoded.
  static absl::StatusOr<std::unique_ptr<StoredImage>> Open(
      DcmItem& item, const StoredAs& stored, int frames,
      const DicomLimits& limits);

  ~StoredImage();

  // FILE_MALFORMED when there is more than the declared frames.
  const absl::Status& whole() const { return whole_; }

  const PixelLayout& layout() const { return layout_; }

  // Decodes one frame. SUSPICIOUS_PIXELS when it comes out as one value
  // though its compressed data is more than such a frame needs. One call at a
  // time.
  absl::StatusOr<StoredFrame> Read(int frame);

 private:
  StoredImage(DcmItem& item, DcmElement& pixels, const StoredAs& stored,
              const DicomLimits& limits);

  absl::Status Survey(int frames);
  absl::StatusOr<StoredFrame> ReadNative(int frame);
  absl::StatusOr<StoredFrame> ReadCompressed(int frame);
  absl::Status CheckJpeg(const FrameFragments& fragments) const;
  PixelLayout DcmtkLayout(const FrameFragments& fragments) const;
  absl::StatusOr<StoredFrame> DecodeByDcmtk(int frame);
  absl::StatusOr<StoredFrame> ReadVideo(int frame);
  absl::StatusOr<StoredFrame> AsCells(std::vector<uint8_t> bytes) const;

  DcmItem& item_;
  DcmElement& pixels_;
  const StoredAs stored_;
  const DicomLimits limits_;
  const PixelLayout layout_;
  DcmPixelSequence* fragments_ = nullptr;  // null for native pixels
  FragmentMap map_;
  absl::Status whole_;
  int frames_ = 0;
  std::unique_ptr<VideoFrames> video_;
  DcmFileCache cache_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_STORED_IMAGE_H_
