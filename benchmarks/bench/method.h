// A way to find text in a DICOM file, so that several can be asked in turn.
#ifndef BURNTIN_BENCHMARKS_BENCH_METHOD_H_
#define BURNTIN_BENCHMARKS_BENCH_METHOD_H_

#include <ctime>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "benchmarks/bench/answer.h"
#include "detector/detector.h"
#include "detector/dicom/dicom_object.h"

namespace burntin::bench {

// Serves one thread at a time.
class Method {
 public:
  virtual ~Method() = default;

  // An error means that the method gave no answer, as when the file cannot be
  // decoded.
  virtual absl::StatusOr<Answer> Measure(const std::string& path) = 0;
};

struct Engines {
  std::string model_directory;  // of burntin; see DetectorOptions
  std::string languages;        // Tesseract's, as in "eng+deu"
};

enum class Way {
  kUsual,       // as it is shipped
  kNew,         // each picture beside the frames or series before it
  kEveryFrame,  // each picture in full, which is the oracle of that
  kThorough,    // DetectorOptions::thorough
  // With our own networks alone, in OpenCV: nothing that models/fetch would
  // have to download.
  kOwn,
};

DetectorOptions MakeDetectorOptions(const Engines& engines, Way way);

// The detector as programs use it, with one worker, decoding in this process.
absl::StatusOr<std::unique_ptr<Method>> MakeBurntinMethod(
    const Engines& engines, Way way);

// Tesseract on the first view of each frame in full, with
// `page_segmentation` as in `tesseract --psm`, or of each `stride`-th frame
// from the first one on. Every word that it reports is in the answer, whatever
// its confidence.
absl::StatusOr<std::unique_ptr<Method>> MakeTesseractMethod(
    const Engines& engines, int page_segmentation, int stride);

// DCMTK alone: reads the file and decodes its frames one after another into the
// same memory. Nothing looks at them.
std::unique_ptr<Method> MakeDecodingMethod();

// The limits within which every method decodes.
inline constexpr DicomLimits kLimits{.file_bytes = int64_t{4} << 30,
                                     .pixels_per_frame = int64_t{1} << 28,
                                     .frames = 100'000};

// CPU milliseconds of all threads of this process since it started.
inline double ProcessCpuMs() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 +
         static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_METHOD_H_
