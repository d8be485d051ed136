// Turns the output of a CTC network into text. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_CTC_DECODER_H_
#define BURNTIN_DETECTOR_TEXT_CTC_DECODER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "detector/base/region.h"

namespace burntin {

// Reads one line, part by part. Graves et al. 2006, "Connectionist temporal
// classification": each step has a probability for each class, class 0 means
// "no character here", and equal classes that follow each other are one
// character.
class CtcDecoder {
 public:
  // `characters` are the texts of the classes; it must outlive the decoder.
  explicit CtcDecoder(const std::vector<std::string>& characters);

  // Adds the next part of the line: `steps` times one probability for each
  // class, which may sum up to anything. False if a step has no probability
  // above 0.
  [[nodiscard]] bool Add(const float* probabilities, int64_t steps);

  // The text of the classes that are the likeliest step by step, the mean of
  // its characters' probabilities, and what else the line may be.
  Reading Result() const;

 private:
  // The start of a text, and the probability of all paths to it so far: of
  // those that end with no character, and of those that end with its last.
  struct Prefix {
    std::vector<int> classes;
    double open = 0;
    double closed = 0;

    double Probability() const { return open + closed; }
  };

  // Classes of one step that may matter.
  struct Choice {
    int character = 0;
    double probability = 0;
  };

  void AddBest(int character, double probability);
  void Branch(const std::vector<Choice>& choices);
  std::string TextOf(const std::vector<int>& classes) const;

  const std::vector<std::string>& characters_;
  std::vector<Prefix> prefixes_;  // likeliest first
  std::string text_;              // the best path's
  int previous_ = 0;
  double probability_sum_ = 0;
  int count_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_CTC_DECODER_H_
