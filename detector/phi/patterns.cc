#include "detector/phi/patterns.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/phi/field_labels.h"
#include "detector/phi/name_shapes.h"
#include "detector/phi/national_numbers.h"
#include "detector/phi/normalize.h"
#include "detector/phi/person_names.h"
#include "re2/re2.h"

namespace burntin {
namespace {

// A name that holds a text, but names nobody.
constexpr double kWeakNameScore = 0.65;

// What must hold of a pattern's first group besides its shape.
enum class Check {
  kNone,
  kNotBenign,  // not made of harmless words
  kNotPreset,  // the same, whatever a site adds to those
  kNumber,     // `digits` digits at least, not a date, not a fraction
  kTown,       // its longer words are not all harmless, nor a number's end
};

struct PatternRow {
  const char* expression;  // one group: the value
  Category category;
  double score;
  Check check = Check::kNone;
  int digits = 0;
};

// In an expression below, stands for `kDateValue`.
constexpr std::string_view kDatePlace = "<date>";
// What may stand for a date after its label: digits and what they are misread
// as, or a month's name between numbers.
constexpr char kDateValue[] =
    R"((\d{1,2}[. -]{0,2}[A-Z]{3,9}[. -]{0,2}\d{2,4}|)"
    R"([A-Z]{3,9} ?\d{1,2},? ?\d{4}|\d{1,2} \d{1,2} \d{2,4}|)"
    R"([\dOILSBZ][\dOILSBZ./-]{3,}[\dOILSBZ]))";

// Labels that FieldLabels does not find, for other letters or digits touch
// them, and the shapes that need no label.
constexpr PatternRow kRows[] = {
    // Labelled names.
    {R"(NAME ?[:=] ?([A-Z~][A-Z~.,'^ -]*[A-Z~]))", Category::kPersonName, 0.85,
     Check::kNotPreset},
    {R"(\b(?:DR\.|DR\. MED\.|PROF\.|MRS\.?|HERR|FRAU|MME\.?|MLLE\.?|)"
     R"(SRA\.|DOTT\.|DRA\.) ?([A-Z~'-]{3,}))",
     Category::kPersonName, 0.8, Check::kNotPreset},
    // Names in the shapes that machines print.
    {R"(([A-Z~'-]{2,}\^+[A-Z~'-]+))", Category::kPersonName, 0.85},
    {R"(([A-Z~'-]{2,}[ ,]+[A-Z~'. -]{2,}) ?[\[(](?:M|F|O|MALE|FEMALE)[\])])",
     Category::kPersonName, 0.85, Check::kNotBenign},
    {R"(\b([A-Z~][A-Z~'-]+ ?, ?[A-Z~][A-Z~'-]+)\b)", Category::kPersonName,
     0.75, Check::kNotBenign},
    // Labelled dates of birth.
    {R"((?:BIRTH ?DATE|DATE ?OF ?BIRTH|\bD\.?O\.?B\b\.?|\bBORN\b|BIRTH)[ .:=#]*<date>)",
     Category::kDate, 0.85},
    {R"(\b[DO0][O0][B8] ?[:.=]? ?<date>)", Category::kDate, 0.85},
    {R"(\b(?:GEB(?:\.|OREN)?|GEBURTSDATUM|NAISSANCE|NEE? LE|NACIMIENTO|)"
     R"(NASCIMENTO|NASCITA|FODD|FODT|DOGUM))"
     R"([ .:=#]*(?:AM |LE )?<date>)",
     Category::kDate, 0.85},
    // Ages: 045Y, 62 YRS, 62 ANS.
    {R"(\b(0\d\dY|1[01]\dY)\b)", Category::kDate, 0.6},
    {R"(\b((?:1[01])?\d{1,2} ?(?:YEARS?|YRS?|Y/?O|YO|ANS|JAHRE|ANOS|ANNI|)"
     R"(JAAR|VUOTTA|VUOTIAS|LET|ROKU|EVES|YAS)(?:[ -]OLD)?)\b)",
     Category::kDate, 0.6},
    // Labelled identifiers.
    {R"((?:PATIENT(?:'?S)?[ .-]*(?:ID|NO|NR|NUMBER)|\bPAT[ .-]*(?:ID|NO|NR)|)"
     R"(\bPID|\bMRN|\bMR ?#|\bMED(?:ICAL)? ?REC(?:ORD)?|\bACC(?:ESSION)?|)"
     R"(\bNHC|\bSSN|\bNHS|\bFALLNR|\bPATNR|\bCASE|\bVISIT|\bI\.?D)\.?)"
     R"((?: ?(?:NO|NUMBER|NUM|NR|ID))?[ .:=#]*([A-Z~]{0,4}[ -]?\d[\dA-Z~/-]{2,}))",
     Category::kIdentifier, 0.85, Check::kNumber, 3},
    // Numbers in the shape of identifiers.
    {R"((\d{7,}))", Category::kIdentifier, 0.8, Check::kNumber, 7},
    {R"((\d{6})(?:\D|$))", Category::kIdentifier, 0.7, Check::kNumber, 6},
    {R"((\d{2,}(?:-\d+)+))", Category::kIdentifier, 0.8, Check::kNumber, 7},
    {R"(([A-Z~]{1,4}-?\d{5,}(?:-\d+)*))", Category::kIdentifier, 0.8,
     Check::kNumber, 5},
    {R"((\d{5,}[A-Z~]+\d*))", Category::kIdentifier, 0.8, Check::kNumber, 5},
    // Ways to reach a person.
    {R"(([A-Z\d._%+-]+@[A-Z\d.-]+\.[A-Z]{2,}))", Category::kContact, 0.85},
    {R"(\b((?:HTTPS?://|WWW\.)[A-Z\d.-]+\.[A-Z]{2,}))", Category::kContact,
     0.7},
    {R"(\b(?:TEL|PHONE|FAX|FON|TELEFON|TELEFONO|MOBILE)[ .:#]*)"
     R"(([+(]?\d[\d ()./-]{5,}))",
     Category::kContact, 0.85},
    {R"((\(\d{3}\) ?\d{3}[ -]?\d{4}))", Category::kContact, 0.85},
    {R"(\b(\d{3}[-.]\d{3}[-.]\d{4})\b)", Category::kContact, 0.85},
    // ITU-T E.123: the country's code after a plus sign, or 00.
    {R"((\+\d{1,3}[ -]?\(?\d[\d ()/.-]{6,}))", Category::kContact, 0.85},
    {R"(\b(00\d{2,3}[ -]\(?\d[\d ()/.-]{6,}))", Category::kContact, 0.85},
    // The code of the town, a slash or brackets, and the number.
    {R"(\b(0\d{2,5} ?/ ?\d{4,}|\(0\d{1,5}\) ?\d{4,}))", Category::kContact,
     0.85},
    // France writes five pairs.
    {R"(\b(0[1-9](?:\.\d\d){4}|0[1-9](?: \d\d){4})\b)", Category::kContact,
     0.85},
    // Towns with their postcode: the shapes are those of the Universal Postal
    // Union's addressing guides.
    {R"(\b((?:[A-Z]{1,3}-)?\d{4,5} [A-Z~]{4,})\b)", Category::kContact, 0.6,
     Check::kTown},
    {R"(\b(\d{4} ?[A-Z]{2} [A-Z~]{4,})\b)", Category::kContact, 0.6,
     Check::kTown},
    {R"(\b(\d{2}-\d{3} [A-Z~]{4,}|\d{4}-\d{3} [A-Z~]{4,})\b)",
     Category::kContact, 0.7, Check::kTown},
    {R"(\b([A-Z~]{3,},? [A-Z]{2},? \d{5}(?:-\d{4})?)\b)", Category::kContact,
     0.7, Check::kTown},
    {R"(\b([A-Z~]{4,},? [A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? )"
     R"(\d[ABD-HJLNP-UW-Z]{2})\b)",
     Category::kContact, 0.7, Check::kTown},
    {R"(\b([A-Z~]{4,},? [A-CEGHJ-NPR-TVXY]\d[A-Z] \d[A-Z]\d)\b)",
     Category::kContact, 0.7, Check::kTown},
    // Streets.
    {R"(\b(\d{1,5} [A-Z~' ]{3,}? (?:STREET|ROAD|AVENUE|AVE|LANE|DRIVE|BLVD|)"
     R"(BOULEVARD|SQUARE|TERRACE|CRESCENT|CLOSE|RD))\b)",
     Category::kContact, 0.75},
    {R"(([A-Z~-]{3,}(?:STRASSE|STR\.|STRAAT|GASSE|WEG|GATAN|VEJ|VEIEN|KATU) ?)"
     R"(\d{1,4}))",
     Category::kContact, 0.75},
    {R"(\b((?:RUE|CALLE|C/|VIA|PIAZZA|PLAZA|AVENIDA|RUA|UL\.|ULICA) )"
     R"([A-Z~' ]{3,},? \d{1,4})\b)",
     Category::kContact, 0.75},
    // Places that look after people.
    {R"(((?:HOSPITAL|HOSPICE|HOPITAL|HOPITAUX|OSPEDAL|KRANKENHAUS|KLINIK|)"
     R"(KLINIEK|KLINIKA|CLINIC|CLINIQUE|CLINICA|POLIKLIN|POLICLIN|SPITAL|)"
     R"(SZPITAL|SYKEHUS|SJUKHUS|SYGEHUS|SAIRAALA|ZIEKENHUIS|GASTHUIS|NEMOCNI|)"
     R"(KORHAZ|HASTANE|BOLNIC|BOL'NIC|BOLNISN|NOSOKOMEIO|UNIVERSIT|INFIRMARY|)"
     R"(\bHOSP\b|\bMED(?:ICAL)? ?(?:CTR|CENTER|CENTRE)|\bCENTRE HOSP))"
     R"([A-Z~]*))",
     Category::kInstitution, 0.6},
    {R"(\b((?:DEPARTMENT|DEPT\.?|INSTITUT|ABTEILUNG|SERVICE) )"
     R"((?:OF|FUR|FUER|DE|D') ?[A-Z~]{4,}))",
     Category::kInstitution, 0.6},
    {R"(\b((?:NHS|HEALTH ?CARE|HEALTH) (?:TRUST|SYSTEM|CENTER|CENTRE|BOARD)|)"
     R"(IMAGING (?:CENTER|CENTRE)|(?:RADIOLOG|CARDIOLOG|KARDIOLOG)[A-Z]{1,3}|)"
     R"(MEDICAL GROUP|GEMEINSCHAFTSPRAXIS|PRAXIS|CABINET DE|CHR?U\b))",
     Category::kInstitution, 0.6},
};

int CountDigits(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), IsDigit));
}

// Whether the text from `begin` on is what follows a decimal point, or the
// middle of a longer number.
bool ContinuesNumber(std::string_view text, size_t begin) {
  if (begin == 0 || !IsDigit(text[begin])) return false;
  if (IsDigit(text[begin - 1])) return true;
  return begin > 1 && text[begin - 1] == '.' && IsDigit(text[begin - 2]);
}

bool IsWholeDate(std::string_view value, const DateFinder& dates) {
  for (const FoundDate& date : dates.Find(value)) {
    if (date.begin == 0 && date.end == static_cast<int>(value.size())) {
      return true;
    }
  }
  return false;
}

// Whether words of three letters or more are there and not all harmless.
bool HasTown(std::string_view value, const BenignVocabulary& vocabulary) {
  size_t begin = 0;
  while (begin < value.size()) {
    size_t end = begin;
    while (end < value.size() && IsLetter(value[end])) ++end;
    if (end - begin >= 3 &&
        !vocabulary.HasWord(value.substr(begin, end - begin))) {
      return true;
    }
    begin = std::max(end, begin + 1);
  }
  return false;
}

}  // namespace

struct PatternFinder::Patterns {
  std::vector<std::unique_ptr<RE2>> expressions;  // of each row
  FieldLabels labels{BuiltInFieldLabels()};
  PersonNames names{BuiltInPersonNames()};
  BenignVocabulary built_in{BuiltInBenignVocabulary()};
};

PatternFinder::PatternFinder() {
  auto made = std::make_unique<Patterns>();
  for (const PatternRow& row : kRows) {
    std::string expression = row.expression;
    const size_t place = expression.find(kDatePlace);
    if (place != std::string::npos) {
      expression.replace(place, kDatePlace.size(), kDateValue);
    }
    made->expressions.push_back(std::make_unique<RE2>(expression));
  }
  patterns_ = std::move(made);
}

PatternFinder::~PatternFinder() = default;

std::vector<Evidence> PatternFinder::Find(std::string_view folded,
                                          const BenignVocabulary& vocabulary,
                                          const DateFinder& dates) const {
  std::vector<Evidence> evidence;
  const re2::StringPiece whole(folded.data(), folded.size());
  const auto holds = [&](const PatternRow& row, std::string_view value) {
    switch (row.check) {
      case Check::kNone:
        return true;
      case Check::kNotBenign:
        return !vocabulary.CoversWords(value);
      case Check::kNotPreset:
        return !patterns_->built_in.CoversWords(value);
      case Check::kNumber:
        return CountDigits(value) >= row.digits &&
               !ContinuesNumber(folded, value.data() - folded.data()) &&
               (row.category == Category::kDate || !IsWholeDate(value, dates));
      case Check::kTown:
        return HasTown(value, vocabulary) &&
               !ContinuesNumber(folded, value.data() - folded.data());
    }
    return true;
  };
  for (size_t i = 0; i < std::size(kRows); ++i) {
    re2::StringPiece rest = whole;
    re2::StringPiece value;
    while (RE2::FindAndConsume(&rest, *patterns_->expressions[i], &value)) {
      if (!holds(kRows[i], {value.data(), value.size()})) continue;
      const int begin = static_cast<int>(value.data() - whole.data());
      evidence.push_back({kRows[i].category, kRows[i].score, "", begin,
                          begin + static_cast<int>(value.size())});
    }
  }
  const auto append = [&](std::vector<Evidence> more, SignKind kind) {
    for (Evidence& one : more) {
      one.kind = kind;
      evidence.push_back(std::move(one));
    }
  };
  append(patterns_->labels.Find(folded, patterns_->built_in, vocabulary),
         SignKind::kField);
  append(patterns_->names.Find(folded, vocabulary), SignKind::kListedName);
  append(FindNameShapes(folded, vocabulary), SignKind::kShape);
  append(FindNationalNumbers(folded), SignKind::kNationalNumber);
  return evidence;
}

std::vector<Evidence> PatternFinder::FindFullNames(
    std::string_view folded, const BenignVocabulary& vocabulary) const {
  std::vector<Evidence> evidence = patterns_->names.Find(folded, vocabulary);
  std::erase_if(evidence, [&](const Evidence& one) {
    const std::string_view text = folded.substr(one.begin, one.end - one.begin);
    return std::all_of(text.begin(), text.end(), IsWordCharacter);
  });
  for (Evidence& one : evidence) {
    one.kind = SignKind::kListedName;
    one.score = std::min(one.score, kWeakNameScore);
  }
  return evidence;
}

const BenignVocabulary& PatternFinder::built_in() const {
  return patterns_->built_in;
}

bool PatternFinder::KnowsName(std::string_view letters) const {
  return patterns_->names.Has(letters);
}

}  // namespace burntin
