// The one way into OpenCV, which throws. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_OPENCV_EDGE_H_
#define BURNTIN_DETECTOR_TEXT_OPENCV_EDGE_H_

#include <exception>
#include <opencv2/core.hpp>
#include <string_view>
#include <type_traits>

#include "absl/status/statusor.h"
#include "detector/base/error.h"
#include "detector/base/image.h"

namespace burntin {

// Runs `call` and turns whatever it throws into an error with `reason` and
// `message`; the library's own text (paths, shapes) stops here.
template <typename Call>
auto OpenCvCall(Reason reason, std::string_view message, Call call)
    -> absl::StatusOr<std::invoke_result_t<Call>> {
  try {
    return call();
  } catch (const std::exception&) {
    return Error(reason, message);
  }
}

// The same pixels as a matrix that shares them: valid while `image` lives and
// never written to. Grey, or red-green-blue.
inline cv::Mat AsMat(const Image& image) {
  return cv::Mat(image.rows, image.columns, CV_8UC(image.channels),
                 const_cast<uint8_t*>(image.pixels.data()));
}

// A copy of 8-bit `mat`.
inline Image ToImage(const cv::Mat& mat) {
  Image image{
      .rows = mat.rows, .columns = mat.cols, .channels = mat.channels()};
  image.pixels.reserve(mat.total() * mat.elemSize());
  for (int row = 0; row < mat.rows; ++row) {
    const uint8_t* first = mat.ptr<uint8_t>(row);
    image.pixels.insert(image.pixels.end(), first,
                        first + static_cast<size_t>(mat.cols) * mat.elemSize());
  }
  return image;
}

// Keeps OpenCV from starting threads of its own and from writing to the
// standard streams. Once, before the first engine. Tesseract's threads are
// limited by LimitLibraryThreads, before main() does anything.
void InitializeTextEngines();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_OPENCV_EDGE_H_
