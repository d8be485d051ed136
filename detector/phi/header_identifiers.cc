#include "detector/phi/header_identifiers.h"

#include <algorithm>
#include <array>
#include <map>

namespace burntin {
namespace {

// What kind of fact an attribute holds.
enum class Kind {
  kPatientName,
  kStaffName,
  kIdentifier,
  kWeakIdentifier,  // often a small number that means nothing
  kBirthDate,
  kEventDate,
  kInstitution,
  kContact,
  kOther,
};

struct AttributeRow {
  std::string_view keyword;
  Kind kind;
};

// Keywords are those of DICOM PS3.6.
constexpr AttributeRow kAttributes[] = {
    {"PatientName", Kind::kPatientName},
    {"OtherPatientNames", Kind::kPatientName},
    {"PatientBirthName", Kind::kPatientName},
    {"PatientMotherBirthName", Kind::kPatientName},
    {"ReferringPhysicianName", Kind::kStaffName},
    {"PerformingPhysicianName", Kind::kStaffName},
    {"ScheduledPerformingPhysicianName", Kind::kStaffName},
    {"PhysiciansOfRecord", Kind::kStaffName},
    {"NameOfPhysiciansReadingStudy", Kind::kStaffName},
    {"RequestingPhysician", Kind::kStaffName},
    {"OperatorsName", Kind::kStaffName},
    {"PatientID", Kind::kIdentifier},
    {"OtherPatientIDs", Kind::kIdentifier},
    {"AccessionNumber", Kind::kIdentifier},
    {"AdmissionID", Kind::kIdentifier},
    {"StudyID", Kind::kWeakIdentifier},
    {"RequestedProcedureID", Kind::kWeakIdentifier},
    {"PatientBirthDate", Kind::kBirthDate},
    {"InstitutionName", Kind::kInstitution},
    {"InstitutionAddress", Kind::kInstitution},
    {"PatientAddress", Kind::kContact},
    {"PatientTelephoneNumbers", Kind::kContact},
};

// An attribute that the table lacks is judged by its name, so that a longer
// list of attributes in the reader is not lost here.
Kind KindOf(std::string_view keyword) {
  for (const AttributeRow& row : kAttributes) {
    if (row.keyword == keyword) return row.kind;
  }
  if (keyword.ends_with("Date")) return Kind::kEventDate;
  if (keyword.ends_with("Name")) return Kind::kStaffName;
  if (keyword.ends_with("ID") || keyword.ends_with("Number")) {
    return Kind::kWeakIdentifier;
  }
  return Kind::kOther;
}

constexpr double kFullNameScore = 0.98;
constexpr double kNamePartScore = 0.93;
constexpr double kShortNamePartScore = 0.7;
constexpr double kStaffNameScore = 0.85;
constexpr double kIdentifierScore = 0.97;
constexpr double kShortIdentifierScore = 0.92;
// Two or three characters, which occur by chance as well.
constexpr double kTinyIdentifierScore = 0.7;
constexpr double kBirthDateScore = 0.95;
constexpr double kEventDateScore = 0.7;
constexpr double kInstitutionScore = 0.7;
constexpr double kOtherScore = 0.7;

// The shortest terms that may be found with errors, and within other words.
constexpr size_t kShortestTolerant = 4;
// The shortest identifier that is looked for, as a whole word.
constexpr size_t kShortestIdentifier = 2;
constexpr size_t kShortestAnywhere = 6;
// A header may be made to be slow: what exceeds these bounds gives no terms.
// The longest person name has three groups of 64 characters (PS3.5 table
// 6.2-1), each of up to four bytes.
constexpr size_t kLongestValue = 768;  // bytes
constexpr size_t kMostPartsPaired = 8;
constexpr int kMostValues = 64;  // of one attribute
// The components of a person name that no particle is taken from whole: the
// family name and the given name.
constexpr int kEssentialComponents = 2;
// One error is forgiven for so many letters of a name.
constexpr double kLettersPerError = 4.5;
// Two look-alikes: all that is forgiven in dates, which differ by little from
// day to day, and in short identifiers.
constexpr double kLookalikeSlack = 0.5;

constexpr std::array<std::string_view, 34> kPlaceholders = {
    "ANON",    "ANONYM",  "ANONYMOUS", "ANONYMIZED",   "ANONYMISED",
    "UNKNOWN", "UNK",     "NONE",      "NULL",         "NA",
    "NAME",    "NONAME",  "NOID",      "TEST",         "PATIENT",
    "PHANTOM", "DUMMY",   "REMOVED",   "DEIDENTIFIED", "DELETED",
    "SAMPLE",  "DEFAULT", "UNDEFINED", "UNSPECIFIED",  "XXX",
    "ZZZ",     "CASE",    "SUBJECT",   "STUDY",        "QC",
    "DEMO",    "EMPTY",   "REDACTED",  "UNNAMED"};

// Words in names that many people share or that are titles.
constexpr std::array<std::string_view, 37> kNameParticles = {
    "DR",  "MR",  "MRS", "MS",  "MISS", "PROF", "SIR", "JR",  "SR",  "II",
    "III", "IV",  "PHD", "MD",  "MSC",  "RN",   "RT",  "DO",  "VAN", "VON",
    "DER", "DEN", "DE",  "DEL", "DI",   "DA",   "DOS", "DAS", "LA",  "LE",
    "LES", "EL",  "AL",  "BIN", "IBN",  "TEN",  "THE"};

// Words that many institutions share.
constexpr std::array<std::string_view, 40> kInstitutionWords = {
    "HOSPITAL",   "HOPITAL",    "OSPEDALE",   "KRANKENHAUS", "KLINIK",
    "KLINIKUM",   "CLINIC",     "CLINICAL",   "CLINIQUE",    "CLINICA",
    "CENTER",     "CENTRE",     "CENTRO",     "MEDICAL",     "MEDICINE",
    "HEALTH",     "HEALTHCARE", "UNIVERSITY", "UNIVERSITE",  "UNIVERSIDAD",
    "RADIOLOGY",  "RADIOLOGIE", "RADIOLOGIA", "IMAGING",     "DIAGNOSTIC",
    "DEPARTMENT", "INSTITUTE",  "INSTITUT",   "SAINT",       "GENERAL",
    "REGIONAL",   "NATIONAL",   "CHILDREN",   "CHILDRENS",   "COUNTY",
    "STREET",     "ROAD",       "AVENUE",     "PRACTICE",    "GROUP"};

template <typename Words>
bool Contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> Split(std::string_view folded,
                               std::string_view separators) {
  std::vector<std::string> words;
  size_t begin = 0;
  while (begin <= folded.size()) {
    const size_t end =
        std::min(folded.find_first_of(separators, begin), folded.size());
    std::string word = Compact(folded.substr(begin, end - begin));
    if (!word.empty()) words.push_back(std::move(word));
    begin = end + 1;
  }
  return words;
}

// `value` cut, between two characters, to a length that may give terms.
std::string Shortened(const std::string& value) {
  size_t length = std::min(value.size(), kLongestValue);
  const auto continues = [&](size_t i) {
    return (static_cast<unsigned char>(value[i]) & 0xc0) == 0x80;
  };
  while (length > 0 && length < value.size() && continues(length)) --length;
  return value.substr(0, length);
}

// The words of one group of a person name without titles and particles. Those
// stay where a family or a given name has nothing else, as in "LE^VAN".
std::vector<std::string> NameParts(std::string_view group) {
  std::vector<std::string> parts;
  int component = 0;
  size_t begin = 0;
  while (begin <= group.size()) {
    const size_t end = std::min(group.find('^', begin), group.size());
    std::vector<std::string> words =
        Split(group.substr(begin, end - begin), " ,.;/\\-_()[]");
    std::erase_if(words, IsPlaceholder);
    const bool only_particles = std::all_of(
        words.begin(), words.end(),
        [](const std::string& word) { return Contains(kNameParticles, word); });
    if (!only_particles || component >= kEssentialComponents) {
      std::erase_if(words, [](const std::string& word) {
        return Contains(kNameParticles, word);
      });
    }
    parts.insert(parts.end(), words.begin(), words.end());
    begin = end + 1;
    ++component;
  }
  return parts;
}

double NameLimit(size_t length) {
  return length < kShortestTolerant
             ? 0
             : static_cast<double>(length) / kLettersPerError;
}

Placement NamePlacement(size_t length) {
  if (length < kShortestTolerant) return Placement::kWholeWord;
  return length < kShortestAnywhere ? Placement::kWord : Placement::kAnywhere;
}

double IdentifierLimit(size_t length) {
  if (length < kShortestAnywhere) return kLookalikeSlack;
  return length < 10 ? 1 : 2;
}

// Collects the terms of one header.
class TermCollector {
 public:
  explicit TermCollector(const TextFolder& folder) : folder_(folder) {}

  void Add(const Identifier& identifier) {
    attribute_ = identifier.keyword;
    if (++values_[attribute_] > kMostValues) return;
    const std::string value = Shortened(identifier.value.Reveal());
    const std::string folded = folder_.Fold(value);
    if (IsPlaceholder(Compact(folded))) return;
    const Kind kind = KindOf(identifier.keyword);
    AddFolded(kind, value, folded);
    const std::string two_letters = folder_.FoldUmlautsToTwoLetters(value);
    if (two_letters != folded) AddFolded(kind, value, two_letters);
  }

  HeaderTerms Take() { return std::move(out_); }

 private:
  void AddFolded(Kind kind, std::string_view value, std::string_view folded) {
    switch (kind) {
      case Kind::kPatientName:
        return AddNames(folded, kNamePartScore, kFullNameScore);
      case Kind::kStaffName:
        return AddNames(folded, kStaffNameScore, kStaffNameScore);
      case Kind::kIdentifier:
        return AddIdentifier(folded, /*shortest=*/kShortestIdentifier);
      case Kind::kWeakIdentifier:
        return AddIdentifier(folded, /*shortest=*/kShortestAnywhere);
      case Kind::kBirthDate:
        return AddDate(value, kBirthDateScore);
      case Kind::kEventDate:
        return AddDate(value, kEventDateScore);
      case Kind::kInstitution:
        return AddPhrase(folded, Category::kInstitution, kInstitutionScore);
      case Kind::kContact:
        return AddPhrase(folded, Category::kContact, kNamePartScore);
      case Kind::kOther:
        return AddPhrase(folded, Category::kOther, kOtherScore);
    }
  }

  void AddTerm(std::string characters, Placement placement, double limit,
               Category category, double score, int name = -1) {
    out_.terms.push_back({std::move(characters), placement, limit, category,
                          score, attribute_, name});
  }

  // A DICOM person name: alphabetic, ideographic and phonetic groups parted
  // by '=', components of each by '^' (PS3.5 section 6.2).
  void AddNames(std::string_view folded, double part_score, double full_score) {
    size_t begin = 0;
    while (begin <= folded.size()) {
      const size_t end = std::min(folded.find('=', begin), folded.size());
      AddName(folded.substr(begin, end - begin), part_score, full_score);
      begin = end + 1;
    }
  }

  void AddName(std::string_view group, double part_score, double full_score) {
    const std::vector<std::string> parts = NameParts(group);
    const int name = names_++;
    for (const std::string& part : parts) AddNamePart(part, part_score, name);
    const size_t paired = std::min(parts.size(), kMostPartsPaired);
    for (size_t i = 0; i < paired; ++i) {
      for (size_t j = 0; j < paired; ++j) {
        if (i != j) AddNamePair(parts[i], parts[j], full_score);
      }
    }
  }

  void AddNamePart(const std::string& part, double score, int name) {
    if (part.size() < 2) return;
    const bool is_short = part.size() < kShortestTolerant;
    AddTerm(part, NamePlacement(part.size()), NameLimit(part.size()),
            Category::kPersonName,
            is_short ? std::min(score, kShortNamePartScore) : score, name);
  }

  // Two parts without a blank between, and one part with the other's initial.
  void AddNamePair(const std::string& first, const std::string& second,
                   double score) {
    const std::string both = first + second;
    if (first.size() > 1 && second.size() > 1) {
      AddTerm(both, NamePlacement(both.size()), NameLimit(both.size()),
              Category::kPersonName, score);
    }
    if (first.size() < 3 || second.empty()) return;
    for (const std::string& initialled :
         {first + second[0], second[0] + first}) {
      AddTerm(initialled, Placement::kWholeWord, 0, Category::kPersonName,
              score);
    }
  }

  void AddIdentifier(std::string_view folded, size_t shortest) {
    const std::string compact = Compact(folded);
    if (compact.size() < shortest) return;
    if (compact.size() < kShortestTolerant) {
      return AddTerm(compact, Placement::kWholeWord, 0, Category::kIdentifier,
                     kTinyIdentifierScore);
    }
    const bool is_short = compact.size() < kShortestAnywhere;
    AddTerm(compact, is_short ? Placement::kWord : Placement::kAnywhere,
            IdentifierLimit(compact.size()), Category::kIdentifier,
            is_short ? kShortIdentifierScore : kIdentifierScore);
    const std::string without_zeros = compact.substr(
        std::min(compact.find_first_not_of('0'), compact.size()));
    if (without_zeros.size() < compact.size() &&
        without_zeros.size() >= kShortestAnywhere) {
      AddTerm(without_zeros, Placement::kAnywhere,
              IdentifierLimit(without_zeros.size()), Category::kIdentifier,
              kIdentifierScore);
    }
  }

  void AddDate(std::string_view value, double score) {
    const std::optional<CalendarDate> date = ParseDicomDate(value);
    if (!date) return;
    out_.dates.push_back({*date, score, attribute_});
    for (std::string& spelling : CompactSpellings(*date)) {
      AddTerm(std::move(spelling), Placement::kAnywhere, kLookalikeSlack,
              Category::kDate, score);
    }
  }

  // A phrase as a whole, and those of its words that are rare and long.
  void AddPhrase(std::string_view folded, Category category, double score) {
    const std::string compact = Compact(folded);
    if (compact.size() < kShortestTolerant) return;
    AddTerm(compact, NamePlacement(compact.size()), NameLimit(compact.size()),
            category, score);
    for (std::string& word : Split(folded, " ,.;:/\\-_()[]^")) {
      if (word.size() < kShortestAnywhere ||
          Contains(kInstitutionWords, word)) {
        continue;
      }
      AddTerm(std::move(word), Placement::kWord, kLookalikeSlack, category,
              std::min(score, kOtherScore));
    }
  }

  const TextFolder& folder_;
  std::string attribute_;
  std::map<std::string, int> values_;  // seen so far, of each attribute
  int names_ = 0;
  HeaderTerms out_;
};

}  // namespace

HeaderTerms TermsOf(const Header& header, const TextFolder& folder) {
  TermCollector collector(folder);
  for (const Identifier& identifier : header.identifiers) {
    collector.Add(identifier);
  }
  return collector.Take();
}

bool IsPlaceholder(std::string_view compact) {
  if (compact.empty() || Contains(kPlaceholders, compact)) return true;
  if (compact.find_first_not_of(compact[0]) != std::string_view::npos) {
    return false;
  }
  return compact[0] == '0' || compact[0] == 'X' || compact[0] == '9';
}

}  // namespace burntin
