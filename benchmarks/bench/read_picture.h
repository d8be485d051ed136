// Pictures from files, for the programs that show them to networks.
#ifndef BURNTIN_BENCHMARKS_BENCH_READ_PICTURE_H_
#define BURNTIN_BENCHMARKS_BENCH_READ_PICTURE_H_

#include <string>

#include "detector/base/image.h"

namespace burntin::bench {

// The picture in a file of any kind that OpenCV reads, 8 bits a channel: grey,
// or red, green and blue. Empty if there is none.
Image ReadPicture(const std::string& path);

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_READ_PICTURE_H_
