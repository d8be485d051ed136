#include "detector/phi/passage.h"

#include <algorithm>
#include <utility>

#include "detector/phi/normalize.h"

namespace burntin {

void Passage::Append(int region, std::string_view folded) {
  if (!folded_.empty()) {
    folded_.push_back(' ');
    region_.push_back(-1);
  }
  const int first = static_cast<int>(folded_.size());
  folded_ += folded;
  region_.resize(folded_.size(), region);
  parts_.push_back({first, static_cast<int>(folded_.size())});
  AppendWords(first);
}

void Passage::AppendWords(int first) {
  bool in_word = false;
  for (int place = first; place < static_cast<int>(folded_.size()); ++place) {
    const char c = folded_[place];
    if (IsWordCharacter(c)) {
      const int index = static_cast<int>(compact_.size());
      if (!in_word) words_.push_back({index, index});
      words_.back().end = index + 1;
      compact_.push_back(c);
      place_.push_back(place);
    }
    in_word = IsWordCharacter(c);
  }
}

std::optional<Passage> Passage::WithLettersForStrokes() const {
  std::string letters = LettersForStrokes(folded_);
  if (letters == folded_) return std::nullopt;
  Passage passage;
  passage.folded_ = std::move(letters);
  passage.region_ = region_;
  passage.parts_ = parts_;
  passage.AppendWords(0);
  return passage;
}

std::vector<int> Passage::Regions(int begin, int end) const {
  std::vector<int> regions;
  for (int i = begin; i < end; ++i) {
    if (region_[i] >= 0 && (regions.empty() || regions.back() != region_[i])) {
      regions.push_back(region_[i]);
    }
  }
  return regions;
}

}  // namespace burntin
