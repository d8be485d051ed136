// burntin-read: what the pipeline reads in DICOM files, both readings of each
// region and the header's identifiers, for burntin-match.
// usage: burntin-read --models DIR < PATHS
// A line of JSON for each path. Texts and identifiers are printed: give it
// files whose texts may be seen.
// Exit status: 0 the input ended, 2 wrong usage, models that cannot be loaded,
// or the output cannot be written.
#include <malloc.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/bench/method.h"
#include "benchmarks/bench/readings.h"
#include "detector/base/runner.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"
#include "detector/phi/matcher.h"
#include "detector/pipeline/inspection.h"
#include "detector/pipeline/runtime_choice.h"
#include "detector/text/text_finder.h"

namespace burntin::bench {
namespace {

// Takes down the regions that are matched, those apart that are only tried
// while text is being found. For one thread.
class Recorder final : public PlaneReader, public PhiMatcher {
 public:
  Recorder(TextEngines engines, std::unique_ptr<PhiMatcher> matcher)
      : finder_(std::move(engines)), matcher_(std::move(matcher)) {}

  absl::StatusOr<std::vector<TextRegion>> Find(const std::vector<Image>& views,
                                               const Settles& settles,
                                               TextTimings* timings) override {
    finding_ = true;
    auto regions = finder_.Find(views, settles, timings);
    finding_ = false;
    return regions;
  }

  std::vector<Match> MatchPlane(std::span<const TextRegion> regions,
                                const Header& header) const override {
    return MatchPrepared(regions, matcher_->Prepare(header));
  }

  PreparedHeader Prepare(const Header& header) const override {
    return matcher_->Prepare(header);
  }

  std::vector<Match> MatchPrepared(
      std::span<const TextRegion> regions,
      const PreparedHeader& prepared) const override {
    if (!finding_) planes_.emplace_back(regions.begin(), regions.end());
    return matcher_->MatchPrepared(regions, prepared);
  }

  std::vector<std::vector<TextRegion>> TakePlanes() {
    return std::exchange(planes_, {});
  }

 private:
  TextFinder finder_;
  std::unique_ptr<PhiMatcher> matcher_;
  bool finding_ = false;
  mutable std::vector<std::vector<TextRegion>> planes_;
};

// Whether a reason tells of what was found, not of what could not be looked at.
bool IsFinding(const VerdictReason& reason) {
  return reason.code == Reason::kHeaderMatch ||
         reason.code == Reason::kIdentifyingPattern ||
         reason.code == Reason::kUnreadableText ||
         reason.code == Reason::kUnprovenText ||
         reason.code == Reason::kBurnedInAnnotationYes;
}

class Reader {
 public:
  static absl::StatusOr<Reader> Create(const std::string& models) {
    ASSIGN_OR_RETURN(ChosenRuntime chosen,
                     ChooseRuntime(InferenceRuntime::kAuto, models));
    ASSIGN_OR_RETURN(TextEngines engines,
                     MakeTextEngines({.model_directory = models,
                                      .tessdata_directory = "",
                                      .languages = "eng",
                                      .runtime = chosen.runtime}));
    return Reader(
        std::make_unique<Recorder>(std::move(engines), PhiMatcher::Create()));
  }

  Readings Read(const std::string& path) {
    Readings readings;
    InstanceReport report;
    auto object = DicomObject::Open(path, kLimits);
    if (object.ok()) {
      const InspectionParts parts{.runner = runner_.get(),
                                  .readers = {recorder_.get()},
                                  .matcher = recorder_.get()};
      report = InspectObject(**object, parts, {}, InspectLimits().findings);
    } else {
      report = FailedReport(
          ReasonOf(object.status()).value_or(Reason::kInternalFailure), "");
    }
    readings.header = report.header;
    readings.coverage = {.frames_total = report.frames_total,
                         .frames_inspected = report.frames_inspected,
                         .failures = report.reasons};
    std::erase_if(readings.coverage.failures, IsFinding);
    readings.planes = recorder_->TakePlanes();
    readings.verdict = report.verdict;
    return readings;
  }

 private:
  explicit Reader(std::unique_ptr<Recorder> recorder)
      : recorder_(std::move(recorder)) {}

  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Runner> runner_ = MakeThreadPoolRunner(/*workers=*/1);
};

int Main(const std::vector<std::string>& arguments) {
  if (arguments.size() != 2 || arguments[0] != "--models") {
    std::cerr << "usage: burntin-read --models DIR < PATHS\n";
    return 2;
  }
  absl::StatusOr<Reader> reader = Reader::Create(arguments[1]);
  if (!reader.ok()) {
    std::cerr << "burntin-read: " << reader.status().message() << "\n";
    return 2;
  }
  std::string path;
  while (std::getline(std::cin, path)) {
    std::cout << ToJsonLine(reader->Read(path)) << std::endl;
    if (!std::cout) return 2;
  }
  return 0;
}

}  // namespace
}  // namespace burntin::bench

int main(int argc, char** argv) {
  burntin::LimitLibraryThreads(argv);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  return burntin::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}
