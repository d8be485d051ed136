#include <string>
#include <utility>

#include "benchmarks/bench/method.h"
#include "detector/base/names.h"
#include "detector/base/runner.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/detector.h"

namespace burntin::bench {
namespace {

bool IsOnFrame(Source source) {
  return IsFrame(source) || source == Source::kBarcode;
}

FoundText ToFoundText(const Finding& finding) {
  return {.source = IsOnFrame(finding.source) ? "FRAME" : "ELSEWHERE",
          .box = finding.box,
          .frame_ranges = finding.frame_ranges,
          .orientation = finding.orientation,
          .confidence = finding.match.reading.confidence,
          .text = finding.match.reading.text,
          .category = std::string(CategoryName(finding.match.category)),
          .score = finding.match.score};
}

class BurntinMethod final : public Method {
 public:
  BurntinMethod(std::unique_ptr<Runner> runner,
                std::unique_ptr<Detector> detector)
      : runner_(std::move(runner)), detector_(std::move(detector)) {}

  absl::StatusOr<Answer> Measure(const std::string& path) override {
    Answer answer;
    {
      // What Inspect() does first, by itself: its report has no time for it.
      const CpuStopwatch watch(&answer.open_ms);
      const auto object = DicomObject::Open(path, kLimits);
    }
    const double start_ms = ProcessCpuMs();
    const InstanceReport report = detector_->Inspect(path, InspectOptions());
    answer.cpu_ms = ProcessCpuMs() - start_ms;
    answer.verdict = VerdictName(report.verdict);
    answer.risk = report.risk;
    answer.frames = report.frames_inspected;
    for (const Finding& finding : report.findings) {
      answer.texts.push_back(ToFoundText(finding));
    }
    AddStages(report.timings, &answer);
    return answer;
  }

 private:
  static void AddStages(const Timings& timings, Answer* answer) {
    answer->stages_ms = {{"decode", timings.decode_ms},
                         {"candidates", timings.candidates_ms},
                         {"detect", timings.detect_ms},
                         {"recognize", timings.recognize_ms},
                         {"match", timings.match_ms}};
  }

  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Detector> detector_;
};

}  // namespace

DetectorOptions MakeDetectorOptions(const Engines& engines, Way way) {
  DetectorOptions options{.model_directory = engines.model_directory,
                          .languages = engines.languages};
  if (way == Way::kNew) options.compare_with = Comparison::kSeries;
  if (way == Way::kEveryFrame) options.compare_with = Comparison::kNothing;
  if (way == Way::kThorough) options.thorough = true;
  if (way == Way::kOwn) {
    options.networks = NetworkChoice::kOwn;
    options.runtime = InferenceRuntime::kOpenCv;
  }
  return options;
}

absl::StatusOr<std::unique_ptr<Method>> MakeBurntinMethod(
    const Engines& engines, Way way) {
  const DetectorOptions options = MakeDetectorOptions(engines, way);
  std::unique_ptr<Runner> runner = MakeThreadPoolRunner(/*workers=*/1);
  ASSIGN_OR_RETURN(std::unique_ptr<Detector> detector,
                   Detector::Create(options, runner.get()));
  return std::make_unique<BurntinMethod>(std::move(runner),
                                         std::move(detector));
}

}  // namespace burntin::bench
