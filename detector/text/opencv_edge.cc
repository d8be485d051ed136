#include "detector/text/opencv_edge.h"

#include <mutex>
#include <opencv2/core/utils/logger.hpp>

namespace burntin {

void InitializeTextEngines() {
  static std::once_flag once;
  std::call_once(once, [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    // OpenCV prints what it throws; what it throws may name files.
    cv::redirectError([](int, const char*, const char*, const char*, int,
                         void*) { return 0; });
  });
}

}  // namespace burntin
