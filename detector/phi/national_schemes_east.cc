// The north and the east of Europe.
#include "detector/phi/check_digits.h"
#include "detector/phi/national_schemes.h"

namespace burntin {
namespace {

// Whether two digits are a month, with one of `centuries` added in steps of
// 20 at most.
bool IsMonth(std::string_view digits, int highest_step) {
  const int64_t month = NumberOf(digits);
  return month % 20 >= 1 && month % 20 <= 12 && month / 20 <= highest_step;
}

bool IsDay(std::string_view digits) {
  const int64_t day = NumberOf(digits);
  return day >= 1 && day <= 31;
}

// Skatteverket, SKV 704: the day of birth and Luhn's check digit over ten
// digits. The coordination number adds 60 to the day.
bool IsPersonnummer(std::string_view c) {
  const int64_t day = NumberOf(c.substr(4, 2));
  return IsMonth(c.substr(2, 2), 0) && day % 60 >= 1 && day % 60 <= 31 &&
         LuhnHolds(c);
}

bool IsLongPersonnummer(std::string_view c) {
  const std::string_view century = c.substr(0, 2);
  return (century == "19" || century == "20") && IsPersonnummer(c.substr(2));
}

// Skatteetaten, fodselsnummer: two check digits by modulus 11. The D number
// adds 40 to the day. The H number of hospitals adds 40 to the month
// (Direktoratet for e-helse, HIS 1034, Identifikatorer for personer).
bool IsFodselsnummer(std::string_view c) {
  const int first = 11 - WeightedSum(c, {3, 7, 6, 1, 8, 9, 4, 5, 2}) % 11;
  const int second = 11 - WeightedSum(c, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  const int64_t day = NumberOf(c.substr(0, 2));
  const int64_t month = NumberOf(c.substr(2, 2));
  return month % 40 >= 1 && month % 40 <= 12 && month <= 52 && day % 40 >= 1 &&
         day % 40 <= 31 && day <= 71 && first != 10 && second != 10 &&
         first % 11 == c[9] - '0' && second % 11 == c[10] - '0';
}

// CPR-kontoret, Personnummeret i CPR: the day of birth; since 2007 numbers
// without the old check digit are given.
bool IsCpr(std::string_view c) {
  return IsDayAndMonth(c.substr(0, 2), c.substr(2, 2));
}

// Digital and Population Data Services Agency, personal identity code: the
// rest of nine digits by 31.
bool IsHetu(std::string_view c) {
  const int64_t number =
      NumberOf(c.substr(0, 6)) * 1000 + NumberOf(c.substr(7, 3));
  return IsDayAndMonth(c.substr(0, 2), c.substr(2, 2)) &&
         c[10] == "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31];
}

// Ministry of Digital Affairs (gov.pl), PESEL: modulus 10; the month tells the
// century.
bool IsPesel(std::string_view c) {
  const int sum = WeightedSum(c, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3});
  return IsMonth(c.substr(2, 2), 4) && IsDay(c.substr(4, 2)) &&
         (10 - sum % 10) % 10 == c[10] - '0';
}

// Czech Act 133/2000, Slovak Act 301/1995: ten digits that 11 divides. Until
// 1985 a rest of 10 was written 0. Women have 50 added to the month, and 20
// more where numbers ran out.
bool IsRodneCislo(std::string_view c) {
  const int64_t month = NumberOf(c.substr(2, 2)) % 50;
  const bool has_month =
      (month >= 1 && month <= 12) || (month >= 21 && month <= 32);
  return has_month && IsDay(c.substr(4, 2)) &&
         NumberOf(c.substr(0, 9)) % 11 % 10 == c[9] - '0';
}

// The same acts: numbers given before 1954 have nine digits, none of which
// checks the others.
bool IsOldRodneCislo(std::string_view c) {
  const int64_t month = NumberOf(c.substr(2, 2)) % 50;
  return NumberOf(c.substr(0, 2)) <= 53 && month >= 1 && month <= 12 &&
         IsDay(c.substr(4, 2));
}

// Estonian standard EVS 585:2007; Lithuanian Population Register law: modulus
// 11 with two rows of weights.
bool IsBalticCode(std::string_view c) {
  int check = WeightedSum(c, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
  if (check == 10) {
    check = WeightedSum(c, {3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11 % 10;
  }
  return c[0] >= '1' && c[0] <= '8' && IsMonth(c.substr(3, 2), 0) &&
         IsDay(c.substr(5, 2)) && check == c[10] - '0';
}

// Romanian OUG 97/2005, CNP: weights 279146358279, modulus 11.
bool IsCnp(std::string_view c) {
  const int sum = WeightedSum(c, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  return c[0] != '0' && IsMonth(c.substr(3, 2), 0) && IsDay(c.substr(5, 2)) &&
         (sum == 10 ? 1 : sum) == c[12] - '0';
}

// Hungarian Act XX of 1996, annex, TAJ: weights 3 and 7, modulus 10.
bool IsTaj(std::string_view c) {
  return WeightedSum(c, {3, 7, 3, 7, 3, 7, 3, 7}) % 10 == c[8] - '0';
}

// Bulgarian GRAO, EGN: modulus 11; the month tells the century.
bool IsEgn(std::string_view c) {
  const int sum = WeightedSum(c, {2, 4, 8, 5, 10, 9, 7, 3, 6});
  return IsMonth(c.substr(2, 2), 2) && IsDay(c.substr(4, 2)) &&
         sum % 11 % 10 == c[9] - '0';
}

// Croatian Tax Administration, OIB: MOD 11,10.
bool IsOib(std::string_view c) { return Mod11And10Holds(c); }

// Turkish Law 5490, T.C. kimlik numarasi: two check digits by modulus 10.
bool IsKimlik(std::string_view c) {
  const int odd = WeightedSum(c, {1, 0, 1, 0, 1, 0, 1, 0, 1});
  const int even = WeightedSum(c, {0, 1, 0, 1, 0, 1, 0, 1});
  const int tenth = ((7 * odd - even) % 10 + 10) % 10;
  return c[0] != '0' && tenth == c[9] - '0' &&
         (odd + even + tenth) % 10 == c[10] - '0';
}

constexpr double kDayAndMonth = 0.31 * 0.12;

constexpr NationalScheme kSchemes[] = {
    {"Personnummer", "999999 9999", IsPersonnummer, 2 * kDayAndMonth / 10},
    {"Personnummer with the century", "99999999 9999", IsLongPersonnummer,
     0.02 * 2 * kDayAndMonth / 10},
    // Folkbokforingslagen (1991:481), section 18: from the year in which a
    // person turns 100 on, a plus sign.
    {"Personnummer from a hundred years on", "999999+9999", IsPersonnummer,
     2 * kDayAndMonth / 10},
    {"Fodselsnummer", "999999 99999", IsFodselsnummer, 4 * kDayAndMonth / 121},
    {"CPR number", "999999 9999", IsCpr, kDayAndMonth},
    {"HETU", "999999S999X", IsHetu, kDayAndMonth / 36},
    {"PESEL", "99999999999", IsPesel, 5 * kDayAndMonth / 10},
    {"Rodne cislo", "999999 9999", IsRodneCislo, 4 * kDayAndMonth / 10},
    {"Rodne cislo before 1954", "999999-999", IsOldRodneCislo,
     0.54 * 2 * kDayAndMonth},
    {"Code of Estonia or Lithuania", "99999999999", IsBalticCode,
     0.8 * kDayAndMonth / 10},
    {"CNP", "9999999999999", IsCnp, 0.9 * kDayAndMonth / 10},
    {"TAJ number", "999 999 999", IsTaj, 0.1},
    {"EGN", "9999999999", IsEgn, 3 * kDayAndMonth / 10},
    {"OIB", "99999999999", IsOib, 0.1},
    {"T.C. kimlik", "99999999999", IsKimlik, 0.9 / 100},
};

}  // namespace

std::span<const NationalScheme> OtherEuropeanSchemes() { return kSchemes; }

}  // namespace burntin
