#include "detector/text/combined_detectors.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "detector/base/boxes.h"
#include "detector/base/status_macros.h"
#include "detector/text/line_geometry.h"
#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

// Least room around what the careful one looks at, since what is around tells a
// letter from a bone.
constexpr int kLeastRoom = 32;

// A detector that doubles what it is shown takes four times the memory and
// time; text that fills more than this is not small.
constexpr int64_t kLargestArea = int64_t{1} << 21;

class TwoStepDetector final : public AreaTextDetector {
 public:
  TwoStepDetector(std::unique_ptr<AreaTextDetector> quick,
                  std::unique_ptr<AreaTextDetector> careful)
      : quick_(std::move(quick)), careful_(std::move(careful)) {}

  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image& image, const std::vector<Box>& areas) override {
    ASSIGN_OR_RETURN(const std::vector<TextLine> suspected,
                     quick_->Detect(image, areas));
    std::vector<Box> boxes;
    for (const TextLine& line : suspected) {
      const Box box = BoxWithRoom(line, kLeastRoom, image.rows, image.columns);
      if (box.Area() > 0) boxes.push_back(box);
    }
    if (boxes.empty()) return std::vector<TextLine>();
    return careful_->Detect(image, JoinOverlapping(std::move(boxes)));
  }

 private:
  std::unique_ptr<AreaTextDetector> quick_;
  std::unique_ptr<AreaTextDetector> careful_;
};

class CloserLook final : public AreaTextDetector {
 public:
  CloserLook(std::unique_ptr<AreaTextDetector> detector, int least_side)
      : detector_(std::move(detector)), least_side_(least_side) {}

  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image& image, const std::vector<Box>& areas) override {
    std::vector<TextLine> lines;
    if (std::max(image.rows, image.columns) <= least_side_) return lines;
    for (const Box& area : areas) {
      if (area.Area() > kLargestArea) continue;
      ASSIGN_OR_RETURN(
          const Image part,
          OpenCvCall(Reason::kEngineFailed,
                     "A frame could not be cut. Look at it by hand.",
                     [&] { return Part(image, area); }));
      ASSIGN_OR_RETURN(
          std::vector<TextLine> found,
          detector_->Detect(part, {{0, 0, part.columns, part.rows}}));
      for (TextLine& line : found) {
        for (Corner& corner : line.corners) {
          corner.x += static_cast<float>(area.x);
          corner.y += static_cast<float>(area.y);
        }
        lines.push_back(line);
      }
    }
    return lines;
  }

 private:
  std::unique_ptr<AreaTextDetector> detector_;
  int least_side_;
};

class BothDetectors final : public AreaTextDetector {
 public:
  BothDetectors(std::unique_ptr<AreaTextDetector> one,
                std::unique_ptr<AreaTextDetector> other)
      : one_(std::move(one)), other_(std::move(other)) {}

  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image& image, const std::vector<Box>& areas) override {
    ASSIGN_OR_RETURN(std::vector<TextLine> lines, one_->Detect(image, areas));
    ASSIGN_OR_RETURN(const std::vector<TextLine> more,
                     other_->Detect(image, areas));
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
  }

 private:
  std::unique_ptr<AreaTextDetector> one_;
  std::unique_ptr<AreaTextDetector> other_;
};

}  // namespace

std::unique_ptr<AreaTextDetector> MakeTwoStepDetector(
    std::unique_ptr<AreaTextDetector> quick,
    std::unique_ptr<AreaTextDetector> careful) {
  return std::make_unique<TwoStepDetector>(std::move(quick),
                                           std::move(careful));
}

std::unique_ptr<AreaTextDetector> MakeCloserLook(
    std::unique_ptr<AreaTextDetector> detector, int least_side) {
  return std::make_unique<CloserLook>(std::move(detector), least_side);
}

std::unique_ptr<AreaTextDetector> MakeBothDetectors(
    std::unique_ptr<AreaTextDetector> one,
    std::unique_ptr<AreaTextDetector> other) {
  return std::make_unique<BothDetectors>(std::move(one), std::move(other));
}

}  // namespace burntin
