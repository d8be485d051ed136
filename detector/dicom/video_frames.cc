#include "detector/dicom/video_frames.h"

#include <optional>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

// More than workers are apart, and no more memory than a large frame takes.
constexpr size_t kMostFrames = 32;
constexpr size_t kMostCells = size_t{128} << 20;

}  // namespace

VideoFrames::VideoFrames(std::vector<uint8_t> stream, VideoKind kind,
                         int frames, const CodecLimits& limits)
    : stream_(std::move(stream)),
      kind_(kind),
      frames_(frames),
      limits_(limits) {}

absl::StatusOr<PixelCells> VideoFrames::Read(int frame) {
  if (kept_.count(frame) == 0) {
    if (decoder_ == nullptr || frame < next_) {
      ASSIGN_OR_RETURN(decoder_, VideoDecoder::Open(stream_, kind_, limits_));
      next_ = 0;
      failure_ = absl::OkStatus();
      kept_.clear();
    }
    RETURN_IF_ERROR(DecodeUpTo(frame));
  }
  if (frame == frames_ - 1 && next_ == frames_) {
    ASSIGN_OR_RETURN(const std::optional<DecodedFrame> surplus,
                     decoder_->Next());
    if (surplus) {
      return Error(Reason::kFileMalformed,
                   "The video holds more frames than Number of Frames says. "
                   "Repair the object, or look at it by hand.");
    }
  }
  return kept_.at(frame);
}

absl::Status VideoFrames::DecodeUpTo(int frame) {
  while (next_ <= frame) {
    RETURN_IF_ERROR(failure_);
    absl::StatusOr<std::optional<DecodedFrame>> decoded = decoder_->Next();
    if (!decoded.ok()) return failure_ = decoded.status();
    if (!*decoded) {
      return failure_ = Error(Reason::kPixelDataTruncated,
                              "The video ends before Number of Frames says. "
                              "Fetch the object again.");
    }
    Keep(std::move((*decoded)->cells));
  }
  return absl::OkStatus();
}

void VideoFrames::Keep(PixelCells cells) {
  const size_t most = kMostCells / std::max<size_t>(1, cells.size());
  while (!kept_.empty() && kept_.size() >= std::min(kMostFrames, most)) {
    kept_.erase(kept_.begin());
  }
  kept_.emplace(next_++, std::move(cells));
}

}  // namespace burntin
