#include "detector/phi/passage.h"

#include <algorithm>

#include "detector/phi/normalize.h"

namespace burntin {

void Passage::Append(int region, std::string_view folded) {
  if (!folded_.empty()) {
    folded_.push_back(' ');
    region_.push_back(-1);
  }
  bool in_word = false;
  for (const char c : folded) {
    const int place = static_cast<int>(folded_.size());
    folded_.push_back(c);
    region_.push_back(region);
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
