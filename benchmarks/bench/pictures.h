// Pictures of frames, for methods that are programs of their own and for
// people.
#ifndef BURNTIN_BENCHMARKS_BENCH_PICTURES_H_
#define BURNTIN_BENCHMARKS_BENCH_PICTURES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace burntin::bench {

struct Picture {
  int frame = 0;     // counted from 0
  std::string file;  // PNG
};

// Writes the first view of each frame in `frames` (of every frame if it is
// empty) into `folder`, which exists, at its full size.
absl::StatusOr<std::vector<Picture>> WritePictures(
    const std::string& path, const std::vector<int>& frames,
    const std::string& folder);

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_PICTURES_H_
