// The façade of the detector library: a DICOM object in, a report out. No
// sockets, no database, no flags; nothing is written anywhere.
#ifndef BURNTIN_DETECTOR_DETECTOR_H_
#define BURNTIN_DETECTOR_DETECTOR_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/runner.h"
#include "detector/report.h"

namespace burntin {

// Checked before anything is allocated. What exceeds one is INDETERMINATE.
struct InspectLimits {
  int64_t file_bytes = int64_t{4} << 30;
  int64_t pixels_per_frame = int64_t{1} << 28;
  int frames = 100'000;
  int findings = 10'000;  // more are counted in the risk, but not listed
};

struct DetectorOptions {
  // Holds the files that models/fetch puts there.
  std::string model_directory;
  // Tesseract language packs, as in "eng" or "eng+deu".
  std::string languages = "eng";
  // Tesseract's data folder; empty: the installed one.
  std::string tessdata_directory;
  InspectLimits limits;
};

struct InspectOptions {
  // Asked between frames, from any worker; true stops the inspection, and
  // the report then says CANCELLED. Empty: never.
  std::function<bool()> cancelled;
  // Called after each frame with the numbers of frames done and of all; from
  // any worker, one call at a time. Must not throw. Empty: nobody listens.
  std::function<void(int done, int total)> progress;
};

// All methods may be called from any number of threads at the same time.
class Detector {
 public:
  // Loads the models once for each worker of `runner`, which must outlive the
  // detector. Fails with MODEL_NOT_LOADED, never with a lesser detector.
  static absl::StatusOr<std::unique_ptr<Detector>> Create(
      const DetectorOptions& options, Runner* runner);

  virtual ~Detector() = default;

  // Inspects the DICOM object in the file at `path`. Always answers: what
  // cannot be opened, parsed, decoded or finished is INDETERMINATE with its
  // reason. Memory is bounded by one frame for each worker, however long the
  // cine.
  virtual InstanceReport Inspect(const std::string& path,
                                 const InspectOptions& options) = 0;

  virtual std::vector<ModelVersion> models() const = 0;
};

// Whether the file at `path` looks like a DICOM object: the prefix "DICM"
// after the preamble, or a plausible first element of a data set without
// one. A file that cannot be opened looks like one, so that it is answered.
bool LooksLikeDicom(const std::string& path);

// A picture of one frame for people to look at, as PNG bytes. `frame` is
// counted from 0. The longer side is scaled down to `max_side` pixels when it
// is longer; `scale` is then picture pixels per stored pixel, in (0, 1].
struct RenderedFrame {
  std::string png;
  int columns = 0;  // of the stored frame
  int rows = 0;
  double scale = 1;
};
absl::StatusOr<RenderedFrame> RenderFrame(const std::string& path,
                                          Source source, int source_index,
                                          int frame, int max_side);

// The report of an object that could not even be given to a detector.
InstanceReport FailedReport(Reason reason, const std::string& message);

// Keeps OpenMP inside Tesseract from starting threads beside the runner's,
// which would fight over the processors. Call it first in main(); it starts
// the program again, once, if OMP_THREAD_LIMIT is not set.
void LimitLibraryThreads(char** argv);

// The version of the library, as in "0.1.0".
std::string DetectorVersion();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DETECTOR_H_
