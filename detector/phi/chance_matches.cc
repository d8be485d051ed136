#include "detector/phi/chance_matches.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "detector/phi/confusions.h"
#include "detector/phi/normalize.h"

namespace burntin {
namespace {

// Of A to Z, in thousandths (Lewand).
constexpr std::array<double, 26> kLetterFrequencies = {
    82, 15, 28, 43,   127, 22, 20, 61, 70,  1.5, 7.7, 40, 24,
    67, 75, 19, 0.95, 60,  63, 91, 28, 9.8, 24,  1.5, 20, 0.74};
constexpr double kDigitFrequency = 0.1;
// A letter without an ASCII form stands for any of its kind.
constexpr double kForeignFrequency = 0.5;

double Frequency(char c) {
  if (IsLetter(c)) return kLetterFrequencies[c - 'A'] / 1000;
  return IsDigit(c) ? kDigitFrequency : kForeignFrequency;
}

// Of letters where the term has a digit, and of digits for a letter.
constexpr double kOtherKindShare = 0.1;

// The summed frequency of the characters at `cost` from `c`.
double LookalikeFrequency(char c, double cost) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  double sum = 0;
  for (const char other : kCharacters) {
    if (ExchangeCost(c, other) != cost) continue;
    const bool same_kind = IsDigit(c) == IsDigit(other);
    sum += Frequency(other) * (same_kind ? 1 : kOtherKindShare);
  }
  return sum;
}

int Steps(double cost) { return static_cast<int>(cost / kCostStep + 1e-9); }

// W of the header, row by row.
class ScriptSums {
 public:
  ScriptSums(std::string_view term, int steps) : term_(term), steps_(steps) {
    std::vector<double> before;  // W(i - 2, .)
    std::vector<double> row(steps_ + 1, 0);
    row[0] = 1;
    for (size_t i = 0; i < term_.size(); ++i) {
      std::vector<double> next = Next(i, row, before);
      before = std::move(row);
      row = std::move(next);
    }
    for (const double probability : row) total_ += probability;
  }

  double total() const { return total_; }

 private:
  std::vector<double> Next(size_t i, const std::vector<double>& row,
                           const std::vector<double>& before) const {
    const char c = term_[i];
    std::vector<double> next(steps_ + 1, 0);
    const auto add = [&](const std::vector<double>& from, double cost,
                         double probability) {
      for (int at = Steps(cost); at <= steps_; ++at) {
        next[at] += from[at - Steps(cost)] * probability;
      }
    };
    add(row, 0, Frequency(c));
    for (const double cost : {kLookalikeCost, kLikenessCost}) {
      add(row, cost, LookalikeFrequency(c, cost));
    }
    for (const PairAndSingle& pair : ConfusedPairs()) {
      if (pair.single == c) {
        add(row, kLookalikeCost,
            Frequency(pair.first) * Frequency(pair.second));
      }
      if (i > 0 && pair.first == term_[i - 1] && pair.second == c) {
        add(before, kLookalikeCost, Frequency(pair.single));
      }
    }
    // Another character in its place, and none.
    add(row, 1, 2);
    // One more character behind it; at the end it would be no part of a find.
    if (i + 1 < term_.size()) {
      for (int at = Steps(1); at <= steps_; ++at) {
        next[at] += next[at - Steps(1)];
      }
    }
    return next;
  }

  std::string_view term_;
  int steps_;
  double total_ = 0;
};

}  // namespace

double ChanceAtOnePlace(std::string_view term, double distance) {
  return std::min(1.0, ScriptSums(term, Steps(distance)).total());
}

}  // namespace burntin
