#include "detector/text/line_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

// How much of the lower line's height two parts of one line share at least.
constexpr double kSameRow = 0.6;
// Boxes that share this much of the smaller one show one line.
constexpr double kSeenTwice = 0.8;
// Two boxes are of one line where so much of the smaller one is common.
constexpr double kSameLine = 0.5;
// A line this much longer than wide has a direction.
constexpr double kDirected = 1.5;

// Whether `a` and `b` overlap and lie on one row or, for lines that run
// vertically, on one column. Stacked lines often touch, so equal widths alone
// mean nothing.
bool ArePartsOfOne(const Box& a, const Box& b) {
  const Box common = Intersect(a, b);
  if (common.Area() == 0) return false;
  const auto share = [](int part, int one, int other) {
    return part >= kSameRow * std::max(one, other);
  };
  const bool vertical = a.height > a.width && b.height > b.width;
  return (vertical ? share(common.width, a.width, b.width)
                   : share(common.height, a.height, b.height)) ||
         OverlapOfSmaller(a, b) > kSeenTwice;
}

cv::Point2f Point(const Corner& corner) { return {corner.x, corner.y}; }

Image Cut(const Image& image, const TextLine& line) {
  const cv::Point2f bottom_left = Point(line.corners[0]);
  const cv::Point2f top_left = Point(line.corners[1]);
  const cv::Point2f top_right = Point(line.corners[2]);
  const auto width = static_cast<float>(cv::norm(top_right - top_left));
  const auto height = static_cast<float>(cv::norm(bottom_left - top_left));
  const cv::Size size(std::max(1, cvRound(width)),
                      std::max(1, cvRound(height)));
  const cv::Point2f from[] = {top_left, top_right, bottom_left};
  const cv::Point2f to[] = {{0, 0},
                            {static_cast<float>(size.width), 0},
                            {0, static_cast<float>(size.height)}};
  cv::Mat upright;
  cv::warpAffine(AsMat(image), upright, cv::getAffineTransform(from, to), size,
                 cv::INTER_LINEAR, cv::BORDER_CONSTANT);
  return ToImage(upright);
}

}  // namespace

Box BoxAround(const TextLine& line) {
  float left = std::numeric_limits<float>::max();
  float top = left;
  float right = std::numeric_limits<float>::lowest();
  float bottom = right;
  for (const Corner& corner : line.corners) {
    left = std::min(left, corner.x);
    right = std::max(right, corner.x);
    top = std::min(top, corner.y);
    bottom = std::max(bottom, corner.y);
  }
  const int x = static_cast<int>(std::floor(left));
  const int y = static_cast<int>(std::floor(top));
  return Box{x, y, static_cast<int>(std::ceil(right)) - x + 1,
             static_cast<int>(std::ceil(bottom)) - y + 1};
}

TextLine LineOfBox(const Box& box, double likelihood) {
  const auto left = static_cast<float>(box.x);
  const auto top = static_cast<float>(box.y);
  const auto right = static_cast<float>(box.x + box.width - 1);
  const auto bottom = static_cast<float>(box.y + box.height - 1);
  return TextLine{.corners = {Corner{left, bottom}, Corner{left, top},
                              Corner{right, top}, Corner{right, bottom}},
                  .likelihood = likelihood};
}

double LikelihoodOf(const Box& box, const std::vector<TextLine>& lines) {
  double likelihood = 0;
  for (const TextLine& line : lines) {
    if (line.likelihood > likelihood &&
        OverlapOfSmaller(BoxAround(line), box) >= kSameLine) {
      likelihood = line.likelihood;
    }
  }
  return likelihood;
}

Box BoundingBox(const TextLine& line, int rows, int columns) {
  return Intersect(BoxAround(line), Box{0, 0, columns, rows});
}

Box BoxWithRoom(const TextLine& line, int least_room, int rows, int columns) {
  const Box box = BoxAround(line);
  const int room = std::max(least_room, std::min(box.width, box.height));
  return Intersect(
      {box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room},
      {0, 0, columns, rows});
}

std::vector<TextLine> JoinLines(std::vector<TextLine> lines) {
  // Joining can make a line reach the next one, so it starts over each time.
  for (size_t i = 0; i < lines.size();) {
    const Box box = BoxAround(lines[i]);
    const auto other =
        std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                     lines.end(), [&](const TextLine& line) {
                       return ArePartsOfOne(box, BoxAround(line));
                     });
    if (other == lines.end()) {
      ++i;
      continue;
    }
    lines[i] = LineOfBox(Unite(box, BoxAround(*other)),
                         std::max(lines[i].likelihood, other->likelihood));
    lines.erase(other);
    i = 0;
  }
  return lines;
}

absl::StatusOr<Image> CutUpright(const Image& image, const TextLine& line) {
  return OpenCvCall(Reason::kEngineFailed,
                    "A line of text could not be cut out. Look at the object "
                    "by hand.",
                    [&] { return Cut(image, line); });
}

void AddUnseen(const std::vector<TextLine>& others, double most_seen,
               std::vector<TextLine>* lines) {
  const size_t seen = lines->size();
  for (const TextLine& line : others) {
    const Box box = BoxAround(line);
    // Pieces of a line do not make it known.
    int64_t known = 0;
    for (size_t i = 0; i < seen; ++i) {
      known += Intersect(box, BoxAround((*lines)[i])).Area();
    }
    if (static_cast<double>(known) <=
        most_seen * static_cast<double>(box.Area())) {
      lines->push_back(line);
    }
  }
}

bool RunsUpOrDown(const TextLine& line) {
  const Box box = BoxAround(line);
  return box.height >= kDirected * box.width;
}

void AddTurned(const std::vector<TextLine>& turned,
               std::vector<TextLine>* lines) {
  std::vector<TextLine> across;
  for (const TextLine& line : turned) {
    if (!RunsUpOrDown(line)) {
      across.push_back(line);
      continue;
    }
    const Box box = BoxAround(line);
    const bool is_known =
        std::any_of(lines->begin(), lines->end(), [&](const TextLine& known) {
          return OverlapOfSmaller(box, BoxAround(known)) > kSeenTwice &&
                 BoxAround(known).Area() >= box.Area();
        });
    if (!is_known) lines->push_back(line);
  }
  AddUnseen(across, kMostlyUnseen, lines);
}

int QuarterTurn(const TextLine& line) {
  const Corner& from = line.corners[1];
  const Corner& to = line.corners[2];
  const double degrees = std::atan2(to.y - from.y, to.x - from.x) * 180 / CV_PI;
  return ((static_cast<int>(std::lround(degrees / 90)) + 4) % 4) * 90;
}

Image Part(const Image& image, const Box& box) {
  return ToImage(AsMat(image)(cv::Rect(box.x, box.y, box.width, box.height)));
}

Image Turn(const Image& image, int degrees) {
  cv::Mat turned;
  switch (degrees) {
    case 90:
      cv::rotate(AsMat(image), turned, cv::ROTATE_90_CLOCKWISE);
      return ToImage(turned);
    case 180:
      cv::rotate(AsMat(image), turned, cv::ROTATE_180);
      return ToImage(turned);
    case 270:
      cv::rotate(AsMat(image), turned, cv::ROTATE_90_COUNTERCLOCKWISE);
      return ToImage(turned);
    default:
      return image;
  }
}

Image Mirror(const Image& image) {
  cv::Mat mirrored;
  cv::flip(AsMat(image), mirrored, /*flipCode=*/1);
  return ToImage(mirrored);
}

}  // namespace burntin
