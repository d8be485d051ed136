#include <list>
#include <string>
#include <unordered_map>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/text_recognizer.h"

namespace burntin {
namespace {

// Larger pictures are not remembered, so that memory is bounded by the number
// of lines.
constexpr size_t kRememberedBytes = size_t{1} << 16;

// All that a recogniser sees of a picture.
std::string KeyOf(const Image& line) {
  std::string key =
      std::to_string(line.columns) + "x" + std::to_string(line.channels) + ":";
  key.append(line.pixels.begin(), line.pixels.end());
  return key;
}

class RememberingRecognizer final : public TextRecognizer {
 public:
  RememberingRecognizer(std::unique_ptr<TextRecognizer> inner, int capacity)
      : inner_(std::move(inner)), capacity_(static_cast<size_t>(capacity)) {}

  absl::StatusOr<Reading> Recognize(const Image& line) override {
    if (line.pixels.size() > kRememberedBytes) return inner_->Recognize(line);
    std::string key = KeyOf(line);
    const auto known = readings_.find(key);
    if (known != readings_.end()) {
      // Lines that stand stay known, however many others come and go.
      asked_last_.splice(asked_last_.end(), asked_last_, known->second.place);
      return known->second.reading;
    }
    ASSIGN_OR_RETURN(Reading reading, inner_->Recognize(line));
    const auto added =
        readings_.emplace(std::move(key), Known{reading, {}}).first;
    added->second.place = asked_last_.insert(asked_last_.end(), &added->first);
    if (readings_.size() > capacity_) {
      readings_.erase(readings_.find(*asked_last_.front()));
      asked_last_.pop_front();
    }
    return reading;
  }

 private:
  struct Known {
    Reading reading;
    std::list<const std::string*>::iterator place;  // in `asked_last_`
  };

  std::unique_ptr<TextRecognizer> inner_;
  size_t capacity_;
  std::unordered_map<std::string, Known> readings_;
  // Keys of `readings_`, the one that was asked for last at the end.
  std::list<const std::string*> asked_last_;
};

}  // namespace

std::unique_ptr<TextRecognizer> MakeRememberingRecognizer(
    std::unique_ptr<TextRecognizer> inner, int capacity) {
  return std::make_unique<RememberingRecognizer>(std::move(inner), capacity);
}

}  // namespace burntin
