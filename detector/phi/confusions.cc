#include "detector/phi/confusions.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace burntin {
namespace {

struct GroupRow {
  std::string_view characters;  // any two are taken for one another
  double cost;
};

// Where two rows hold a pair of characters, the cheaper one counts. Rows hold
// upper-case letters, for text is folded, but many an error is made in lower
// case: c/e, h/n, u/v, l/t/f.
constexpr GroupRow kGroups[] = {
    {"0ODQ", kLookalikeCost}, {"1ILJT7", kLookalikeCost},
    {"5S", kLookalikeCost},   {"8B", kLookalikeCost},
    {"2Z", kLookalikeCost},   {"6G", kLookalikeCost},
    {"CG", kLookalikeCost},   {"VY", kLookalikeCost},
    {"UV", kLookalikeCost},   {"MN", kLookalikeCost},
    {"EF", kLookalikeCost},   {"4A", kLookalikeCost},
    {"9G", kLookalikeCost},   {"PR", kLookalikeCost},
    {"KX", kLookalikeCost},   {"HN", kLookalikeCost},
    {"WV", kLookalikeCost},   {"CO", kLookalikeCost},
    {"EC", kLookalikeCost},   {"38", kLikenessCost},
    {"3B", kLikenessCost},    {"0C", kLikenessCost},
    {"0G", kLikenessCost},    {"06", kLikenessCost},
    {"08", kLikenessCost},    {"8S", kLikenessCost},
    {"56", kLikenessCost},    {"4H", kLikenessCost},
    {"9Q", kLikenessCost},    {"BE", kLikenessCost},
    {"BR", kLikenessCost},    {"DP", kLikenessCost},
    {"FP", kLikenessCost},    {"HM", kLikenessCost},
    {"HK", kLikenessCost},    {"KR", kLikenessCost},
    {"AR", kLikenessCost},    {"FT", kLikenessCost},
    {"EO", kLikenessCost},    {"AO", kLikenessCost},
    {"UO", kLikenessCost},    {"7Z", kLikenessCost},
    {"YX", kLikenessCost},    {"GS", kLikenessCost},
};

constexpr PairAndSingle kPairs[] = {
    {'R', 'N', 'M'}, {'N', 'N', 'M'}, {'V', 'V', 'W'}, {'C', 'L', 'D'},
    {'C', 'I', 'D'}, {'L', 'I', 'U'}, {'I', 'I', 'U'}, {'L', 'I', 'H'},
    {'I', 'J', 'U'}, {'I', 'N', 'M'}, {'N', 'I', 'M'}, {'I', 'O', '0'},
    {'I', 'C', 'K'}, {'I', 'Z', 'R'}, {'I', '3', 'B'}, {'U', 'U', 'W'},
    {'R', 'I', 'N'}, {'I', 'I', 'N'}};

using CostTable = std::array<std::array<float, 128>, 128>;

CostTable MakeCosts() {
  CostTable costs;
  for (auto& row : costs) row.fill(1);
  for (size_t i = 0; i < costs.size(); ++i) costs[i][i] = 0;
  for (const GroupRow& group : kGroups) {
    for (const char a : group.characters) {
      for (const char b : group.characters) {
        if (costs[a][b] > group.cost) {
          costs[a][b] = static_cast<float>(group.cost);
        }
      }
    }
  }
  return costs;
}

// '0' to 'Z' are 0 to 42; what is no letter or digit is of no pair.
constexpr int kNoIndex = 'Z' - '0' + 1;
constexpr int IndexOf(char c) {
  return c >= '0' && c <= 'Z' ? c - '0' : kNoIndex;
}

// The singles of each pair, one bit for each.
using PairTable = std::array<std::array<uint64_t, kNoIndex + 1>, kNoIndex + 1>;

constexpr PairTable MakePairTable() {
  PairTable table = {};
  for (const PairAndSingle& pair : kPairs) {
    table[IndexOf(pair.first)][IndexOf(pair.second)] |= uint64_t{1}
                                                        << IndexOf(pair.single);
  }
  return table;
}

constexpr PairTable kPairTable = MakePairTable();

}  // namespace

bool IsConfusedPair(char first, char second, char single) {
  return (kPairTable[IndexOf(first)][IndexOf(second)] >> IndexOf(single) & 1) !=
         0;
}

std::span<const PairAndSingle> ConfusedPairs() { return kPairs; }

double ExchangeCost(char a, char b) {
  static const CostTable costs = MakeCosts();
  return costs[a & 0x7f][b & 0x7f];
}

}  // namespace burntin
