#include "benchmarks/bench/answer_pictures.h"

#include <iostream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace burntin::bench {
namespace {

// Empty if there is no such picture.
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

}  // namespace

int AnswerPictures(absl::string_view name,
                   const std::vector<std::string>& arguments,
                   const LoadAnswers& load) {
  const auto fail = [&](absl::string_view message) {
    std::cerr << name << ": " << message << "\n";
    return 2;
  };
  if (arguments.size() != 2 || arguments[0] != "--models") {
    std::cerr << "usage: " << name << " --models DIR < PATHS\n";
    return 2;
  }
  const absl::StatusOr<AnswerPicture> answer = load(arguments[1]);
  if (!answer.ok()) return fail(answer.status().message());
  for (std::string path; std::getline(std::cin, path);) {
    const Image picture = ReadPicture(path);
    if (picture.empty()) return fail("A picture could not be read.");
    const absl::StatusOr<std::string> line = (*answer)(picture);
    if (!line.ok()) return fail(line.status().message());
    std::cout << *line << std::endl;
    if (!std::cout) return 2;
  }
  return 0;
}

}  // namespace burntin::bench
