// The Americas, Asia and Australia.
#include <algorithm>

#include "detector/phi/check_digits.h"
#include "detector/phi/national_schemes.h"

namespace burntin {
namespace {

// Social Security Administration, POMS RM 10201.035: parts that are never
// given. There is no check digit.
bool IsSsn(std::string_view c) {
  const std::string_view area = c.substr(0, 3);
  return area != "000" && area != "666" && c[0] != '9' &&
         c.substr(3, 2) != "00" && c.substr(5) != "0000";
}

// Canada Revenue Agency, social insurance number: Luhn; 0 and 8 begin none.
bool IsSin(std::string_view c) {
  return c[0] != '0' && c[0] != '8' && LuhnHolds(c);
}

// Ontario Ministry of Health, technical specification of the health card:
// Luhn over ten digits.
bool IsOntarioHealth(std::string_view c) { return c[0] != '0' && LuhnHolds(c); }

// Services Australia, Medicare card number: the ninth digit checks the first
// eight, the tenth counts the issues.
bool IsMedicare(std::string_view c) {
  return c[0] >= '2' && c[0] <= '6' &&
         WeightedSum(c, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == c[8] - '0';
}

// Australian Digital Health Agency, healthcare identifiers (AS 5017, ISO/IEC
// 7812): 800360 begins an individual's, Luhn checks it.
bool IsIhi(std::string_view c) {
  return c.substr(0, 6) == "800360" && LuhnHolds(c);
}

// Receita Federal do Brasil, CPF: two check digits by modulus 11; a digit
// repeated eleven times passes but is none.
bool IsCpf(std::string_view c) {
  const auto check = [](int sum) { return sum % 11 < 2 ? 0 : 11 - sum % 11; };
  const int first = check(WeightedSum(c, {10, 9, 8, 7, 6, 5, 4, 3, 2}));
  const int second = check(WeightedSum(c, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}));
  return first == c[9] - '0' && second == c[10] - '0' &&
         std::count(c.begin(), c.end(), c[0]) < 11;
}

// DATASUS, Cartao Nacional de Saude: 11 divides the weighted sum.
bool IsCns(std::string_view c) {
  return std::string_view("12789").find(c[0]) != c.npos &&
         WeightedSum(c, {15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) %
                 11 ==
             0;
}

// UIDAI, Aadhaar: Verhoeff; 0 and 1 begin none.
bool IsAadhaar(std::string_view c) { return c[0] >= '2' && VerhoeffHolds(c); }

// Chinese standard GB 11643-1999: the day of birth, and MOD 11-2.
bool IsChineseId(std::string_view c) {
  const std::string_view century = c.substr(6, 2);
  return (century == "19" || century == "20") &&
         IsDayAndMonth(c.substr(12, 2), c.substr(10, 2)) &&
         std::all_of(c.begin(), c.end() - 1,
                     [](char d) { return d >= '0' && d <= '9'; }) &&
         Mod11Minus2Holds(c);
}

// Korean Resident Registration Act, enforcement rules: modulus 11. Numbers
// given since October 2020 have no check digit.
bool IsKoreanRrn(std::string_view c) {
  const int sum = WeightedSum(c, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5});
  const int base = c[6] >= '5' ? 13 : 11;  // 5 to 8: foreigners
  return IsDayAndMonth(c.substr(4, 2), c.substr(2, 2)) && c[6] >= '1' &&
         c[6] <= '8' && (base - sum % 11) % 10 == c[12] - '0';
}

// Japanese Ministry of Internal Affairs, Order 85 of 2014, article 5, My
// Number: modulus 11.
bool IsMyNumber(std::string_view c) {
  const int rest = WeightedSum(c, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest < 2 ? 0 : 11 - rest) == c[11] - '0';
}

constexpr double kDayAndMonth = 0.31 * 0.12;

constexpr NationalScheme kSchemes[] = {
    {"SSN", "999-99-9999", IsSsn, 0.889},
    {"SIN", "999 999 999", IsSin, 0.08},
    {"Ontario health number", "9999 999 999", IsOntarioHealth, 0.09},
    {"Medicare number", "9999 99999 9", IsMedicare, 0.05},
    {"IHI", "9999 9999 9999 9999", IsIhi, 1e-7},
    {"CPF", "999 999 999 99", IsCpf, 0.01},
    {"CNS", "999 9999 9999 9999", IsCns, 0.5 / 11},
    {"Aadhaar", "9999 9999 9999", IsAadhaar, 0.08},
    {"Identity number of China", "99999999999999999X", IsChineseId,
     0.02 * kDayAndMonth / 36},
    {"RRN of Korea", "999999 9999999", IsKoreanRrn, 0.8 * kDayAndMonth / 10},
    {"My Number", "9999 9999 9999", IsMyNumber, 0.1},
};

}  // namespace

std::span<const NationalScheme> OverseasSchemes() { return kSchemes; }

}  // namespace burntin
