#include <tesseract/baseapi.h>

#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include "benchmarks/bench/method.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"

namespace burntin::bench {
namespace {

constexpr int kResolutionDpi = 150;  // it warns and guesses without one

// It reports whole pictures as words of one space.
bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \n\t") == std::string_view::npos;
}

class TesseractMethod final : public Method {
 public:
  TesseractMethod(std::unique_ptr<tesseract::TessBaseAPI> engine, int stride)
      : engine_(std::move(engine)), stride_(stride) {}

  absl::StatusOr<Answer> Measure(const std::string& path) override {
    const double start_ms = ProcessCpuMs();
    Answer answer;
    std::unique_ptr<DicomObject> object;
    {
      const CpuStopwatch watch(&answer.open_ms);
      ASSIGN_OR_RETURN(object, DicomObject::Open(path, kLimits));
    }
    for (const PlaneId& plane : object->planes()) {
      if (plane.source != Source::kFrame || plane.frame % stride_ != 0) {
        continue;
      }
      RETURN_IF_ERROR(ReadPlane(object.get(), plane, &answer));
    }
    answer.cpu_ms = ProcessCpuMs() - start_ms;
    return answer;
  }

 private:
  absl::Status ReadPlane(DicomObject* object, const PlaneId& plane,
                         Answer* answer) {
    DecodedPlane decoded;
    {
      const CpuStopwatch watch(&answer->stages_ms["decode"]);
      ASSIGN_OR_RETURN(decoded, object->Decode(plane));
    }
    if (decoded.views.empty()) return absl::OkStatus();
    const CpuStopwatch watch(&answer->stages_ms["recognize"]);
    ++answer->frames;
    try {
      ReadWords(decoded.views.front(), plane.frame, &answer->texts);
    } catch (const std::exception&) {
      return Error(Reason::kEngineFailed,
                   "Tesseract failed. Look at the file by hand.");
    }
    return absl::OkStatus();
  }

  void ReadWords(const Image& view, int frame, std::vector<FoundText>* texts) {
    engine_->SetImage(view.pixels.data(), view.columns, view.rows,
                      view.channels, view.columns * view.channels);
    engine_->SetSourceResolution(kResolutionDpi);
    engine_->Recognize(nullptr);
    const std::unique_ptr<tesseract::ResultIterator> words(
        engine_->GetIterator());
    if (words == nullptr) return;
    do {
      AddWord(*words, frame, texts);
    } while (words->Next(tesseract::RIL_WORD));
  }

  static void AddWord(const tesseract::ResultIterator& words, int frame,
                      std::vector<FoundText>* texts) {
    const std::unique_ptr<char[]> text(words.GetUTF8Text(tesseract::RIL_WORD));
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    if (text == nullptr || IsBlank(text.get()) ||
        !words.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) {
      return;
    }
    texts->push_back(
        {.source = "FRAME",
         .box = {.x = left,
                 .y = top,
                 .width = right - left,
                 .height = bottom - top},
         .frame_ranges = {{.first = frame, .last = frame}},
         .confidence = words.Confidence(tesseract::RIL_WORD) / 100.0,
         .text = PhiText(text.get())});
  }

  std::unique_ptr<tesseract::TessBaseAPI> engine_;
  const int stride_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Method>> MakeTesseractMethod(
    const Engines& engines, int page_segmentation, int stride) {
  auto engine = std::make_unique<tesseract::TessBaseAPI>();
  engine->SetVariable("debug_file", "/dev/null");
  if (engine->Init(/*datapath=*/nullptr, engines.languages.c_str(),
                   tesseract::OEM_LSTM_ONLY) != 0) {
    return Error(Reason::kModelNotLoaded,
                 "A Tesseract language pack could not be loaded. Install the "
                 "package tesseract-ocr-LANG, or name another language.");
  }
  engine->SetVariable("debug_file", "/dev/null");
  engine->SetPageSegMode(
      static_cast<tesseract::PageSegMode>(page_segmentation));
  return std::make_unique<TesseractMethod>(std::move(engine), stride);
}

}  // namespace burntin::bench
