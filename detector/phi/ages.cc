#include "detector/phi/ages.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "detector/phi/normalize.h"

namespace burntin {
namespace {

constexpr int kOldest = 125;

// Years in English, German, French, Spanish, Italian, Portuguese and Dutch.
constexpr std::string_view kUnits[] = {"Y",   "YO",    "YR",   "YRS",  "YEARS",
                                       "ANS", "JAHRE", "ANOS", "ANNI", "JAAR"};
constexpr std::string_view kLabels[] = {"AGE", "ALTER", "EDAD", "ETA", "IDADE"};

}  // namespace

std::optional<int> AgeInYears(const CalendarDate& birth,
                              const CalendarDate& day) {
  const bool before_birthday =
      std::tie(day.month, day.day) < std::tie(birth.month, birth.day);
  const int years = day.year - birth.year - (before_birthday ? 1 : 0);
  if (years < 0 || years > kOldest) return std::nullopt;
  return years;
}

std::optional<int> ParseDicomAge(std::string_view value) {
  if (value.size() < 2 || value.size() > 4) return std::nullopt;
  const std::string digits(value.substr(0, value.size() - 1));
  if ((value.back() != 'Y' && value.back() != 'y') ||
      !std::all_of(digits.begin(), digits.end(), IsDigit)) {
    return std::nullopt;
  }
  const int years = std::atoi(digits.c_str());
  if (years > kOldest) return std::nullopt;
  return years;
}

std::vector<std::string> AgeSpellings(int years) {
  const std::string plain = std::to_string(years);
  const std::string filled =
      std::string(plain.size() < 3 ? 3 - plain.size() : 0, '0') + plain;
  std::vector<std::string> spellings = {filled + 'Y'};
  for (const std::string_view unit : kUnits) {
    spellings.push_back(plain + std::string(unit));
  }
  for (const std::string_view label : kLabels) {
    spellings.push_back(std::string(label) + plain);
  }
  return spellings;
}

}  // namespace burntin
