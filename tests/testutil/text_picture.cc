#include "tests/testutil/text_picture.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <random>

namespace burntin {
namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr double kCapitalRows = 21;  // of the font at scale 1

}  // namespace

Image FlatPicture(int rows, int columns, uint8_t grey) {
  Image image{.rows = rows, .columns = columns};
  image.pixels.assign(static_cast<size_t>(rows) * columns, grey);
  return image;
}

Image NoisePicture(int rows, int columns, unsigned seed) {
  Image image = FlatPicture(rows, columns, 0);
  std::mt19937 random(seed);
  for (uint8_t& pixel : image.pixels) {
    pixel = static_cast<uint8_t>(random() >> 24);
  }
  return image;
}

void DrawText(const std::string& text, int x, int y, const TextStyle& style,
              Image* image) {
  cv::Mat mat(image->rows, image->columns, CV_8UC1, image->pixels.data());
  const int thickness = std::max(1, style.letter_rows / 10);
  cv::putText(mat, text, {x, y + style.letter_rows}, kFont,
              style.letter_rows / kCapitalRows, cv::Scalar(style.grey),
              thickness, cv::LINE_AA);
}

}  // namespace burntin
