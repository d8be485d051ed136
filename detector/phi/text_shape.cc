#include "detector/phi/text_shape.h"

#include <algorithm>
#include <numeric>

#include "detector/phi/passage.h"

namespace burntin {

void TextShape::Add(std::string_view folded,
                    const BenignVocabulary& vocabulary) {
  Passage passage;
  passage.Append(/*region=*/0, folded);
  for (const Passage::Word& word : passage.words()) {
    const int length = word.end - word.begin;
    const auto count = [&](Counts& counts) {
      ++counts.words[std::min(length, kLongest)];
      counts.characters += length;
    };
    count(all_);
    if (!vocabulary.HasWord(passage.Characters(word))) count(unknown_);
  }
}

int TextShape::Words(int from, int to, Count count) const {
  const auto& words = Of(count).words;
  from = std::clamp(from, 0, kLongest);
  to = std::clamp(to, from, kLongest);
  return std::accumulate(words.begin() + from, words.begin() + to + 1, 0);
}

int TextShape::Characters(Count count) const { return Of(count).characters; }

}  // namespace burntin
