#include "detector/phi/dates.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "detector/phi/normalize.h"
#include "re2/re2.h"

namespace burntin {
namespace {

// Month names without marks: any word that is one of them is that month.
// English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish,
// Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Romanian, Turkish, and
// Greek and Russian spelt in Latin letters: the wide and the abbreviated forms
// of Unicode's CLDR, less those that are words of more than one month.
constexpr std::array<const char*, 12> kMonthNames = {
    "JAN(?:UARY|UAR|VIER|V)?|JANNER|ENE(?:RO)?|GEN(?:NAIO)?|JANEIRO|JANUARI|"
    "TAMMI(?:KUU(?:TA)?)?|STYCZ(?:EN|NIA)|LED(?:EN|NA)|IAN(?:UARIE)?|OCAK?|"
    "IANOUARIO[SU]|ANV(?:ARA?)?",
    "FEB(?:RUARY|RUAR|RERO|BRAIO|RUARI|RUARIE)?|FEV(?:RIER|EREIRO|R|RALA?)?|"
    "HELMI(?:KUU(?:TA)?)?|LUT(?:Y|EGO)|UNORA?|SUBAT|PHEBROUARIO[SU]",
    "MAR(?:CH|Z|S|ZO|CO|CA|TA?|CIUS|TIE)?|MRZ|MAERZ|MRT|MAART|MARTS|"
    "MAALIS(?:KUU(?:TA)?)?|MARZEC|BREZ(?:EN|NA)|MARTIO[SU]",
    "APR(?:IL|ILE|ILI?S|ILIE|ELA?)?|AVR(?:IL)?|ABR(?:IL)?|"
    "HUHTI(?:KUU(?:TA)?)?|KWIE(?:CIEN|TNIA)|DUB(?:EN|NA)|NIS(?:AN)?|"
    "APRILIO[SU]",
    "MAY(?:O|IS)?|MAI(?:O|U)?|MAG(?:GIO)?|MEI|MAJA?|MAJUS|"
    "TOUKO(?:KUU(?:TA)?)?|KVET(?:EN|NA)|MAIO[SU]",
    "JUNE?|JUNI|JUIN|JUNIO|GIU(?:GNO)?|JUNHO|JUNIUS|KESA(?:KUU(?:TA)?)?|"
    "CZERW(?:IEC|CA)|CERV(?:EN|NA)|IUNIE|IUNA?|HAZ(?:IRAN)?|IOUNIO[SU]",
    "JULY?|JULI|JUIL(?:LET)?|JULIO|LUG(?:LIO)?|JULHO|JULIUS|"
    "HEINA(?:KUU(?:TA)?)?|LIP(?:IEC|CA)|CERVEN(?:EC|CE)|IULIE|IULA?|"
    "TEM(?:MUZ)?|IOULIO[SU]",
    "AUG(?:UST|USTUS|USTI|USZTUS)?|AOUT?|AGO(?:STO)?|ELO(?:KUU(?:TA)?)?|"
    "SIERP(?:IEN|NIA)|SRP(?:EN|NA)|AGU(?:STOS)?|AUGOUSTO[SU]|AVG(?:USTA?)?",
    "SEPT?(?:EMBER|EMBRE|IEMBRE|TEMBRE|TEMBER|TEMBRIE)?|SET(?:TEMBRE|EMBRO)?|"
    "SZEPT(?:EMBER)?|SYYS(?:KUU(?:TA)?)?|WRZE(?:SIEN|SNIA)|ZARI|EYL(?:UL)?|"
    "SEPTEMBRIO[SU]|SENTABRA?",
    "OCT(?:OBER|OBRE|UBRE|OMBRIE)?|OKT(?:OBER)?|OTT(?:OBRE)?|"
    "OUT(?:UBRO)?|LOKA(?:KUU(?:TA)?)?|PAZDZIERNIKA?|RIJ(?:EN|NA)|EKI(?:M)?|"
    "OKTOBRIO[SU]|OKTABRA?",
    "NOV(?:EMBER|EMBRE|IEMBRE|EMBRO)?|MARRAS(?:KUU(?:TA)?)?|LISTOPAD[AU]?|"
    "NOIEMBRIE|NOI|KAS(?:IM)?|NOEMBRIO[SU]|NOABRA?",
    "DEC(?:EMBER|EMBRE|EMBRIE)?|DEZ(?:EMBER|EMBRO)?|DIC(?:IEMBRE|EMBRE)?|"
    "DES(?:EMBER)?|JOULU(?:KUU(?:TA)?)?|GRU(?:DZIEN|DNIA)|PROSIN(?:EC|CE)|"
    "ARA(?:LIK)?|DEKEMBRIO[SU]|DEKABRA?"};

constexpr char kMonthLetters[][4] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                     "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

constexpr char kSeparator[] = " ?[-./,_' ] ?";

// Three numbers with anything or nothing between them. With two digits each,
// the first may be the year.
constexpr const char* kPossibleDates[] = {
    "\\b(\\d\\d)[-./,_':; ]{0,3}(\\d\\d)[-./,_':; ]{0,3}(\\d\\d)\\b",
    "\\b(\\d{1,2})[-./,_':; ]{1,3}(\\d{1,2})[-./,_':; ]{1,3}(\\d\\d)\\b"};

// A month's names, with zeros for letters O too: recognisers take "OCT" for
// "0CT" among digits.
std::string MonthNames(size_t month) {
  std::string names;
  for (const char c : std::string_view(kMonthNames[month])) {
    if (c == 'O') {
      names += "[O0]";
    } else {
      names.push_back(c);
    }
  }
  return names;
}

std::string AnyMonthName() {
  std::string all;
  for (size_t i = 0; i < kMonthNames.size(); ++i) {
    if (!all.empty()) all += "|";
    all += MonthNames(i);
  }
  all.insert(0, 1, '(');
  all.push_back(')');
  return all;
}

bool IsDate(const CalendarDate& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= 31 && date.year >= 1850 && date.year <= 2150;
}

// The years that a year of two or four digits can mean.
std::vector<int> Years(const std::string& digits) {
  const int year = std::atoi(digits.c_str());
  if (digits.size() == 4) return {year};
  return {1900 + year, 2000 + year};
}

void AddMeanings(const std::string& year, int month, int day,
                 std::vector<CalendarDate>& meanings) {
  for (const int full_year : Years(year)) {
    const CalendarDate date{full_year, month, day};
    if (IsDate(date) &&
        std::find(meanings.begin(), meanings.end(), date) == meanings.end()) {
      meanings.push_back(date);
    }
  }
}

std::string TwoDigits(int number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 2) digits.insert(0, 1, '0');
  return digits;
}

// The order in which a pattern's three groups stand.
enum class Order {
  kYearFirst,
  kYearLast,
  kDayNameYear,
  kNameDayYear,
  kYearNameDay
};

struct DatePattern {
  Order order;
  RE2 expression;
};

}  // namespace

struct DateFinder::Patterns {
  std::vector<std::unique_ptr<DatePattern>> dates;
  std::vector<std::unique_ptr<DatePattern>> possible_dates;
  std::array<std::unique_ptr<RE2>, 12> months;

  int MonthOf(const std::string& name) const {
    for (size_t i = 0; i < months.size(); ++i) {
      if (RE2::FullMatch(name, *months[i])) return static_cast<int>(i) + 1;
    }
    return 0;
  }

  std::vector<CalendarDate> Meanings(Order order, const std::string& a,
                                     const std::string& b,
                                     const std::string& c) const {
    std::vector<CalendarDate> meanings;
    const auto number = [](const std::string& s) {
      return std::atoi(s.c_str());
    };
    switch (order) {
      case Order::kYearFirst:
        AddMeanings(a, number(b), number(c), meanings);
        break;
      case Order::kYearLast:
        AddMeanings(c, number(b), number(a), meanings);
        AddMeanings(c, number(a), number(b), meanings);
        if (c.size() == 2) AddMeanings(a, number(b), number(c), meanings);
        break;
      case Order::kDayNameYear:
        AddMeanings(c, MonthOf(b), number(a), meanings);
        break;
      case Order::kNameDayYear:
        AddMeanings(c, MonthOf(a), number(b), meanings);
        break;
      case Order::kYearNameDay:
        AddMeanings(a, MonthOf(b), number(c), meanings);
        break;
    }
    return meanings;
  }
};

DateFinder::DateFinder() {
  auto made = std::make_unique<Patterns>();
  const std::string name = AnyMonthName();
  const std::string sep = kSeparator;
  const std::string gap = "(?:ST|ND|RD|TH)?[-./,_' ]{0,2}";
  const std::string day = "(\\d{1,2})";
  const std::string year = "((?:1[89]|2[01])\\d\\d|\\d\\d)";
  const auto add = [&](Order order, const std::string& expression) {
    made->dates.push_back(std::unique_ptr<DatePattern>(new DatePattern{
        order, RE2(std::string("(").append(expression) + ")")}));
  };
  add(Order::kYearFirst,
      "\\b((?:1[89]|2[01])\\d\\d)" + sep + day + sep + "(\\d\\d?)");
  add(Order::kYearFirst, "\\b((?:19|20)\\d\\d)([01]\\d)([0-3]\\d)(?:\\D|$)");
  add(Order::kYearLast, "\\b(\\d\\d)(\\d\\d)((?:19|20)\\d\\d)(?:\\D|$)");
  add(Order::kYearLast, day + " ?[-./,_'] ?" + day + " ?[-./,_'] ?" + year);
  add(Order::kYearLast, "\\b" + day + " " + day + " ((?:19|20)\\d\\d)");
  add(Order::kDayNameYear, day + gap + name + gap + year);
  // Not a measured value after a word: "MAG 1.06".
  add(Order::kNameDayYear,
      name + gap + day + "(?:ST|ND|RD|TH)?(?:[-/,_' ]{1,2}|\\. )" + year);
  add(Order::kYearNameDay, "((?:19|20)\\d\\d)" + gap + name + gap + day);
  for (const char* expression : kPossibleDates) {
    made->possible_dates.push_back(std::unique_ptr<DatePattern>(
        new DatePattern{Order::kYearLast, RE2(expression)}));
  }
  for (size_t i = 0; i < kMonthNames.size(); ++i) {
    made->months[i] = std::make_unique<RE2>(MonthNames(i));
  }
  patterns_ = std::move(made);
}

DateFinder::~DateFinder() = default;

std::vector<FoundDate> DateFinder::Find(std::string_view folded) const {
  std::vector<FoundDate> found;
  const re2::StringPiece whole(folded.data(), folded.size());
  for (const auto& pattern : patterns_->dates) {
    re2::StringPiece rest = whole;
    re2::StringPiece all;
    std::string a, b, c;
    while (RE2::FindAndConsume(&rest, pattern->expression, &all, &a, &b, &c)) {
      std::vector<CalendarDate> meanings =
          patterns_->Meanings(pattern->order, a, b, c);
      const int begin = static_cast<int>(all.data() - whole.data());
      const int end = begin + static_cast<int>(all.size());
      if (!meanings.empty()) found.push_back({begin, end, std::move(meanings)});
    }
  }
  std::sort(
      found.begin(), found.end(),
      [](const FoundDate& x, const FoundDate& y) { return x.begin < y.begin; });
  return found;
}

std::vector<FoundDate> DateFinder::FindPossible(std::string_view folded) const {
  std::vector<FoundDate> found;
  const re2::StringPiece whole(folded.data(), folded.size());
  for (const auto& pattern : patterns_->possible_dates) {
    size_t start = 0;
    re2::StringPiece groups[4];  // all of it, and the three numbers
    while (pattern->expression.Match(whole, start, whole.size(),
                                     RE2::UNANCHORED, groups, 4)) {
      const size_t begin = groups[0].data() - whole.data();
      std::vector<CalendarDate> meanings =
          patterns_->Meanings(pattern->order, groups[1].as_string(),
                              groups[2].as_string(), groups[3].as_string());
      if (!meanings.empty()) {
        found.push_back({static_cast<int>(begin),
                         static_cast<int>(begin + groups[0].size()),
                         std::move(meanings)});
      }
      start = begin + 1;
    }
  }
  return found;
}

std::optional<CalendarDate> ParseDicomDate(std::string_view value) {
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) digits.push_back(c);
  }
  if (digits.size() < 8) return std::nullopt;
  const CalendarDate date{std::atoi(digits.substr(0, 4).c_str()),
                          std::atoi(digits.substr(4, 2).c_str()),
                          std::atoi(digits.substr(6, 2).c_str())};
  if (!IsDate(date)) return std::nullopt;
  return date;
}

std::vector<std::string> CompactSpellings(const CalendarDate& date) {
  const std::string year = std::to_string(date.year);
  const std::string month = TwoDigits(date.month);
  const std::string day = TwoDigits(date.day);
  const std::string name = kMonthLetters[date.month - 1];
  return {year + month + day, day + month + year, month + day + year,
          day + name + year,  name + day + year,  year + name + day};
}

}  // namespace burntin
