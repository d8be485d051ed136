// A stretch of text as one recogniser read it: one box, the boxes of a line,
// or two lines. Knows which box each character came from.
#ifndef BURNTIN_DETECTOR_PHI_PASSAGE_H_
#define BURNTIN_DETECTOR_PHI_PASSAGE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burntin {

class Passage {
 public:
  // Characters [begin, end) of `compact()`: letters and digits that stand
  // together in one box.
  struct Word {
    int begin = 0;
    int end = 0;
  };

  // Characters [begin, end) of `folded()`: what one region holds.
  struct Part {
    int begin = 0;
    int end = 0;
  };

  // Adds the folded text of a region; a blank parts it from the text before.
  void Append(int region, std::string_view folded);

  // Words parted by blanks and punctuation.
  const std::string& folded() const { return folded_; }
  // The word characters alone.
  const std::string& compact() const { return compact_; }
  const std::vector<Word>& words() const { return words_; }
  // In the order in which they were added.
  const std::vector<Part>& parts() const { return parts_; }

  std::string_view Characters(const Word& word) const {
    return std::string_view(compact_).substr(word.begin, word.end - word.begin);
  }

  // The place in `folded()` of character `index` of `compact()`.
  int FoldedPlace(int index) const { return place_[index]; }

  // The regions that characters [begin, end) of `folded()` came from, each
  // once.
  std::vector<int> Regions(int begin, int end) const;

  // The same passage with strokes and signs that look like letters written as
  // those (LettersForStrokes); nothing where it has none.
  std::optional<Passage> WithLettersForStrokes() const;

 private:
  void AppendWords(int first);

  std::string folded_;
  std::vector<int> region_;  // of each character of folded_; -1 for blanks
  std::string compact_;
  std::vector<int> place_;  // of each character of compact_
  std::vector<Word> words_;
  std::vector<Part> parts_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_PASSAGE_H_
