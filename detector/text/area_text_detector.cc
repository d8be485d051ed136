#include "detector/text/area_text_detector.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/area_packer.h"
#include "detector/text/line_geometry.h"
#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

// Measured: without a border, a name line at row 0 was lost.
constexpr int kBorder = 16;
// Between parts that are looked at together: more than between the words of
// most lines.
constexpr int kGap = 32;
// A picture smaller than this has no room for three letters of 5 pixels, and
// its doubled pixels look like digits.
constexpr int kLeastSide = 16;
// Pictures up to this side go to the network whole.
constexpr int kWholeSide = kMaxDetectorSide - 2 * kBorder;
constexpr int kPartSide = kMaxDetectorSide - 2 * kGap;
// Room that areas have around what is in them, but for the picture's edges.
constexpr int kRoomAround = 32;
// Smaller reduced pictures have no room for letters.
constexpr int kLeastReducedSide = 64;
// A line of a reduced picture is known where pieces of it cover more than this.
constexpr double kMostlyPieces = 0.4;
// Where areas take more of the picture than this, it is looked at whole.
constexpr double kMostlyAll = 0.75;
// A tile holds a line of text with its surroundings; tiles overlap by more
// than the height of any line, so a line is whole in one of them or is cut
// across its length and mended by JoinLines.
constexpr int kTileSide = 1024;
constexpr int kTileOverlap = 192;

// First positions of tiles that cover [0, length).
std::vector<int> TileStarts(int length) {
  std::vector<int> starts = {0};
  while (starts.back() + kTileSide < length) {
    const int next = starts.back() + kTileSide - kTileOverlap;
    starts.push_back(std::min(next, length - kTileSide));
  }
  return starts;
}

// `area` itself if it fits the network, else tiles that cover it.
void AddTiles(const Box& area, int longest, std::vector<Box>* parts) {
  if (std::max(area.width, area.height) <= longest) {
    parts->push_back(area);
    return;
  }
  for (const int y : TileStarts(area.height)) {
    for (const int x : TileStarts(area.width)) {
      parts->push_back(
          Intersect(area, {area.x + x, area.y + y, kTileSide, kTileSide}));
    }
  }
}

cv::Mat Scaled(const Image& image, double scale) {
  if (scale == 1) return AsMat(image);
  cv::Mat scaled;
  const cv::Size size(std::max(1, cvRound(image.columns * scale)),
                      std::max(1, cvRound(image.rows * scale)));
  cv::resize(AsMat(image), scaled, size, 0, 0,
             scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  return scaled;
}

// The pixels that `area` becomes on a picture of this size, `scale` times it.
Box Scaled(const Box& area, double scale, const cv::Size& size) {
  const int left = static_cast<int>(std::floor(area.x * scale));
  const int top = static_cast<int>(std::floor(area.y * scale));
  const int right = static_cast<int>(std::ceil((area.x + area.width) * scale));
  const int bottom =
      static_cast<int>(std::ceil((area.y + area.height) * scale));
  return Intersect({left, top, right - left, bottom - top},
                   {0, 0, size.width, size.height});
}

cv::Rect AsRect(const Box& box) {
  return {box.x, box.y, box.width, box.height};
}

// Whether all pixels are equal: nothing can stand there.
bool IsFlat(const cv::Mat& mat) {
  double low = 0;
  double high = 0;
  cv::minMaxIdx(mat.reshape(1), &low, &high);
  return low == high;
}

// The parts on black.
Image Draw(const cv::Mat& picture, const Sheet& sheet) {
  cv::Mat drawn = cv::Mat::zeros(sheet.height, sheet.width, picture.type());
  for (const Placement& placed : sheet.placements) {
    picture(AsRect(placed.from))
        .copyTo(drawn(cv::Rect(placed.x, placed.y, placed.from.width,
                               placed.from.height)));
  }
  return ToImage(drawn);
}

Box PlaceOf(const Placement& part) {
  return {part.x, part.y, part.from.width, part.from.height};
}

// A line found on `sheet`, in pixels of the picture: once for each part that it
// reaches, since it may seem to go on from one part to the next.
std::vector<TextLine> PutBack(const TextLine& line, const Sheet& sheet) {
  std::vector<const Placement*> parts;
  for (const Placement& part : sheet.placements) {
    if (Intersect(BoxAround(line), PlaceOf(part)).Area() > 0) {
      parts.push_back(&part);
    }
  }
  std::vector<TextLine> lines;
  for (const Placement* part : parts) {
    TextLine own = line;
    if (parts.size() > 1) {
      own = LineOfBox(Intersect(BoxAround(line), PlaceOf(*part)),
                      line.likelihood);
    }
    for (Corner& corner : own.corners) {
      corner.x += static_cast<float>(part->from.x - part->x);
      corner.y += static_cast<float>(part->from.y - part->y);
    }
    lines.push_back(own);
  }
  return lines;
}

class NetworkAreaDetector final : public AreaTextDetector {
 public:
  NetworkAreaDetector(std::unique_ptr<TextDetector> network,
                      const NetworkNeeds& needs)
      : network_(std::move(network)), needs_(needs) {}

  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image& image, const std::vector<Box>& areas) override {
    const int longer = std::max(image.rows, image.columns);
    if (longer < kLeastSide || areas.empty()) return std::vector<TextLine>();
    const std::vector<Box> wanted = MostlyAll(image, areas);
    const int scale = longer <= needs_.doubled_side ? 2 : 1;
    ASSIGN_OR_RETURN(std::vector<TextLine> lines,
                     DetectScaled(image, wanted, scale));
    if (scale * longer > kWholeSide) lines = JoinLines(std::move(lines));
    if (const double reduced = ReducedScale(longer); reduced > 0) {
      ASSIGN_OR_RETURN(
          std::vector<TextLine> coarse,
          DetectScaled(image, WithRoomForHighLetters(image, wanted), reduced));
      if (longer * reduced > kWholeSide) coarse = JoinLines(std::move(coarse));
      AddUnseen(coarse, kMostlyPieces, &lines);
    }
    return lines;
  }

 private:
  // Letters that are high for a network, or for a tile, have the height that
  // it knows on a reduced picture. 0 where that is not needed.
  double ReducedScale(int longer) const {
    if (needs_.reduced > 0) {
      return longer * needs_.reduced >= kLeastReducedSide ? needs_.reduced : 0;
    }
    return longer > kWholeSide ? static_cast<double>(kWholeSide) / longer : 0;
  }

  std::vector<Box> WithRoomForHighLetters(const Image& image,
                                          std::vector<Box> areas) const {
    std::erase_if(areas, [&](const Box& area) {
      const auto side = [](int from, int length, int whole) {
        const int edges =
            (from == 0 ? 1 : 0) + (from + length == whole ? 1 : 0);
        return length + 2 * edges * kRoomAround;
      };
      return std::min(side(area.x, area.width, image.columns),
                      side(area.y, area.height, image.rows)) <
             needs_.least_reduced_area;
    });
    return areas;
  }

  static std::vector<Box> MostlyAll(const Image& image,
                                    const std::vector<Box>& areas) {
    const Box whole = {0, 0, image.columns, image.rows};
    double covered = 0;
    for (const Box& area : areas) covered += static_cast<double>(area.Area());
    if (covered > kMostlyAll * static_cast<double>(whole.Area())) {
      return {whole};
    }
    return areas;
  }

  // On a picture that is `scale` times `image`.
  absl::StatusOr<std::vector<TextLine>> DetectScaled(
      const Image& image, const std::vector<Box>& areas, double scale) {
    cv::Mat picture;
    ASSIGN_OR_RETURN(
        const std::vector<Sheet> sheets,
        OpenCvCall(Reason::kEngineFailed,
                   "A frame could not be scaled. Look at it by hand.", [&] {
                     picture = Scaled(image, scale);
                     return Lay(picture, areas, scale);
                   }));
    std::vector<TextLine> lines;
    for (const Sheet& sheet : sheets) {
      ASSIGN_OR_RETURN(
          const Image drawn,
          OpenCvCall(Reason::kEngineFailed,
                     "A frame could not be cut. Look at it by hand.",
                     [&] { return Draw(picture, sheet); }));
      ASSIGN_OR_RETURN(std::vector<TextLine> found, DetectOn(drawn));
      for (const TextLine& line : found) {
        for (TextLine& own : PutBack(line, sheet)) {
          for (Corner& corner : own.corners) {
            corner.x /= static_cast<float>(scale);
            corner.y /= static_cast<float>(scale);
          }
          lines.push_back(own);
        }
      }
    }
    return lines;
  }

  // The network knows lines that run across far better than others. Where
  // one runs up or down there may be more, so the picture is turned.
  absl::StatusOr<std::vector<TextLine>> DetectOn(const Image& drawn) {
    ASSIGN_OR_RETURN(std::vector<TextLine> lines, network_->Detect(drawn));
    if (!needs_.turned ||
        std::none_of(lines.begin(), lines.end(), RunsUpOrDown)) {
      return lines;
    }
    ASSIGN_OR_RETURN(
        const Image upright,
        OpenCvCall(Reason::kEngineFailed,
                   "A frame could not be turned. Look at it by hand.",
                   [&] { return Turn(drawn, 90); }));
    ASSIGN_OR_RETURN(std::vector<TextLine> turned, network_->Detect(upright));
    for (TextLine& line : turned) {
      for (Corner& corner : line.corners) {
        corner = {corner.y, static_cast<float>(drawn.rows - 1) - corner.x};
      }
    }
    AddTurned(turned, &lines);
    return lines;
  }

  static std::vector<Sheet> Lay(const cv::Mat& picture,
                                const std::vector<Box>& areas, double scale) {
    std::vector<Box> parts;
    for (const Box& area : areas) {
      AddTiles(Scaled(area, scale, picture.size()),
               areas.size() > 1 ? kPartSide : kWholeSide, &parts);
    }
    std::erase_if(parts, [&](const Box& part) {
      return part.Area() == 0 || IsFlat(picture(AsRect(part)));
    });
    const int gap = parts.size() > 1 ? kGap : kBorder;
    return PackAreas(std::move(parts), gap, kMaxDetectorSide);
  }

  std::unique_ptr<TextDetector> network_;
  NetworkNeeds needs_;
};

}  // namespace

std::unique_ptr<AreaTextDetector> MakeAreaTextDetector(
    std::unique_ptr<TextDetector> network, const NetworkNeeds& needs) {
  return std::make_unique<NetworkAreaDetector>(std::move(network), needs);
}

}  // namespace burntin
