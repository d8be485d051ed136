#include "detector/text/text_finder.h"

#include <utility>

#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/text/area_search.h"
#include "detector/text/line_geometry.h"
#include "detector/text/region_merging.h"

namespace burntin {
namespace {

// What the quick network must think of a line for anyone to look at it.
constexpr double kLeastLikelihood = 0.1;

// On pictures of this scale it looks for letters higher than it knows.
constexpr double kReducedScale = 1.0 / 3;

// A busy ultrasound screen has about 60 lines, of about 5 kB each.
constexpr int kRememberedLines = 256;

}  // namespace

absl::StatusOr<TextEngines> MakeTextEngines(const TextModels& models) {
  const std::shared_ptr<NeuralRuntime> runtime =
      models.runtime != nullptr ? models.runtime : MakeOpenCvRuntime();
  ASSIGN_OR_RETURN(std::unique_ptr<TextDetector> quick_detector,
                   MakeMapsTextDetector(models.model_directory, runtime.get(),
                                        kLeastLikelihood));
  ASSIGN_OR_RETURN(std::unique_ptr<TextDetector> slow_detector,
                   MakeDnnTextDetector(models.model_directory, runtime.get()));
  TextEngines engines;
  engines.candidates =
      models.thorough ? MakeWholeCandidates() : MakeContrastCandidates();
  engines.first_detector = MakeAreaTextDetector(
      std::move(quick_detector), {.reduced = kReducedScale, .turned = false});
  engines.second_detector = MakeAreaTextDetector(std::move(slow_detector));
  engines.thorough = models.thorough;
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextRecognizer> quick_reader,
      MakeOwnTextRecognizer(models.model_directory, runtime.get()));
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextRecognizer> first,
      MakeDnnTextRecognizer(models.model_directory, runtime.get()));
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextRecognizer> second,
      MakeTesseractRecognizer(models.tessdata_directory, models.languages));
  engines.quick_reader =
      MakeRememberingRecognizer(std::move(quick_reader), kRememberedLines);
  engines.first_reader =
      MakeRememberingRecognizer(std::move(first), kRememberedLines);
  engines.second_reader =
      MakeRememberingRecognizer(std::move(second), kRememberedLines);
  return engines;
}

absl::StatusOr<std::vector<TextRegion>> TextFinder::Find(
    const std::vector<Image>& views, const Settles& settles,
    TextTimings* timings) {
  std::vector<std::vector<Box>> areas(views.size());
  for (size_t i = 0; i < views.size(); ++i) {
    const CpuStopwatch watch(&timings->candidates_ms);
    ASSIGN_OR_RETURN(areas[i], engines_.candidates->Find(views, i));
  }
  return FindIn(views, areas, settles, timings);
}

absl::StatusOr<std::vector<TextRegion>> TextFinder::FindIn(
    const std::vector<Image>& views, const std::vector<std::vector<Box>>& areas,
    const Settles& settles, TextTimings* timings) {
  std::vector<TextRegion> regions;
  for (size_t i = 0; i < views.size(); ++i) {
    ASSIGN_OR_RETURN(
        std::vector<TextRegion> found,
        SearchAreas(views[i], areas[i], settles, engines_, timings));
    for (TextRegion& region : found) MergeRegion(std::move(region), &regions);
  }
  DropFragments(&regions);
  return regions;
}

absl::StatusOr<std::vector<GlimpsedLine>> TextFinder::Glimpse(
    const Image& view, const std::vector<Box>& areas, TextTimings* timings) {
  const CpuStopwatch watch(&timings->detect_ms);
  ASSIGN_OR_RETURN(const std::vector<TextLine> lines,
                   engines_.first_detector->Detect(view, areas));
  std::vector<GlimpsedLine> glimpsed;
  for (const TextLine& line : lines) {
    const Box box = BoundingBox(line, view.rows, view.columns);
    if (box.Area() > 0) glimpsed.push_back({box, line.likelihood});
  }
  return glimpsed;
}

}  // namespace burntin
