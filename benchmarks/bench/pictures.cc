#include "benchmarks/bench/pictures.h"

#include <fstream>
#include <limits>
#include <memory>
#include <utility>

#include "benchmarks/bench/method.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"

namespace burntin::bench {
namespace {

absl::StatusOr<std::vector<int>> AllFrames(const std::string& path) {
  ASSIGN_OR_RETURN(const std::unique_ptr<DicomObject> object,
                   DicomObject::Open(path, kLimits));
  std::vector<int> frames;
  for (const PlaneId& plane : object->planes()) {
    if (plane.source == Source::kFrame) frames.push_back(plane.frame);
  }
  return frames;
}

}  // namespace

absl::StatusOr<std::vector<Picture>> WritePictures(
    const std::string& path, const std::vector<int>& frames,
    const std::string& folder) {
  std::vector<int> wanted = frames;
  if (wanted.empty()) {
    ASSIGN_OR_RETURN(wanted, AllFrames(path));
  }
  std::vector<Picture> pictures;
  for (const int frame : wanted) {
    ASSIGN_OR_RETURN(
        const RenderedFrame rendered,
        RenderFrame(Decoder(), path, Source::kFrame, /*source_index=*/0, frame,
                    std::numeric_limits<int>::max()));
    Picture picture{
        .frame = frame,
        .file = folder + "/frame-" + std::to_string(frame) + ".png"};
    std::ofstream file(picture.file, std::ios::binary);
    if (!(file << rendered.png).flush()) {
      return Error(Reason::kInternalFailure,
                   "A picture cannot be written. Is the disk full?");
    }
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace burntin::bench
