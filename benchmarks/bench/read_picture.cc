#include "benchmarks/bench/read_picture.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace burntin::bench {

Image ReadPicture(const std::string& path) {
  cv::Mat picture = cv::imread(path, cv::IMREAD_ANYCOLOR);
  if (picture.empty()) return Image{};
  if (picture.channels() == 3) {
    cv::cvtColor(picture, picture, cv::COLOR_BGR2RGB);
  }
  Image image{.rows = picture.rows,
              .columns = picture.cols,
              .channels = picture.channels()};
  image.pixels.assign(picture.datastart, picture.dataend);
  return image;
}

}  // namespace burntin::bench
