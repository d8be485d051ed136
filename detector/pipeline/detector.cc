#include "detector/detector.h"

#include <chrono>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/dicom/data_dictionary.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/transfer_syntax.h"
#include "detector/phi/matcher.h"
#include "detector/pipeline/build_identity.h"
#include "detector/pipeline/decoder.h"
#include "detector/pipeline/fingerprint.h"
#include "detector/pipeline/inspection.h"
#include "detector/pipeline/part_reader.h"
#include "detector/pipeline/runtime_choice.h"
#include "detector/pipeline/series_memories.h"
#include "detector/pipeline/site_vocabulary.h"
#include "detector/text/text_finder.h"
#include "detector/text/text_recognizer.h"

namespace burntin {
namespace {

// Some fifty CT series; of a large radiograph 20 MB are kept.
constexpr int64_t kMostSeriesBytes = int64_t{64} << 20;

class FinderPlaneReader final : public PlaneReader, public PartReader {
 public:
  FinderPlaneReader(TextEngines engines, bool thorough)
      : finder_(std::move(engines)), thorough_(thorough) {}

  absl::StatusOr<std::vector<TextRegion>> Find(const std::vector<Image>& views,
                                               const Settles& settles,
                                               TextTimings* timings) override {
    return finder_.Find(views, thorough_ ? Settles() : settles, timings);
  }

  absl::StatusOr<GlanceMap> Glance(const Image& view, const Box& area,
                                   TextTimings* timings) override {
    return finder_.Glance(view, area, timings);
  }

  absl::StatusOr<PartText> FindIn(const std::vector<Image>& views,
                                  const std::vector<std::vector<Box>>& areas,
                                  const std::vector<Box>& known,
                                  const Settles& settles,
                                  TextTimings* timings) override {
    return finder_.FindIn(views, areas, known, settles, timings);
  }

 private:
  TextFinder finder_;
  const bool thorough_;
};

Comparison ComparisonOf(const DetectorOptions& options) {
  const bool can_compare =
      !options.thorough && options.networks != NetworkChoice::kPpOcr;
  return can_compare ? options.compare_with : Comparison::kNothing;
}

class LocalDetector final : public Detector {
 public:
  LocalDetector(const DetectorOptions& options, BenignVocabulary vocabulary,
                Runner* runner,
                std::vector<std::unique_ptr<FinderPlaneReader>> readers,
                std::vector<ModelVersion> models, std::string site_vocabulary)
      : options_(options),
        readers_(std::move(readers)),
        matcher_(PhiMatcher::Create(std::move(vocabulary))),
        models_(std::move(models)),
        site_vocabulary_(std::move(site_vocabulary)) {
    parts_ = {.runner = runner, .readers = {}, .matcher = matcher_.get()};
    const Comparison comparison = ComparisonOf(options);
    for (const auto& reader : readers_) {
      parts_.readers.push_back(reader.get());
      if (comparison != Comparison::kNothing) {
        parts_.part_readers.push_back(reader.get());
      }
    }
    if (comparison == Comparison::kSeries) parts_.series = &series_;
  }

  InstanceReport Inspect(const std::string& path,
                         const InspectOptions& options) override {
    const auto start = std::chrono::steady_clock::now();
    InstanceReport report = InspectOrFail(path, options);
    report.timings.total_ms = std::chrono::duration<double, std::milli>(
                                  std::chrono::steady_clock::now() - start)
                                  .count();
    return report;
  }

  std::vector<ModelVersion> models() const override { return models_; }

  std::string fingerprint() const override {
    return Fingerprint(options_,
                       {.build = BuildIdentity(),
                        .language_data = TesseractDataDigest(
                            options_.tessdata_directory, options_.languages),
                        .data_dictionary = DataDictionaryText(),
                        .site_vocabulary = site_vocabulary_,
                        .models = models_});
  }

 private:
  InstanceReport InspectOrFail(const std::string& path,
                               const InspectOptions& options) {
    try {
      return InspectFile(path, options);
    } catch (...) {
      return FailedReport(Reason::kInternalFailure,
                          "The object could not be inspected, perhaps for "
                          "want of memory. Look at it by hand.");
    }
  }

  InstanceReport InspectFile(const std::string& path,
                             const InspectOptions& options) {
    const absl::StatusOr<std::unique_ptr<DicomObject>> object =
        OpenObject(options_.decoder, path, options_.limits);
    if (!object.ok()) {
      return FailedReport(
          ReasonOf(object.status()).value_or(Reason::kInternalFailure),
          std::string(object.status().message()));
    }
    return InspectObject(**object, parts_, options, options_.limits.findings);
  }

  const DetectorOptions options_;
  std::vector<std::unique_ptr<FinderPlaneReader>> readers_;
  std::unique_ptr<PhiMatcher> matcher_;
  std::vector<ModelVersion> models_;
  const std::string site_vocabulary_;
  SeriesMemories series_{kMostSeriesBytes};
  InspectionParts parts_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Detector>> Detector::Create(
    const DetectorOptions& options, Runner* runner) {
  ASSIGN_OR_RETURN(std::string site_vocabulary,
                   ReadVocabularyText(options.benign_vocabulary_file));
  ASSIGN_OR_RETURN(
      BenignVocabulary vocabulary,
      MakeVocabulary(options.benign_vocabulary_file, site_vocabulary));
  ASSIGN_OR_RETURN(ChosenRuntime chosen,
                   ChooseRuntime(options.runtime, options.model_directory,
                                 options.networks));
  std::vector<std::unique_ptr<FinderPlaneReader>> readers;
  for (int worker = 0; worker < runner->worker_count(); ++worker) {
    ASSIGN_OR_RETURN(
        TextEngines engines,
        MakeTextEngines(
            {.model_directory = options.model_directory,
             .tessdata_directory = options.tessdata_directory,
             .languages = options.languages,
             .runtime = chosen.runtime,
             .networks = options.networks,
             .glances = ComparisonOf(options) != Comparison::kNothing,
             .thorough = options.thorough}));
    readers.push_back(std::make_unique<FinderPlaneReader>(std::move(engines),
                                                          options.thorough));
  }
  return std::make_unique<LocalDetector>(
      options, std::move(vocabulary), runner, std::move(readers),
      std::move(chosen.models), std::move(site_vocabulary));
}

std::map<std::string, std::string> TransferSyntaxNames() {
  return NamesOfTransferSyntaxes();
}

bool LooksLikeDicom(const std::string& path) { return HasDicomStart(path); }

std::string DetectorVersion() { return BURNTIN_VERSION; }

}  // namespace burntin
