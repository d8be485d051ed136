// The façade of the detector library: a DICOM object in, a report out. No
// sockets, no database, no flags; nothing is written anywhere.
#ifndef BURNTIN_DETECTOR_DETECTOR_H_
#define BURNTIN_DETECTOR_DETECTOR_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/comparison.h"
#include "detector/base/inference_runtime.h"
#include "detector/base/network_choice.h"
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

struct DecoderOptions {
  // Path of burntin-decoder, which decodes in processes of its own, so that a
  // decoder that crashes, hangs or wants too much costs one object; see
  // detector/isolation/worker_pool.h. Empty: in this process, which gives the
  // same answers but dies with a decoder that crashes.
  std::string program;
  // What follows is for `program` alone. Address space of a process; has to
  // hold the largest frame several times.
  int64_t memory_bytes = int64_t{8} << 30;
  // The largest temporary file, into which a data set is inflated.
  int64_t file_bytes = InspectLimits().file_bytes;
  // Wall time for opening an object, and for decoding one frame. Beyond, the
  // object is INDETERMINATE with DECODER_TIMED_OUT.
  std::chrono::milliseconds open_timeout{60'000};
  std::chrono::milliseconds frame_timeout{60'000};
  // A process ends after so many objects. 1 shields each object from all
  // others, for the price of a start.
  int objects_per_process = 100;
};

// Path of burntin-decoder where it is installed: in the folder of the program
// that runs. It may not be there.
std::string DecoderBesideThisProgram();

class ObjectOpener;  // private to the library

// Processes that decode, since the start of this one.
struct DecoderProcesses {
  int running = 0;  // now, idle ones included
  int64_t started = 0;
  int64_t crashed = 0;    // died, or answered what cannot be
  int64_t timed_out = 0;  // were killed because they took too long
  int64_t retired = 0;    // ended after their last object, or were not needed
};

// Where objects are decoded.
struct Decoder {
  std::shared_ptr<ObjectOpener> opener;
  bool isolated = false;  // in processes of their own
  // These may make few system calls only, and reach no other process and no
  // network; files that the user may read stay readable to them. False where
  // the kernel does not let them give the other calls up.
  bool confined = false;
  // Of the program that decodes, when the first process was started; empty
  // where there is none, or it could not be read.
  std::string program_sha256;
  // What became of them; any thread may ask as long as `opener` lives. Empty
  // where there are none.
  std::function<DecoderProcesses()> processes;
  // Ends those that nothing needed for half a minute, but for one for each
  // processor. As `processes`; call it now and then.
  std::function<void()> end_idle;
};

// Starts the first process, if there are to be any. INVALID_ARGUMENT when the
// program cannot be run.
absl::StatusOr<Decoder> MakeDecoder(const DecoderOptions& options);

struct DetectorOptions {
  // Holds the files that models/fetch puts there.
  std::string model_directory;
  // Tesseract language packs, as in "eng" or "eng+deu".
  std::string languages = "eng";
  // Tesseract's data folder; empty: the installed one.
  std::string tessdata_directory;
  // What runs the neural networks. Equal answers but for rounding.
  InferenceRuntime runtime = InferenceRuntime::kAuto;
  // Which networks there are. Only their files have to be there.
  NetworkChoice networks = NetworkChoice::kAll;
  // Looks at all of every view and asks both readers about every line: the
  // oracle that the usual way, which leaves out what cannot matter, is measured
  // by. Several times slower.
  bool thorough = false;
  // Looks on a frame of a cine only at what those before it did not show, and
  // there only where a first glance sees something like text
  // (docs/detection.md); with kSeries likewise on the pictures of a series, in
  // whichever order their files come, whose reports are then not `repeatable`.
  // With kNothing, `thorough`, or PP-OCR's networks alone every frame is looked
  // at in full: the oracle that this is measured by.
  Comparison compare_with = Comparison::kFrames;
  // A site's own words that say nothing about a person, in the form of
  // detector/phi/benign_vocabulary.txt; added to the built-in ones. Empty:
  // none. A file that cannot be read, or that has a line that is likely a
  // mistake, is INVALID_ARGUMENT with its path and line.
  std::string benign_vocabulary_file;
  InspectLimits limits;
  // Without an opener, objects are decoded in this process.
  Decoder decoder;
};

struct InspectOptions {
  // Whether the findings' texts are asked for. Without, a report that was made
  // before may answer although its texts were not kept.
  bool texts = true;
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
  // cine, or by a few of a cine that is compared, and by 64 MiB for series.
  virtual InstanceReport Inspect(const std::string& path,
                                 const InspectOptions& options) = 0;

  virtual std::vector<ModelVersion> models() const = 0;

  // Detectors of equal fingerprints say the same of equal bytes, in whatever
  // process and on whatever machine, where the report is `repeatable`: it is
  // the digest of all that a report depends on beside the object, code and
  // libraries included. Empty: not known, and equal to none. Made anew by each
  // call, which reads files: ask once.
  virtual std::string fingerprint() const { return ""; }
};

// The transfer syntaxes of the standard that the library knows: a name for each
// UID. All others are as good as unknown.
std::map<std::string, std::string> TransferSyntaxNames();

// Whether the file at `path` looks like a DICOM object: the prefix "DICM"
// after the preamble, or a plausible first element of a data set without
// one. A file that cannot be opened looks like one, so that it is answered.
bool LooksLikeDicom(const std::string& path);

// The header of the DICOM object in the file at `path`, whose pixels are not
// looked at. Fails where Inspect would say that nothing is known of the object.
absl::StatusOr<Header> ReadObjectHeader(const Decoder& decoder,
                                        const std::string& path);

// A picture of one frame for people to look at, as PNG bytes. `frame` is
// counted from 0. The longer side is scaled down to `max_side` pixels when it
// is longer; `scale` is then picture pixels per stored pixel, in (0, 1].
struct RenderedFrame {
  std::string png;
  int columns = 0;  // of the stored frame
  int rows = 0;
  double scale = 1;
};

// Around each box of `outlined`, in pixels of the stored frame, a coloured line
// is drawn, which leaves what is in the box in sight.
absl::StatusOr<RenderedFrame> RenderFrame(
    const Decoder& decoder, const std::string& path, Source source,
    int source_index, int frame, int max_side,
    const std::vector<Box>& outlined = {});

// `rendered` scaled down until its longer side has at most `max_side` >= 1
// pixels and its PNG at most `max_bytes`; as it is if it fits.
// INTERNAL_FAILURE if it is no picture, or none of one pixel would fit.
absl::StatusOr<RenderedFrame> ShrinkPicture(RenderedFrame rendered,
                                            int max_side, int64_t max_bytes);

// Keeps OpenMP inside Tesseract, and OpenBLAS, from starting threads beside
// the runner's, which would fight over the processors. Call it first in
// main(); it starts the program again, once, if OMP_THREAD_LIMIT or
// OPENBLAS_NUM_THREADS is not set.
void LimitLibraryThreads(char** argv);

// The version of the library, as in "0.1.0".
std::string DetectorVersion();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DETECTOR_H_
