#include "detector/phi/joined_text.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "detector/phi/normalize.h"
#include "detector/phi/scales.h"

namespace burntin {
namespace {

constexpr double kJoinedNameScore = 0.65;
constexpr double kJoinedNumberScore = 0.6;
// Digits of the numbers in a row; with a fraction among them.
constexpr int kFewestDigits = 6;
constexpr int kFewestDigitsWithFraction = 9;
// With a year, what looks like a fraction may be a day and a month.
constexpr double kFirstYear = 1850;
constexpr double kLastYear = 2100;
constexpr std::string_view kDateSeparators = " .,-/'";
constexpr std::string_view kNumberCharacters = "0123456789.";
// What may touch a number in a row.
constexpr std::string_view kAroundNumber = " .,:;/-+#()[]<>=_'*|";

// The numbers since the last word.
class Row {
 public:
  void Add(std::string_view number, int begin) {
    if (numbers_.empty()) begin_ = begin;
    end_ = begin + static_cast<int>(number.size());
    numbers_.push_back(std::atof(std::string(number).c_str()));
    digits_ +=
        static_cast<int>(std::count_if(number.begin(), number.end(), IsDigit));
    has_fraction_ = has_fraction_ || number.find('.') != number.npos;
    has_year_ = has_year_ || IsYear(number, numbers_.back());
  }

  void End(std::vector<Evidence>* evidence) {
    const int fewest =
        has_fraction_ && !has_year_ ? kFewestDigitsWithFraction : kFewestDigits;
    if (numbers_.size() > 1 && digits_ >= fewest &&
        !IsScaleWithGaps(numbers_)) {
      evidence->push_back({Category::kIdentifier, kJoinedNumberScore, "",
                           begin_, end_, SignKind::kShape});
    }
    *this = Row();
  }

 private:
  static bool IsYear(std::string_view number, double value) {
    return number.size() == 4 && number.find('.') == number.npos &&
           value >= kFirstYear && value <= kLastYear;
  }

  std::vector<double> numbers_;
  int digits_ = 0;
  bool has_fraction_ = false;
  bool has_year_ = false;
  int begin_ = 0;
  int end_ = 0;
};

// Whether digits have a colon and further digits at one of their ends.
bool IsTimePart(std::string_view text, size_t begin, size_t end) {
  const bool before =
      begin > 1 && text[begin - 1] == ':' && IsDigit(text[begin - 2]);
  const bool after =
      end + 1 < text.size() && text[end] == ':' && IsDigit(text[end + 1]);
  return before || after;
}

void FindNumbers(std::string_view folded, std::vector<Evidence>* evidence) {
  Row row;
  size_t at = 0;
  while (at < folded.size()) {
    size_t end = at + 1;
    if (IsDigit(folded[at])) {
      end = std::min(folded.find_first_not_of(kNumberCharacters, at),
                     folded.size());
      while (!IsDigit(folded[end - 1])) --end;
      // A time of day is no part of a number, nor is what it parts.
      if (IsTimePart(folded, at, end)) {
        row.End(evidence);
        at = end;
        continue;
      }
      row.Add(folded.substr(at, end - at), static_cast<int>(at));
    } else if (kAroundNumber.find(folded[at]) == kAroundNumber.npos) {
      row.End(evidence);
    }
    at = end;
  }
  row.End(evidence);
}

}  // namespace

std::vector<Evidence> FindAcrossBoxes(const Passage& passage,
                                      const BenignVocabulary& vocabulary) {
  std::vector<Evidence> evidence;
  const std::string_view folded = passage.folded();
  const auto& parts = passage.parts();
  for (size_t i = 1; i < parts.size(); ++i) {
    const int begin = parts[i - 1].begin;
    const int end = parts[i].end;
    if (vocabulary.MayBeName(folded.substr(begin, end - begin))) {
      evidence.push_back({Category::kPersonName, kJoinedNameScore, "", begin,
                          end, SignKind::kListedName});
    }
  }
  FindNumbers(folded, &evidence);
  std::erase_if(evidence, [&](const Evidence& one) {
    return passage.Regions(one.begin, one.end).size() < 2;
  });
  return evidence;
}

bool IsPartOfDate(std::string_view folded) {
  return std::any_of(folded.begin(), folded.end(), IsDigit) &&
         std::all_of(folded.begin(), folded.end(), [](char c) {
           return IsDigit(c) ||
                  kDateSeparators.find(c) != std::string_view::npos;
         });
}

}  // namespace burntin
