// What one method answered about one DICOM file, and what it cost.
#ifndef BURNTIN_BENCHMARKS_BENCH_ANSWER_H_
#define BURNTIN_BENCHMARKS_BENCH_ANSWER_H_

#include <map>
#include <string>
#include <vector>

#include "detector/base/image.h"
#include "detector/base/phi_text.h"
#include "detector/report.h"

namespace burntin::bench {

// A text that a method found in one place.
struct FoundText {
  std::string source;  // "FRAME": on a frame of the object; else "ELSEWHERE"
  Box box;             // pixels of the stored frame
  std::vector<FrameRange> frame_ranges;  // ascending, disjoint
  int orientation = 0;                   // 0, 90, 180, 270 degrees clockwise
  double confidence = 0;                 // [0, 1]: of the reading
  PhiText text;                          // UTF-8
  // What burntin makes of it; empty and 0 for methods that do not say.
  std::string category;
  double score = 0;  // [0, 1]: that it can identify a person
};

struct Answer {
  std::vector<FoundText> texts;
  // burntin's verdict and risk; empty and -1 for methods that have none.
  std::string verdict;
  double risk = -1;
  int frames = 0;  // that were looked at
  // CPU milliseconds: of the whole call, of opening the object (parsing it),
  // and by stage. What `stages` leaves of the whole has no name.
  double cpu_ms = 0;
  double open_ms = 0;
  std::map<std::string, double> stages_ms;
};

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_ANSWER_H_
