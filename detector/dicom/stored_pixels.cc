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
  if (!frames) {
    return Error(Reason::kFileMalformed,
                 "Number of Frames (0028,0008) is not a number above 0. Repair "
                 "the object.");
  }
  if (*frames > limits.frames) {
    return Error(Reason::kFrameLimitExceeded,
                 "The object declares more frames than the limit allows. Raise "
                 "the limit, or look at it by hand.");
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
