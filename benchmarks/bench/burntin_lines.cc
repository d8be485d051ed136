// burntin-lines: what each of the readers makes of pictures of single lines,
// for burntin-bench readers.
// usage: burntin-lines --models DIR < PATHS
// PATHS are of pictures that OpenCV reads. Writes a line of JSON for each: by
// reader, the text, its confidence, and the CPU milliseconds. Texts are
// printed: give it pictures that may be seen.
// Exit status: 0 the input ended, 2 wrong usage, models that cannot be loaded,
// a picture that cannot be read, or the output cannot be written.
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmarks/bench/answer_pictures.h"
#include "benchmarks/bench/method.h"
#include "detector/base/status_macros.h"
#include "detector/pipeline/runtime_choice.h"
#include "detector/text/text_recognizer.h"

namespace burntin::bench {
namespace {

struct NamedReader {
  std::string name;
  std::unique_ptr<TextRecognizer> reader;
};

absl::StatusOr<std::vector<NamedReader>> LoadReaders(
    const std::string& models) {
  std::vector<NamedReader> readers;
  for (const auto& [suffix, wish] :
       {std::pair("", InferenceRuntime::kAuto),
        std::pair("-opencv", InferenceRuntime::kOpenCv)}) {
    ASSIGN_OR_RETURN(ChosenRuntime chosen, ChooseRuntime(wish, models));
    ASSIGN_OR_RETURN(auto own,
                     MakeOwnTextRecognizer(models, chosen.runtime.get()));
    ASSIGN_OR_RETURN(auto second,
                     MakeDnnTextRecognizer(models, chosen.runtime.get()));
    readers.push_back({std::string("own") + suffix, std::move(own)});
    readers.push_back({std::string("pp-ocr") + suffix, std::move(second)});
  }
  ASSIGN_OR_RETURN(auto tesseract, MakeTesseractRecognizer("", "eng"));
  readers.push_back({"tesseract-psm7", std::move(tesseract)});
  return readers;
}

absl::StatusOr<nlohmann::json> ReadWithAll(
    const Image& line, const std::vector<NamedReader>& readers) {
  nlohmann::json answers;
  for (const NamedReader& one : readers) {
    const double start = ProcessCpuMs();
    ASSIGN_OR_RETURN(const Reading reading, one.reader->Recognize(line));
    answers[one.name] = {{"text", reading.text.Reveal()},
                         {"confidence", reading.confidence},
                         {"cpu_ms", ProcessCpuMs() - start}};
  }
  return answers;
}

absl::StatusOr<AnswerPicture> Load(const std::string& models) {
  ASSIGN_OR_RETURN(std::vector<NamedReader> loaded, LoadReaders(models));
  const auto readers =
      std::make_shared<const std::vector<NamedReader>>(std::move(loaded));
  return [readers](const Image& line) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const nlohmann::json answers, ReadWithAll(line, *readers));
    return answers.dump();
  };
}

}  // namespace
}  // namespace burntin::bench

int main(int argc, char** argv) {
  return burntin::bench::AnswerPictures(
      "burntin-lines", {argv + 1, argv + argc}, burntin::bench::Load);
}
