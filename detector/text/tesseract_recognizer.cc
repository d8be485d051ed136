#include <tesseract/baseapi.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "detector/base/error.h"
#include "detector/text/file_digest.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/text_recognizer.h"

namespace burntin {
namespace {

// Lower lines are too small for Tesseract and are refused by it.
constexpr int kMinRows = 4;
constexpr int kResolutionDpi = 150;  // it warns and guesses without one

std::string Trimmed(std::string text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\n'; };
  while (!text.empty() && is_space(text.back())) text.pop_back();
  const size_t first = text.find_first_not_of(" \n");
  return first == std::string::npos ? "" : text.substr(first);
}

class TesseractRecognizer final : public TextRecognizer {
 public:
  explicit TesseractRecognizer(std::unique_ptr<tesseract::TessBaseAPI> engine)
      : engine_(std::move(engine)) {}

  absl::StatusOr<Reading> Recognize(const Image& line) override {
    if (line.rows < kMinRows || line.columns < kMinRows) return Reading{};
    return OpenCvCall(Reason::kEngineFailed,
                      "Tesseract failed. Look at the object by hand.",
                      [&] { return Run(line); });
  }

 private:
  Reading Run(const Image& line) {
    engine_->SetImage(line.pixels.data(), line.columns, line.rows,
                      line.channels, line.columns * line.channels);
    engine_->SetSourceResolution(kResolutionDpi);
    const std::unique_ptr<char[]> text(engine_->GetUTF8Text());
    const int percent = engine_->MeanTextConf();
    engine_->Clear();
    if (text == nullptr) return Reading{};
    Reading reading{.text = PhiText(Trimmed(text.get()))};
    if (!reading.text.empty()) {
      reading.confidence = std::clamp(percent, 0, 100) / 100.0;
    }
    return reading;
  }

  std::unique_ptr<tesseract::TessBaseAPI> engine_;
};

// Null if a language pack is missing.
std::unique_ptr<tesseract::TessBaseAPI> StartEngine(
    const std::string& tessdata_directory, const std::string& languages) {
  auto engine = std::make_unique<tesseract::TessBaseAPI>();
  engine->SetVariable("debug_file", "/dev/null");
  const char* directory =
      tessdata_directory.empty() ? nullptr : tessdata_directory.c_str();
  if (engine->Init(directory, languages.c_str(), tesseract::OEM_LSTM_ONLY) !=
      0) {
    return nullptr;
  }
  return engine;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeTesseractRecognizer(
    const std::string& tessdata_directory, const std::string& languages) {
  InitializeTextEngines();
  std::unique_ptr<tesseract::TessBaseAPI> engine =
      StartEngine(tessdata_directory, languages);
  if (engine == nullptr) {
    return Error(Reason::kModelNotLoaded,
                 "A Tesseract language pack could not be loaded. Install the "
                 "package tesseract-ocr-LANG, or name another language.");
  }
  engine->SetVariable("debug_file", "/dev/null");
  engine->SetPageSegMode(tesseract::PSM_SINGLE_LINE);
  return std::make_unique<TesseractRecognizer>(std::move(engine));
}

std::string TesseractDataDigest(const std::string& tessdata_directory,
                                const std::string& languages) {
  InitializeTextEngines();
  // An engine knows where it looked, and which further packs a pack wants.
  const std::unique_ptr<tesseract::TessBaseAPI> engine =
      StartEngine(tessdata_directory, languages);
  if (engine == nullptr) return "";
  const std::string directory = engine->GetDatapath();
  std::vector<std::string> loaded;
  engine->GetLoadedLanguagesAsVector(&loaded);
  std::string all;
  for (const std::string& language : loaded) {
    const std::string digest =
        Sha256OfFile(directory + "/" + language + ".traineddata");
    if (digest.empty()) return "";
    all += language + "=" + digest + "\n";
  }
  return all.empty() ? "" : Sha256OfText(all);
}

}  // namespace burntin
