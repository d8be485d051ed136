// Reads one line of text.
#ifndef BURNTIN_DETECTOR_TEXT_TEXT_RECOGNIZER_H_
#define BURNTIN_DETECTOR_TEXT_TEXT_RECOGNIZER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/base/region.h"
#include "detector/text/neural_network.h"

namespace burntin {

// Holds an engine's state, so one object serves one thread at a time.
class TextRecognizer {
 public:
  virtual ~TextRecognizer() = default;

  // `line` holds one upright line and little else. An unreadable line is an
  // answer with confidence 0, not an error; an error means that the engine
  // itself failed.
  virtual absl::StatusOr<Reading> Recognize(const Image& line) = 0;
};

// burntin's own CTC recogniser (models/cards/text_reader.md) in `runtime`:
// quick, knows Latin letters, and reads one of another script as U+FFFD.
// Otherwise as the one below.
absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeOwnTextRecognizer(
    const std::string& model_directory, NeuralRuntime* runtime);

// The CTC recogniser of `model_directory` (models/cards/text_recognizer.md) in
// `runtime`, which has to live during the call only. MODEL_NOT_LOADED if it
// does not load.
absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeDnnTextRecognizer(
    const std::string& model_directory, NeuralRuntime* runtime);

// Tesseract's LSTM engine with `languages`, as in "eng+deu". An empty
// `tessdata_directory` is the installed one. MODEL_NOT_LOADED if a language
// pack is missing.
absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeTesseractRecognizer(
    const std::string& tessdata_directory, const std::string& languages);

// One digest of the language packs that the recogniser above reads with the
// same arguments. Empty if one cannot be read.
std::string TesseractDataDigest(const std::string& tessdata_directory,
                                const std::string& languages);

// Asks `inner` once for each distinct picture among the `capacity` that were
// asked for last: text that stands still on a cine is read once. Equal pixels,
// equal answer.
std::unique_ptr<TextRecognizer> MakeRememberingRecognizer(
    std::unique_ptr<TextRecognizer> inner, int capacity);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_TEXT_RECOGNIZER_H_
