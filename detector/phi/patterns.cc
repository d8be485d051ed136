#include "detector/phi/patterns.h"

#include <algorithm>
#include <string>

#include "detector/phi/normalize.h"
#include "re2/re2.h"

namespace burntin {
namespace {

// What must hold of a pattern's first group besides its shape.
enum class Check {
  kNone,
  kNotBenign,  // not made of harmless words
  kNumber,     // `digits` digits at least, not a date, not a fraction
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

// Labels are followed by a value, with or without the blanks that recognisers
// lose. The languages are English, German, French, Spanish, Italian,
// Portuguese and Dutch.
constexpr PatternRow kRows[] = {
    // Labelled names.
    {R"(NAME ?[:=] ?([A-Z~][A-Z~.,'^ -]*[A-Z~]))", Category::kPersonName, 0.85,
     Check::kNotBenign},
    {R"(PATIENT(?:'?S)? ?NAME[ .:=#]*([A-Z~][A-Z~.,'^ -]*[A-Z~]))",
     Category::kPersonName, 0.85, Check::kNotBenign},
    {R"(\b(?:NOM|PRENOM|NOMBRE|NOME|COGNOME|APELLIDOS?|NAAM|VORNAME|NACHNAME))"
     R"( ?[:=] ?([A-Z~][A-Z~.,'^ -]*[A-Z~]))",
     Category::kPersonName, 0.85, Check::kNotBenign},
    {R"(\b(?:PATIENT|PATIENTIN|PACIENTE|PAZIENTE|PAT|PT)\.? ?[:=] ?)"
     R"(([A-Z~][A-Z~.,'^ -]*[A-Z~]))",
     Category::kPersonName, 0.85, Check::kNotBenign},
    {R"(\b(?:DR\.|DR\. MED\.|MRS\.?|HERR|FRAU|MME\.?|SRA\.) ?([A-Z~'-]{3,}))",
     Category::kPersonName, 0.8, Check::kNotBenign},
    {R"((?:PHYSICIAN|RADIOLOGIST|SONOGRAPHER|OPERATOR|REF\.? ?DR|ARZT|MEDECIN))"
     R"( ?[:=.] ?([A-Z~'^., -]{3,}))",
     Category::kPersonName, 0.8, Check::kNotBenign},
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
    {R"(\b(?:GEB(?:\.|OREN)?|GEBURTSDATUM|GEB\.?-?DAT\.?|NAISSANCE|NEE? LE|)"
     R"(F\.? ?NAC\.?|NACIMIENTO|NASCIMENTO|NASCITA|NATO IL|NATA IL))"
     R"([ .:=#]*(?:AM |LE )?<date>)",
     Category::kDate, 0.85},
    // Labelled identifiers.
    {R"((?:PATIENT(?:'?S)?[ .-]*(?:ID|NO|NR|NUMBER)|\bPAT[ .-]*(?:ID|NO|NR)|)"
     R"(\bPID|\bMRN|\bMR ?#|\bMED(?:ICAL)? ?REC(?:ORD)?|\bACC(?:ESSION)?|)"
     R"(\bNHC|\bSSN|\bNHS|\bFALLNR|\bPATNR|\bCASE|\bVISIT|\bI\.?D)\.?)"
     R"((?: ?(?:NO|NUMBER|NUM|NR|ID))?[ .:=#]*([A-Z~]{0,4}[ -]?\d[\dA-Z~/-]{2,}))",
     Category::kIdentifier, 0.85, Check::kNumber, 3},
    {R"((?:\bACC(?:ESSION)?(?: ?(?:NO|NUMBER))? ?[:#=]+ ?|\bMRN ?[:#=]+ ?|)"
     R"(\bPID ?[:#=]+ ?|PATIENT ?ID ?[:#=]+ ?)([A-Z\d~-]{4,}))",
     Category::kIdentifier, 0.8},
    // Numbers in the shape of identifiers.
    {R"((\d{7,}))", Category::kIdentifier, 0.8, Check::kNumber, 7},
    {R"((\d{6})(?:\D|$))", Category::kIdentifier, 0.7, Check::kNumber, 6},
    {R"((\d{2,}(?:-\d+)+))", Category::kIdentifier, 0.8, Check::kNumber, 7},
    {R"(([A-Z~]{1,4}-?\d{5,}(?:-\d+)*))", Category::kIdentifier, 0.8,
     Check::kNumber, 5},
    {R"((\d{5,}[A-Z~]+\d*))", Category::kIdentifier, 0.8, Check::kNumber, 5},
    // Ways to reach a person.
    {R"(([A-Z\d._%+-]+@[A-Z\d.-]+\.[A-Z]{2,}))", Category::kContact, 0.85},
    {R"(\b(?:TEL|PHONE|FAX|FON|TELEFON|TELEFONO|MOBILE)[ .:#]*)"
     R"(([+(]?\d[\d ()./-]{5,}))",
     Category::kContact, 0.85},
    {R"((\(\d{3}\) ?\d{3}[ -]?\d{4}))", Category::kContact, 0.85},
    {R"(\b(\d{3}[-.]\d{3}[-.]\d{4})\b)", Category::kContact, 0.85},
    {R"((\+\d{1,3}[ -]\(?\d[\d ()-]{6,}))", Category::kContact, 0.85},
    // Places that look after people.
    {R"(((?:HOSPITAL|HOPITAL|OSPEDALE|KRANKENHAUS|KLINIK|CLINIC|CLINIQUE|)"
     R"(CLINICA|\bMED(?:ICAL)? ?(?:CTR|CENTER|CENTRE)|UNIVERSIT|INFIRMARY)))",
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

// Whether words parted by anything but letters are all harmless.
bool IsBenign(std::string_view value, const BenignVocabulary& vocabulary) {
  std::string words(value);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return !IsWordCharacter(c); },
      ' ');
  return vocabulary.Covers(words);
}

}  // namespace

struct PatternFinder::Patterns {
  std::vector<std::unique_ptr<RE2>> expressions;  // of each row
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
        return !IsBenign(value, vocabulary);
      case Check::kNumber:
        return CountDigits(value) >= row.digits &&
               !ContinuesNumber(folded, value.data() - folded.data()) &&
               (row.category == Category::kDate || !IsWholeDate(value, dates));
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
  return evidence;
}

}  // namespace burntin
