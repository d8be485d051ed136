#include "detector/phi/tolerant_distance.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "detector/phi/confusions.h"

namespace burntin {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

struct Cell {
  double distance = kFar;
  int begin = 0;  // where in the text the alignment starts
};

// Takes the cheaper of `best` and `from` plus `cost`.
void Relax(Cell& best, const Cell& from, double cost) {
  if (from.distance + cost < best.distance) {
    best = {from.distance + cost, from.begin};
  }
}

// The alignments of a pattern with a text that end at one character after the
// other. Only those within the limit are followed, by E. Ukkonen, Finding
// approximate patterns in strings, Journal of Algorithms 6, 1985.
class Alignment {
 public:
  // `anywhere`: an alignment may start at any character.
  Alignment(std::string_view pattern, bool anywhere, double limit)
      : pattern_(pattern),
        anywhere_(anywhere),
        limit_(limit),
        now_(pattern.size() + 1),
        last_(pattern.size() + 1),
        last_but_one_(pattern.size() + 1) {
    Fill(pattern_.size());
  }

  void Append(char c) {
    std::swap(last_but_one_, last_);
    std::swap(last_, now_);
    const size_t reach = std::max(last_but_one_.rows, last_.rows + 1);
    before_ = character_;
    character_ = c;
    ++columns_;
    Fill(reach);
  }

  // Of the whole pattern, ending here.
  const Cell& End() const { return now_.cells.back(); }

  // Whether no alignment that starts before here can stay within the limit.
  bool IsLost() const { return now_.rows == 0 && last_.rows == 0; }

 private:
  struct Column {
    explicit Column(size_t size) : cells(size) {}
    std::vector<Cell> cells;
    size_t rows = 0;  // cells from here on are beyond the limit
  };

  // Fills the first cells, those up to `reach` and as many as follow from
  // them within the limit.
  void Fill(size_t reach) {
    const size_t used = now_.rows;
    now_.rows = 0;
    Set(0,
        anywhere_ ? Cell{0, columns_} : Cell{static_cast<double>(columns_), 0});
    size_t i = 1;
    for (; i <= pattern_.size() && (i <= reach || now_.rows == i); ++i) {
      Set(i, Best(i));
    }
    for (; i <= pattern_.size() && i < used; ++i) now_.cells[i] = Cell{};
  }

  void Set(size_t row, const Cell& cell) {
    const bool is_near = cell.distance <= limit_;
    now_.cells[row] = is_near ? cell : Cell{};
    if (is_near) now_.rows = row + 1;
  }

  Cell Best(size_t i) const {
    Cell best;
    const char p = pattern_[i - 1];
    if (columns_ > 0) {
      Relax(best, last_.cells[i - 1], ExchangeCost(p, character_));
    }
    Relax(best, now_.cells[i - 1], 1);
    if (columns_ == 0) return best;
    Relax(best, last_.cells[i], 1);
    if (i > 1 && IsConfusedPair(pattern_[i - 2], p, character_)) {
      Relax(best, last_.cells[i - 2], kLookalikeCost);
    }
    if (columns_ > 1 && IsConfusedPair(before_, character_, p)) {
      Relax(best, last_but_one_.cells[i - 1], kLookalikeCost);
    }
    return best;
  }

  std::string_view pattern_;
  bool anywhere_;
  double limit_;
  int columns_ = 0;     // characters of the text so far
  char character_ = 0;  // the last of them
  char before_ = 0;     // the one before
  Column now_;
  Column last_;
  Column last_but_one_;
};

}  // namespace

std::optional<TolerantHit> TolerantFind(std::string_view pattern,
                                        std::string_view text, double limit) {
  if (pattern.empty()) return std::nullopt;
  if (limit < kLookalikeCost) {
    const size_t at = text.find(pattern);
    if (at == std::string_view::npos) return std::nullopt;
    return TolerantHit{0, static_cast<int>(at),
                       static_cast<int>(at + pattern.size())};
  }
  Alignment alignment(pattern, /*anywhere=*/true, limit);
  TolerantHit best{alignment.End().distance, 0, 0};
  for (size_t j = 0; j < text.size(); ++j) {
    alignment.Append(text[j]);
    const Cell& end = alignment.End();
    if (end.distance < best.distance) {
      best = {end.distance, end.begin, static_cast<int>(j) + 1};
    }
  }
  if (best.distance > limit) return std::nullopt;
  return best;
}

std::optional<double> TolerantDistanceWithin(std::string_view a,
                                             std::string_view b, double limit) {
  if (a == b) return 0;
  if (limit < kLookalikeCost) return std::nullopt;
  Alignment alignment(a, /*anywhere=*/false, limit);
  for (const char c : b) {
    alignment.Append(c);
    if (alignment.IsLost()) return std::nullopt;
  }
  if (alignment.End().distance > limit) return std::nullopt;
  return alignment.End().distance;
}

double TolerantDistance(std::string_view a, std::string_view b) {
  Alignment alignment(a, /*anywhere=*/false, kFar);
  for (const char c : b) alignment.Append(c);
  return alignment.End().distance;
}

}  // namespace burntin
