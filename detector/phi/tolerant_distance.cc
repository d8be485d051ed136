#include "detector/phi/tolerant_distance.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace burntin {
namespace {

// Characters of one group are taken for one another.
constexpr std::string_view kLookalikes[] = {
    "0ODQ", "1ILJT7", "5S", "8B", "2Z", "6G", "CG", "VY", "UV", "MN",
    "EF",   "4A",     "9G", "PR", "38", "KX", "HN", "WV", "CO", "EC"};

// Two characters that are taken for one.
struct PairAndSingle {
  std::string_view pair;
  char single;
};
constexpr PairAndSingle kPairs[] = {
    {"RN", 'M'}, {"NN", 'M'}, {"VV", 'W'}, {"CL", 'D'}, {"CI", 'D'},
    {"LI", 'U'}, {"II", 'U'}, {"LI", 'H'}, {"IJ", 'U'}, {"IN", 'M'},
    {"NI", 'M'}, {"IO", '0'}, {"IC", 'K'}, {"IZ", 'R'}};

using CostTable = std::array<std::array<float, 128>, 128>;

CostTable MakeCosts() {
  CostTable costs;
  for (auto& row : costs) row.fill(1);
  for (size_t i = 0; i < costs.size(); ++i) costs[i][i] = 0;
  for (const std::string_view group : kLookalikes) {
    for (const char a : group) {
      for (const char b : group) {
        if (a != b) costs[a][b] = static_cast<float>(kLookalikeCost);
      }
    }
  }
  return costs;
}

double ExchangeCost(char a, char b) {
  static const CostTable costs = MakeCosts();
  return costs[a & 0x7f][b & 0x7f];
}

bool IsPairForSingle(char first, char second, char single) {
  return std::any_of(std::begin(kPairs), std::end(kPairs),
                     [&](const PairAndSingle& row) {
                       return row.pair[0] == first && row.pair[1] == second &&
                              row.single == single;
                     });
}

struct Cell {
  double distance = 0;
  int begin = 0;  // where in the text the alignment starts
};

// Takes the cheaper of `best` and `from` plus `cost`.
void Relax(Cell& best, const Cell& from, double cost) {
  if (from.distance + cost < best.distance) {
    best = {from.distance + cost, from.begin};
  }
}

// Rows run over the pattern, columns over the text.
class Alignment {
 public:
  Alignment(std::string_view pattern, std::string_view text, bool anywhere)
      : pattern_(pattern),
        text_(text),
        cells_((pattern.size() + 1) * (text.size() + 1)) {
    for (size_t j = 0; j <= text.size(); ++j) {
      At(0, j) = anywhere ? Cell{0, static_cast<int>(j)}
                          : Cell{static_cast<double>(j), 0};
    }
    for (size_t i = 1; i <= pattern.size(); ++i) {
      At(i, 0) = {static_cast<double>(i), 0};
      for (size_t j = 1; j <= text.size(); ++j) Fill(i, j);
    }
  }

  const Cell& End(size_t column) const {
    return cells_[pattern_.size() * (text_.size() + 1) + column];
  }

 private:
  Cell& At(size_t i, size_t j) { return cells_[i * (text_.size() + 1) + j]; }

  void Fill(size_t i, size_t j) {
    const char p = pattern_[i - 1];
    const char t = text_[j - 1];
    Cell best = At(i - 1, j - 1);
    best.distance += ExchangeCost(p, t);
    Relax(best, At(i - 1, j), 1);
    Relax(best, At(i, j - 1), 1);
    if (i > 1 && IsPairForSingle(pattern_[i - 2], p, t)) {
      Relax(best, At(i - 2, j - 1), kLookalikeCost);
    }
    if (j > 1 && IsPairForSingle(text_[j - 2], t, p)) {
      Relax(best, At(i - 1, j - 2), kLookalikeCost);
    }
    At(i, j) = best;
  }

  std::string_view pattern_;
  std::string_view text_;
  std::vector<Cell> cells_;
};

}  // namespace

std::optional<TolerantHit> TolerantFind(std::string_view pattern,
                                        std::string_view text, double limit) {
  if (pattern.empty()) return std::nullopt;
  const Alignment alignment(pattern, text, /*anywhere=*/true);
  size_t best = 0;
  for (size_t j = 1; j <= text.size(); ++j) {
    if (alignment.End(j).distance < alignment.End(best).distance) best = j;
  }
  const Cell& cell = alignment.End(best);
  if (cell.distance > limit) return std::nullopt;
  return TolerantHit{cell.distance, cell.begin, static_cast<int>(best)};
}

double TolerantDistance(std::string_view a, std::string_view b) {
  return Alignment(a, b, /*anywhere=*/false).End(b.size()).distance;
}

}  // namespace burntin
