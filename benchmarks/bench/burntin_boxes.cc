// burntin-boxes: what each of the networks that find text finds on pictures,
// and what that costs, for burntin-bench detectors.
// usage: burntin-boxes --models DIR < PATHS
// PATHS are of pictures that OpenCV reads; each is shown whole. Writes a line
// of JSON for each: by detector, [x, y, width, height, likelihood] of each line
// of text, the CPU milliseconds of everything and of the network alone, and the
// pixels that the network was shown.
// Exit status: 0 the input ended, 2 wrong usage, models that cannot be loaded,
// a picture that cannot be read, or the output cannot be written.
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmarks/bench/answer_pictures.h"
#include "benchmarks/bench/counted_runtime.h"
#include "benchmarks/bench/method.h"
#include "detector/base/status_macros.h"
#include "detector/pipeline/runtime_choice.h"
#include "detector/text/area_text_detector.h"
#include "detector/text/combined_detectors.h"
#include "detector/text/line_detectors.h"
#include "detector/text/line_geometry.h"

namespace burntin::bench {
namespace {

using Json = nlohmann::ordered_json;
using LoadedDetector = absl::StatusOr<std::unique_ptr<AreaTextDetector>>;

struct NamedDetector {
  std::string name;
  std::unique_ptr<AreaTextDetector> detector;
  std::shared_ptr<NetworkWork> work;
};

LoadedDetector LoadQuick(const std::string& models, NeuralRuntime* runtime) {
  return MakeQuickDetector(models, runtime);
}

LoadedDetector LoadCareful(const std::string& models, NeuralRuntime* runtime) {
  return MakeCarefulDetector(models, /*least_reduced_area=*/0, runtime);
}

// As the detector looks at a picture first.
LoadedDetector LoadOwn(const std::string& models, NeuralRuntime* runtime) {
  ASSIGN_OR_RETURN(auto quick, LoadQuick(models, runtime));
  ASSIGN_OR_RETURN(auto careful, LoadCareful(models, runtime));
  return MakeTwoStepDetector(std::move(quick), std::move(careful));
}

LoadedDetector LoadGeneral(const std::string& models, NeuralRuntime* runtime) {
  return MakeGeneralDetector(models, NetworkNeeds(), runtime);
}

absl::StatusOr<std::vector<NamedDetector>> LoadDetectors(
    const std::string& models) {
  std::vector<NamedDetector> detectors;
  for (const auto& [suffix, wish] :
       {std::pair("", InferenceRuntime::kOnnxRuntime),
        std::pair("-opencv", InferenceRuntime::kOpenCv)}) {
    ASSIGN_OR_RETURN(ChosenRuntime chosen, ChooseRuntime(wish, models));
    for (const auto& [name, load] :
         {std::pair("quick", &LoadQuick), std::pair("careful", &LoadCareful),
          std::pair("own", &LoadOwn), std::pair("pp-ocr", &LoadGeneral)}) {
      auto work = std::make_shared<NetworkWork>();
      const auto counted = MakeCountedRuntime(chosen.runtime, work);
      ASSIGN_OR_RETURN(auto detector, load(models, counted.get()));
      detectors.push_back(
          {std::string(name) + suffix, std::move(detector), std::move(work)});
    }
  }
  return detectors;
}

Json BoxesOf(const std::vector<TextLine>& lines, const Image& picture) {
  Json boxes = Json::array();
  for (const TextLine& line : lines) {
    const Box box = BoundingBox(line, picture.rows, picture.columns);
    boxes.push_back({box.x, box.y, box.width, box.height, line.likelihood});
  }
  return boxes;
}

absl::StatusOr<Json> ShowToAll(const Image& picture,
                               const std::vector<NamedDetector>& detectors) {
  const Box whole = {0, 0, picture.columns, picture.rows};
  Json answers;
  for (const NamedDetector& one : detectors) {
    *one.work = NetworkWork();
    const double start_ms = ProcessCpuMs();
    ASSIGN_OR_RETURN(const std::vector<TextLine> lines,
                     one.detector->Detect(picture, {whole}));
    answers[one.name] = {{"cpu_ms", ProcessCpuMs() - start_ms},
                         {"network_ms", one.work->cpu_ms},
                         {"network_pixels", one.work->pixels},
                         {"boxes", BoxesOf(lines, picture)}};
  }
  return answers;
}

absl::StatusOr<AnswerPicture> Load(const std::string& models) {
  ASSIGN_OR_RETURN(std::vector<NamedDetector> loaded, LoadDetectors(models));
  const auto detectors =
      std::make_shared<const std::vector<NamedDetector>>(std::move(loaded));
  return [detectors](const Image& picture) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const Json answers, ShowToAll(picture, *detectors));
    return answers.dump();
  };
}

}  // namespace
}  // namespace burntin::bench

int main(int argc, char** argv) {
  return burntin::bench::AnswerPictures(
      "burntin-boxes", {argv + 1, argv + argc}, burntin::bench::Load);
}
