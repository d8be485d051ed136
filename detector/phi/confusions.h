// Which characters recognisers take for one another, and how readily.
#ifndef BURNTIN_DETECTOR_PHI_CONFUSIONS_H_
#define BURNTIN_DETECTOR_PHI_CONFUSIONS_H_

#include <span>

namespace burntin {

// Costs are multiples of this.
inline constexpr double kCostStep = 0.25;
// What one exchange of characters that are near equal costs, as in 0/O or
// rn/m, and of those that are alike, as in C/E. Any other exchange, a lost or
// an added character costs 1.
inline constexpr double kLookalikeCost = 0.25;
inline constexpr double kLikenessCost = 0.5;

// Two characters that are taken for one, at kLookalikeCost.
struct PairAndSingle {
  char first;
  char second;
  char single;
};
std::span<const PairAndSingle> ConfusedPairs();
bool IsConfusedPair(char first, char second, char single);

// The cost of taking `a` for `b`, the same both ways: 0 for equal characters.
// Both are folded.
double ExchangeCost(char a, char b);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_CONFUSIONS_H_
