#include "detector/phi/check_digits.h"

#include <cstddef>

namespace burntin {
namespace {

// Multiplication in the dihedral group of order ten.
constexpr int kDihedral[10][10] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
    {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};

// Verhoeff's permutation, applied as often as the digit's place says.
constexpr int kPermutation[8][10] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
    {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
    {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
    {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};

int Digit(char c) { return c - '0'; }

}  // namespace

int64_t NumberOf(std::string_view digits) {
  int64_t number = 0;
  for (const char c : digits) number = 10 * number + Digit(c);
  return number;
}

int WeightedSum(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  size_t i = 0;
  for (const int weight : weights) sum += weight * Digit(digits[i++]);
  return sum;
}

bool LuhnHolds(std::string_view digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int digit = Digit(digits[digits.size() - 1 - i]);
    const int twice = 2 * digit;
    sum += i % 2 == 0 ? digit : twice / 10 + twice % 10;
  }
  return sum % 10 == 0;
}

bool Mod11And10Holds(std::string_view digits) {
  int product = 10;
  for (const char c : digits.substr(0, digits.size() - 1)) {
    const int sum = (product + Digit(c)) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (product + Digit(digits.back())) % 10 == 1;
}

bool Mod11Minus2Holds(std::string_view characters) {
  int rest = 0;
  for (const char c : characters.substr(0, characters.size() - 1)) {
    rest = (rest + Digit(c)) * 2 % 11;
  }
  const int check = (12 - rest) % 11;
  return characters.back() == (check == 10 ? 'X' : '0' + check);
}

bool VerhoeffHolds(std::string_view digits) {
  int check = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int digit = Digit(digits[digits.size() - 1 - i]);
    check = kDihedral[check][kPermutation[i % 8][digit]];
  }
  return check == 0;
}

bool IsDayAndMonth(std::string_view day, std::string_view month) {
  const int64_t d = NumberOf(day);
  const int64_t m = NumberOf(month);
  return d >= 1 && d <= 31 && m >= 1 && m <= 12;
}

}  // namespace burntin
