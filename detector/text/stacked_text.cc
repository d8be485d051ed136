#include "detector/text/stacked_text.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

constexpr int kLeastLetters = 3;
// Height of a letter as a share of the column's width: an I at its least, a
// narrow letter at its most.
constexpr double kLowest = 0.3;
constexpr double kHighest = 2;
// Pixels around each letter of the line, as a share of the column's width.
constexpr double kSpacing = 0.15;

// 255 where ink is: what differs from the tone that the picture's border has.
cv::Mat InkOf(const cv::Mat& grey) {
  cv::Mat bright;
  cv::threshold(grey, bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  const int border = cv::countNonZero(bright.col(0)) +
                     cv::countNonZero(bright.col(bright.cols - 1));
  if (border > bright.rows) cv::bitwise_not(bright, bright);
  return bright;
}

// Runs of rows that hold ink.
std::vector<cv::Range> RowsOfLetters(const cv::Mat& ink) {
  std::vector<cv::Range> letters;
  for (int row = 0; row < ink.rows; ++row) {
    if (cv::countNonZero(ink.row(row)) == 0) continue;
    if (!letters.empty() && letters.back().end == row) {
      ++letters.back().end;
    } else {
      letters.emplace_back(row, row + 1);
    }
  }
  return letters;
}

bool AreLetters(const std::vector<cv::Range>& letters, int width) {
  return static_cast<int>(letters.size()) >= kLeastLetters &&
         std::all_of(letters.begin(), letters.end(),
                     [&](const cv::Range& letter) {
                       return letter.size() >= kLowest * width &&
                              letter.size() <= kHighest * width;
                     });
}

cv::Mat SideBySide(const cv::Mat& column, const cv::Scalar& paper,
                   const std::vector<cv::Range>& letters) {
  int height = 0;
  for (const cv::Range& letter : letters) {
    height = std::max(height, letter.size());
  }
  const int gap = std::max(1, cvRound(kSpacing * column.cols));
  std::vector<cv::Mat> cells;
  for (const cv::Range& letter : letters) {
    cv::Mat cell;
    // Letters stand on one line at their feet.
    cv::copyMakeBorder(column.rowRange(letter), cell,
                       gap + height - letter.size(), gap, 0, 0,
                       cv::BORDER_CONSTANT, paper);
    cells.push_back(cell);
  }
  cv::Mat line;
  cv::hconcat(cells, line);
  return line;
}

std::optional<Image> Run(const Image& image) {
  if (image.rows < kLeastLetters || image.columns < 2) return std::nullopt;
  const cv::Mat column = AsMat(image);
  cv::Mat grey = column;
  if (image.channels != 1) cv::cvtColor(column, grey, cv::COLOR_RGB2GRAY);
  const cv::Mat ink = InkOf(grey);
  const std::vector<cv::Range> letters = RowsOfLetters(ink);
  if (!AreLetters(letters, image.columns)) return std::nullopt;
  const cv::Scalar paper = cv::mean(column, ~ink);
  return ToImage(SideBySide(column, paper, letters));
}

}  // namespace

absl::StatusOr<std::optional<Image>> Unstack(const Image& column) {
  return OpenCvCall(Reason::kEngineFailed,
                    "A column of text could not be taken apart. Look at the "
                    "object by hand.",
                    [&] { return Run(column); });
}

}  // namespace burntin
