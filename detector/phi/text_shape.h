// How much text there is in which a term could be found by chance.
#ifndef BURNTIN_DETECTOR_PHI_TEXT_SHAPE_H_
#define BURNTIN_DETECTOR_PHI_TEXT_SHAPE_H_

#include <array>
#include <string_view>

#include "detector/phi/benign_vocabulary.h"

namespace burntin {

// Counts words of a plane. Words of the vocabulary are counted apart: it is
// known what they are, so they are no chance for a term that they are not.
class TextShape {
 public:
  enum class Count { kUnknown, kAll };

  // Adds the folded text of a region.
  void Add(std::string_view folded, const BenignVocabulary& vocabulary);

  // Words with `from` to `to` characters.
  int Words(int from, int to, Count count) const;
  int Words(Count count) const { return Words(0, kLongest, count); }
  int Characters(Count count) const;

  // Longer words are counted as of this length.
  static constexpr int kLongest = 64;

 private:
  struct Counts {
    std::array<int, kLongest + 1> words = {};  // by their length
    int characters = 0;
  };
  const Counts& Of(Count count) const {
    return count == Count::kAll ? all_ : unknown_;
  }

  Counts unknown_;
  Counts all_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_TEXT_SHAPE_H_
