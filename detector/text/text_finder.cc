#include "detector/text/text_finder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/text/line_geometry.h"
#include "detector/text/line_reader.h"

namespace burntin {
namespace {

// Two views show the same text if their boxes share this much of the smaller
// one and are about equally large.
constexpr double kSameTextOverlap = 0.7;
constexpr double kSameTextArea = 2.0;

// A busy ultrasound screen has about 60 lines, of about 5 kB each.
constexpr int kRememberedLines = 256;

bool IsSameText(const TextRegion& a, const TextRegion& b) {
  const auto area_a = static_cast<double>(a.box.Area());
  const auto area_b = static_cast<double>(b.box.Area());
  return OverlapOfSmaller(a.box, b.box) >= kSameTextOverlap &&
         area_a <= kSameTextArea * area_b && area_b <= kSameTextArea * area_a;
}

void Merge(TextRegion region, std::vector<TextRegion>* regions) {
  for (TextRegion& known : *regions) {
    if (!IsSameText(known, region)) continue;
    known.box = Unite(known.box, region.box);
    known.likelihood = std::max(known.likelihood, region.likelihood);
    std::move(region.readings.begin(), region.readings.end(),
              std::back_inserter(known.readings));
    return;
  }
  regions->push_back(std::move(region));
}

}  // namespace

absl::StatusOr<TextEngines> MakeTextEngines(const TextModels& models) {
  const std::shared_ptr<NeuralRuntime> runtime =
      models.runtime != nullptr ? models.runtime : MakeOpenCvRuntime();
  ASSIGN_OR_RETURN(std::unique_ptr<TextDetector> detector,
                   MakeDnnTextDetector(models.model_directory, runtime.get()));
  TextEngines engines;
  engines.candidates =
      models.thorough ? MakeWholeCandidates() : MakeContrastCandidates();
  engines.detector = MakeAreaTextDetector(std::move(detector));
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextRecognizer> first,
      MakeDnnTextRecognizer(models.model_directory, runtime.get()));
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextRecognizer> second,
      MakeTesseractRecognizer(models.tessdata_directory, models.languages));
  engines.first_reader =
      MakeRememberingRecognizer(std::move(first), kRememberedLines);
  engines.second_reader =
      MakeRememberingRecognizer(std::move(second), kRememberedLines);
  return engines;
}

absl::StatusOr<std::vector<TextRegion>> TextFinder::Find(
    const std::vector<Image>& views, const Settles& settles,
    TextTimings* timings) {
  std::vector<TextRegion> regions;
  for (size_t i = 0; i < views.size(); ++i) {
    std::vector<Box> areas;
    {
      const CpuStopwatch watch(&timings->candidates_ms);
      ASSIGN_OR_RETURN(areas, engines_.candidates->Find(views, i));
    }
    ASSIGN_OR_RETURN(std::vector<TextRegion> found,
                     FindInAreas(views[i], areas, settles, timings));
    for (TextRegion& region : found) Merge(std::move(region), &regions);
  }
  return regions;
}

absl::StatusOr<std::vector<TextRegion>> TextFinder::FindInAreas(
    const Image& view, const std::vector<Box>& areas, const Settles& settles,
    TextTimings* timings) {
  std::vector<TextLine> lines;
  {
    const CpuStopwatch watch(&timings->detect_ms);
    ASSIGN_OR_RETURN(lines, engines_.detector->Detect(view, areas));
  }
  const CpuStopwatch watch(&timings->recognize_ms);
  std::vector<TextRegion> regions;
  for (const TextLine& line : lines) {
    const Box box = BoundingBox(line, view.rows, view.columns);
    if (box.Area() == 0) continue;
    ASSIGN_OR_RETURN(const Image upright, CutUpright(view, line));
    ASSIGN_OR_RETURN(std::optional<LineReading> read,
                     ReadLine(upright, line.likelihood, settles, engines_));
    if (!read) continue;
    regions.push_back(
        {.box = box,
         .orientation = (QuarterTurn(line) + read->orientation) % 360,
         .likelihood = line.likelihood,
         .readings = std::move(read->readings)});
  }
  return regions;
}

}  // namespace burntin
