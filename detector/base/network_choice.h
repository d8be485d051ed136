// Which of the networks find and read text.
#ifndef BURNTIN_DETECTOR_BASE_NETWORK_CHOICE_H_
#define BURNTIN_DETECTOR_BASE_NETWORK_CHOICE_H_

#include <optional>
#include <string_view>

namespace burntin {

// Tesseract reads with all of them.
enum class NetworkChoice {
  kAll,    // burntin's own find and read; PP-OCR's confirm
  kOwn,    // burntin's own alone: no other weights are needed
  kPpOcr,  // PP-OCR's alone, which came before burntin's own
};

// What people call it: "all", "own" or "pp-ocr".
inline std::optional<NetworkChoice> ParseNetworkChoice(std::string_view name) {
  if (name == "all") return NetworkChoice::kAll;
  if (name == "own") return NetworkChoice::kOwn;
  if (name == "pp-ocr") return NetworkChoice::kPpOcr;
  return std::nullopt;
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_NETWORK_CHOICE_H_
