// What the detector says about one DICOM object.
#ifndef BURNTIN_DETECTOR_REPORT_H_
#define BURNTIN_DETECTOR_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "detector/base/header.h"
#include "detector/base/region.h"
#include "detector/base/source.h"
#include "detector/base/verdict.h"

namespace burntin {

// Frames [first, last], counted from 0.
struct FrameRange {
  int first = 0;
  int last = 0;

  friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

// One text that stands in the same place of one or more frames.
struct Finding {
  Source source = Source::kFrame;
  int source_index = 0;  // an overlay's group, 0x6000 to 0x60FE; else 0
  std::vector<FrameRange> frame_ranges;  // ascending, disjoint
  Box box;                               // pixels of the stored frame
  int orientation = 0;                   // 0, 90, 180, 270 degrees clockwise
  Match match;
  double risk = 0;  // [0, 1]: that this text identifies a person
};

// CPU time by stage, in milliseconds summed over workers; `total_ms` is wall
// time.
struct Timings {
  double total_ms = 0;
  double decode_ms = 0;
  double candidates_ms = 0;
  double detect_ms = 0;
  double recognize_ms = 0;
  double match_ms = 0;
};

struct ModelVersion {
  std::string name;
  std::string sha256;  // lower-case hexadecimal
};

struct InstanceReport {
  Header header;
  Verdict verdict = Verdict::kIndeterminate;
  double risk = 1;  // [0, 1]
  int frames_total = 0;
  int frames_inspected = 0;
  // Of all frames and other planes that were inspected.
  int64_t pixels_inspected = 0;
  bool inspected_in_full = false;  // all frames, and nothing else was left out
  std::vector<Finding> findings;
  bool findings_truncated = false;  // more were found than the limit keeps
  std::vector<VerdictReason> reasons;
  // Inspected in full, and by nothing but the object and the detector: no page
  // was drawn, for which the machine's fonts matter. See Detector::fingerprint.
  bool repeatable = false;
  // Made before, of equal bytes by a detector of equal fingerprint. Then
  // `timings` has the total time only, that of finding the report.
  bool from_cache = false;
  Timings timings;
};

// The report of an object that could not even be given to a detector.
inline InstanceReport FailedReport(Reason reason, const std::string& message) {
  InstanceReport report;
  report.reasons = {{reason, message}};
  return report;
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_REPORT_H_
