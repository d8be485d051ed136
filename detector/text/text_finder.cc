#include "detector/text/text_finder.h"

#include <limits>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/text/area_search.h"
#include "detector/text/combined_detectors.h"
#include "detector/text/line_detectors.h"
#include "detector/text/line_geometry.h"
#include "detector/text/region_merging.h"

namespace burntin {
namespace {

// Letters higher than the careful network knows, on a picture reduced to a
// third. These are 60 pixels high at least, and a part has room around what is
// in it.
constexpr int kLeastReducedArea = 112;

// A busy ultrasound screen has about 60 lines, of about 5 kB each.
constexpr int kRememberedLines = 256;

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeFirstDetector(
    const TextModels& models, NeuralRuntime* runtime) {
  const std::string& folder = models.model_directory;
  if (models.networks == NetworkChoice::kPpOcr) {
    return MakeGeneralDetector(folder, NetworkNeeds(), runtime);
  }
  ASSIGN_OR_RETURN(std::unique_ptr<AreaTextDetector> careful,
                   MakeCarefulDetector(folder, 0, runtime));
  if (models.thorough) return careful;
  ASSIGN_OR_RETURN(std::unique_ptr<AreaTextDetector> quick,
                   MakeQuickDetector(folder, runtime));
  return MakeTwoStepDetector(std::move(quick), std::move(careful));
}

// The detector of lines once more, on doubled pictures where the first look was
// not at such: small lines that stand close look like one on others.
absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeSecondDetector(
    const TextModels& models, NeuralRuntime* runtime) {
  const std::string& folder = models.model_directory;
  const NetworkNeeds doubled = {.doubled_side =
                                    std::numeric_limits<int>::max()};
  ASSIGN_OR_RETURN(std::unique_ptr<AreaTextDetector> again,
                   models.networks == NetworkChoice::kPpOcr
                       ? MakeGeneralDetector(folder, doubled, runtime)
                       : MakeDoubledCarefulDetector(folder, runtime));
  std::unique_ptr<AreaTextDetector> closer =
      MakeCloserLook(std::move(again), NetworkNeeds().doubled_side);
  if (!models.thorough || models.networks != NetworkChoice::kAll) return closer;
  ASSIGN_OR_RETURN(std::unique_ptr<AreaTextDetector> general,
                   MakeGeneralDetector(folder, NetworkNeeds(), runtime));
  return MakeBothDetectors(std::move(closer), std::move(general));
}

absl::Status AddReaders(const TextModels& models, NeuralRuntime* runtime,
                        TextEngines* engines) {
  if (models.networks != NetworkChoice::kPpOcr) {
    ASSIGN_OR_RETURN(std::unique_ptr<TextRecognizer> own,
                     MakeOwnTextRecognizer(models.model_directory, runtime));
    engines->quick_reader =
        MakeRememberingRecognizer(std::move(own), kRememberedLines);
  }
  if (models.networks != NetworkChoice::kOwn) {
    ASSIGN_OR_RETURN(std::unique_ptr<TextRecognizer> general,
                     MakeDnnTextRecognizer(models.model_directory, runtime));
    engines->first_reader =
        MakeRememberingRecognizer(std::move(general), kRememberedLines);
  }
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextRecognizer> second,
      MakeTesseractRecognizer(models.tessdata_directory, models.languages));
  engines->second_reader =
      MakeRememberingRecognizer(std::move(second), kRememberedLines);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TextEngines> MakeTextEngines(const TextModels& models) {
  const std::shared_ptr<NeuralRuntime> runtime =
      models.runtime != nullptr ? models.runtime : MakeOpenCvRuntime();
  TextEngines engines;
  engines.candidates =
      models.thorough ? MakeWholeCandidates() : MakeContrastCandidates();
  if (models.glances) {
    const std::string folder = models.model_directory + "/";
    const NetworkFiles& files = runtime->files();
    ASSIGN_OR_RETURN(
        engines.first_glance,
        MakeFirstGlance(folder + files.first_glance,
                        folder + files.grey_first_glance, runtime.get()));
  }
  ASSIGN_OR_RETURN(engines.first_detector,
                   MakeFirstDetector(models, runtime.get()));
  ASSIGN_OR_RETURN(engines.second_detector,
                   MakeSecondDetector(models, runtime.get()));
  if (!models.thorough && models.networks != NetworkChoice::kPpOcr) {
    ASSIGN_OR_RETURN(engines.careful_detector,
                     MakeCarefulDetector(models.model_directory,
                                         kLeastReducedArea, runtime.get()));
  }
  if (!models.thorough && models.networks == NetworkChoice::kAll) {
    ASSIGN_OR_RETURN(engines.general_detector,
                     MakeGeneralDetector(models.model_directory, NetworkNeeds(),
                                         runtime.get()));
  }
  engines.thorough = models.thorough;
  RETURN_IF_ERROR(AddReaders(models, runtime.get(), &engines));
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
  ASSIGN_OR_RETURN(
      PartText found,
      Search(views, areas, {}, *engines_.first_detector, settles, timings));
  return std::move(found.regions);
}

absl::StatusOr<PartText> TextFinder::FindIn(
    const std::vector<Image>& views, const std::vector<std::vector<Box>>& areas,
    const std::vector<Box>& known, const Settles& settles,
    TextTimings* timings) {
  AreaTextDetector& detector = engines_.careful_detector != nullptr
                                   ? *engines_.careful_detector
                                   : *engines_.first_detector;
  return Search(views, areas, known, detector, settles, timings);
}

absl::StatusOr<PartText> TextFinder::Search(
    const std::vector<Image>& views, const std::vector<std::vector<Box>>& areas,
    const std::vector<Box>& known, AreaTextDetector& first_detector,
    const Settles& settles, TextTimings* timings) {
  PartText all;
  for (size_t i = 0; i < views.size(); ++i) {
    ASSIGN_OR_RETURN(PartText found,
                     SearchAreas({views[i], areas[i], known, all.regions},
                                 first_detector, settles, engines_, timings));
    for (TextRegion& region : found.regions) {
      MergeRegion(std::move(region), &all.regions);
    }
    all.unread.insert(all.unread.end(), found.unread.begin(),
                      found.unread.end());
  }
  DropFragments(&all.regions);
  return all;
}

absl::StatusOr<GlanceMap> TextFinder::Glance(const Image& view, const Box& area,
                                             TextTimings* timings) {
  const CpuStopwatch watch(&timings->detect_ms);
  return engines_.first_glance->Look(view, area);
}

}  // namespace burntin
