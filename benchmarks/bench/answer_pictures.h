// What the programs share that answer about pictures: burntin-lines,
// burntin-boxes.
#ifndef BURNTIN_BENCHMARKS_BENCH_ANSWER_PICTURES_H_
#define BURNTIN_BENCHMARKS_BENCH_ANSWER_PICTURES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "detector/base/image.h"

namespace burntin::bench {

// A line about a picture of 8 bits a channel: grey, or red, green and blue.
using AnswerPicture = std::function<absl::StatusOr<std::string>(const Image&)>;

// Makes that with the networks in a folder.
using LoadAnswers =
    std::function<absl::StatusOr<AnswerPicture>(const std::string& models)>;

// Runs the program `name`, "--models DIR < PATHS": prints a line about each
// picture, of any kind that OpenCV reads, and returns the exit status: 0 the
// input ended, 2 wrong usage, networks that cannot be loaded, a picture that
// cannot be read or answered about, or the output cannot be written.
int AnswerPictures(absl::string_view name,
                   const std::vector<std::string>& arguments,
                   const LoadAnswers& load);

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_ANSWER_PICTURES_H_
