// What the pipeline read in one DICOM object, kept apart from what it means, so
// that the same readings can be matched again and again.
#ifndef BURNTIN_BENCHMARKS_BENCH_READINGS_H_
#define BURNTIN_BENCHMARKS_BENCH_READINGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/header.h"
#include "detector/base/region.h"
#include "detector/base/verdict.h"
#include "detector/policy/policy.h"

namespace burntin::bench {

struct Readings {
  Header header;
  Coverage coverage;
  std::vector<std::vector<TextRegion>> planes;  // in the object's order
  Verdict verdict = Verdict::kIndeterminate;    // of the pipeline, in that run
};

// A line of JSON, with the texts; and back. An error is a line of another form.
std::string ToJsonLine(const Readings& readings);
absl::StatusOr<Readings> ReadingsFromJson(const std::string& line);

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_READINGS_H_
