#include "detector/dicom/stored_pixels.h"

#include <memory>
#include <optional>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dataset_values.h"
#include "detector/dicom/parsed_file.h"

namespace burntin {

absl::Status ReadStoredFrames(const std::string& path,
                              const DicomLimits& limits,
                              const TakeFrame& take) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ParsedFile> file,
                   ParsedFile::Read(path, limits));
  if (!file->is_decodable()) return file->omissions().front();
  const std::optional<int> frames = NumberOfFrames(file->dataset());
  if (!frames || *frames > limits.frames) {
    return Error(Reason::kFrameLimitExceeded,
                 "Number of Frames is no number, or beyond the limit. Raise "
                 "the limit, or repair the object.");
  }
  ASSIGN_OR_RETURN(
      const std::unique_ptr<StoredImage> image,
      StoredImage::Open(file->dataset(), file->stored(), *frames, limits));
  for (int frame = 0; frame < *frames; ++frame) {
    take(frame, image->Read(frame));
  }
  return absl::OkStatus();
}

}  // namespace burntin
