// Britain and Ireland, France, the countries of German and Dutch, the south.
#include <algorithm>
#include <array>
#include <string>

#include "detector/phi/check_digits.h"
#include "detector/phi/national_schemes.h"

namespace burntin {
namespace {

// NHS Data Model and Dictionary, NHS NUMBER: modulus 11.
bool IsNhs(std::string_view c) {
  const int check = 11 - WeightedSum(c, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return check != 10 && check % 11 == c[9] - '0';
}

// Public Health Scotland, Data Dictionary, CHI Number: the day of birth, and
// the check digit of the NHS number.
bool IsChi(std::string_view c) {
  return IsDayAndMonth(c.substr(0, 2), c.substr(2, 2)) && IsNhs(c);
}

// NHS Data Model and Dictionary, HEALTH AND CARE NUMBER: Northern Ireland has
// the NHS numbers from 320 000 0010 on to 399 999 9999.
bool IsHealthAndCare(std::string_view c) {
  return c[0] == '3' && c[1] >= '2' && IsNhs(c);
}

// Department of Social Protection, Personal Public Service Number: modulus 23
// over seven digits, and a second letter from 2013 on.
bool IsPpsn(std::string_view c) {
  int sum = WeightedSum(c, {8, 7, 6, 5, 4, 3, 2});
  if (c.size() == 9 && c[8] != 'W') sum += 9 * (c[8] - 'A' + 1);
  return c[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23];
}

// INSEE, numero d'inscription au repertoire: 97 less the rest by 97; the
// departments of Corsica, 2A and 2B, count as 19 and 18. Months from 20 on
// stand for one that is not known.
bool IsNir(std::string_view c) {
  std::string digits(c);
  if (c[6] == 'A' || c[6] == 'B') {
    if (c[5] != '2') return false;
    digits[5] = '1';
    digits[6] = c[6] == 'A' ? '9' : '8';
  }
  const int64_t month = NumberOf(digits.substr(3, 2));
  const bool has_month = (month >= 1 && month <= 12) ||
                         (month >= 20 && month <= 42) || month >= 50;
  return has_month && std::string_view("123478").find(c[0]) != c.npos &&
         97 - NumberOf(digits.substr(0, 13)) % 97 ==
             NumberOf(digits.substr(13));
}

// Central Compensation Office (ZAS/CdC), structure of the AHV number: the
// country 756 and the check digit of EAN-13.
bool IsAhv(std::string_view c) {
  const int sum = WeightedSum(c, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3});
  return c.substr(0, 3) == "756" && (10 - sum % 10) % 10 == c[12] - '0';
}

// GKV-Spitzenverband, rules under section 290 SGB V, annex 1: the letter as
// two digits, weights 1 and 2, sums of digits, modulus 10.
bool IsKvnr(std::string_view c) {
  const int letter = c[0] - 'A' + 1;
  std::string digits = letter < 10 ? "0" : "";
  digits += std::to_string(letter);
  digits += c.substr(1, 8);
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int product = (digits[i] - '0') * (i % 2 == 0 ? 1 : 2);
    sum += product / 10 + product % 10;
  }
  return sum % 10 == c[9] - '0';
}

// Bundeszentralamt fuer Steuern, section 139b AO: of the first ten digits one
// comes twice or three times and the others once at most; MOD 11,10.
bool IsSteuerId(std::string_view c) {
  std::array<int, 10> counts{};
  for (const char digit : c.substr(0, 10)) ++counts[digit - '0'];
  const auto repeated =
      std::count_if(counts.begin(), counts.end(), [](int n) { return n > 1; });
  const int most = *std::max_element(counts.begin(), counts.end());
  return c[0] != '0' && repeated == 1 && most <= 3 && Mod11And10Holds(c);
}

// Dachverband der Sozialversicherungstraeger, Versicherungsnummer: the fourth
// digit checks the others. Months 13 to 15 are used where days run out.
bool IsSvnr(std::string_view c) {
  const int64_t day = NumberOf(c.substr(4, 2));
  const int64_t month = NumberOf(c.substr(6, 2));
  const int sum = WeightedSum(c, {3, 7, 9, 0, 5, 8, 4, 2, 1, 6});
  return c[0] != '0' && day >= 1 && day <= 31 && month >= 1 && month <= 15 &&
         sum % 11 == c[3] - '0';
}

// RvIG, Logisch Ontwerp BSN: the test by eleven, the last weight being -1.
bool IsBsn(std::string_view c) {
  return c != "000000000" &&
         WeightedSum(c, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

// IBZ, Instructions on the national register: the day of birth, and 97 less
// the rest by 97, with a 2 in front for those born from 2000 on. The BIS
// number of residents adds 20 or 40 to the month.
bool IsBelgian(std::string_view c) {
  const int64_t month = NumberOf(c.substr(2, 2));
  const int64_t day = NumberOf(c.substr(4, 2));
  const int64_t number = NumberOf(c.substr(0, 9));
  const int64_t check = NumberOf(c.substr(9));
  return day >= 1 && day <= 31 && month <= 52 && month % 20 >= 1 &&
         month % 20 <= 12 &&
         (97 - number % 97 == check ||
          97 - (2000000000 + number) % 97 == check);
}

// Ministerio del Interior, calculo del digito de control del NIF/NIE: the
// rest by 23.
bool IsDni(std::string_view c) {
  return c[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[NumberOf(c.substr(0, 8)) % 23];
}

// The same with X, Y, Z for the digits 0, 1, 2.
bool IsNie(std::string_view c) {
  if (c[0] < 'X') return false;
  std::string digits(c);
  digits[0] = static_cast<char>('0' + (c[0] - 'X'));
  return IsDni(digits);
}

// Decreto ministeriale 23 dicembre 1976: the value of each character by
// whether its place is odd or even, modulus 26.
bool IsCodiceFiscale(std::string_view c, std::string_view day_digits) {
  constexpr int kOdd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (size_t i = 0; i < 15; ++i) {
    const bool is_digit = c[i] >= '0' && c[i] <= '9';
    const int value = is_digit ? c[i] - '0' : c[i] - 'A';
    sum += i % 2 == 0 ? kOdd[value] : value;
  }
  const int64_t day = NumberOf(day_digits);
  return std::string_view("ABCDEHLMPRST").find(c[8]) != c.npos &&
         day % 40 >= 1 && day % 40 <= 31 && day <= 71 &&
         c[15] == 'A' + sum % 26;
}

bool IsCodiceFiscale(std::string_view c) {
  return IsCodiceFiscale(c, c.substr(9, 2));
}

// Article 6 of the same decree: where several people would have one code, the
// letters LMNPQRSTUV stand for digits, from the last of them on.
bool IsCodiceWithLetters(std::string_view c) {
  constexpr std::string_view kLetters = "LMNPQRSTUV";
  std::string decoded(c);
  for (const size_t place : {9, 10}) {
    const size_t digit = kLetters.find(c[place]);
    if (digit != kLetters.npos) decoded[place] = static_cast<char>('0' + digit);
  }
  return IsCodiceFiscale(c, decoded.substr(9, 2));
}

// Autoridade Tributaria, NIF: modulus 11; natural persons begin with 1, 2, 3.
bool IsPortugueseNif(std::string_view c) {
  const int rest = WeightedSum(c, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return c[0] >= '1' && c[0] <= '3' && (rest < 2 ? 0 : 11 - rest) == c[8] - '0';
}

// IDIKA, AMKA: the day of birth and Luhn's check digit.
bool IsAmka(std::string_view c) {
  return IsDayAndMonth(c.substr(0, 2), c.substr(2, 2)) && LuhnHolds(c);
}

constexpr double kDayAndMonth = 0.31 * 0.12;

constexpr NationalScheme kSchemes[] = {
    {"NHS number", "999 999 9999", IsNhs, 1.0 / 11},
    {"CHI number", "999999 9999", IsChi, kDayAndMonth / 11},
    {"Health and Care number", "999 999 9999", IsHealthAndCare, 0.08 / 11},
    {"PPSN", "9999999A", IsPpsn, 1.0 / 26},
    {"PPSN with two letters", "9999999AA", IsPpsn, 1.0 / 26},
    {"NIR", "9 99 99 9N 999 999 99", IsNir, 0.6 * 0.85 / 100},
    {"AHV number", "999 9999 9999 99", IsAhv, 1e-4},
    {"KVNR", "A999999999", IsKvnr, 0.1},
    {"Steuer-ID", "99 999 999 999", IsSteuerId, 0.0034},
    {"SVNR", "9999 999999", IsSvnr, 0.9 * 0.31 * 0.15 / 11},
    {"BSN", "9999 99 999", IsBsn, 1.0 / 11},
    {"Belgian national number", "99 99 99 999 99", IsBelgian,
     3 * kDayAndMonth * 2 / 100},
    // No blank: a date and a sex would have that shape.
    {"DNI", "99999999A", IsDni, 1.0 / 26},
    {"DNI with a hyphen", "99999999-A", IsDni, 1.0 / 26},
    {"NIE", "A9999999A", IsNie, 3.0 / 26 / 26},
    {"NIE with hyphens", "A-9999999-A", IsNie, 3.0 / 26 / 26},
    {"Codice fiscale", "AAA AAA 99A99 A999A", IsCodiceFiscale,
     12.0 / 26 * 0.62 / 26},
    {"Codice fiscale with letters", "AAA AAA OOAOO AOOOA", IsCodiceWithLetters,
     12.0 / 26 * 0.62 / 26},
    {"NIF of Portugal", "999 999 999", IsPortugueseNif, 0.03},
    {"AMKA", "999999 99999", IsAmka, kDayAndMonth / 10},
};

}  // namespace

std::span<const NationalScheme> WesternEuropeanSchemes() { return kSchemes; }

}  // namespace burntin
