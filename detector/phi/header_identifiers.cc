#include "detector/phi/header_identifiers.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "detector/base/identifying_attributes.h"
#include "detector/phi/ages.h"
#include "detector/phi/name_words.h"
#include "detector/phi/person_name_terms.h"

namespace burntin {
namespace {

// How much a find says, before chance is taken into account.
constexpr double kFullNameScore = 0.98;
constexpr double kNamePartScore = 0.93;
constexpr double kShortNamePartScore = 0.7;
constexpr double kStaffNameScore = 0.85;
constexpr double kIdentifierScore = 0.97;
constexpr double kShortIdentifierScore = 0.92;
// Two or three characters, which occur by chance as well.
constexpr double kTinyIdentifierScore = 0.7;
constexpr double kDeviceScore = 0.6;
constexpr double kBirthDateScore = 0.95;
constexpr double kEventDateScore = 0.7;
constexpr double kAgeScore = 0.5;
constexpr double kContactScore = 0.93;
constexpr double kInstitutionScore = 0.7;
constexpr double kStationScore = 0.6;
constexpr double kOtherScore = 0.7;

// The shortest terms that may be found with errors, and within other words.
constexpr size_t kShortestTolerant = 4;
// The shortest identifier that is looked for, as a whole word.
constexpr size_t kShortestIdentifier = 2;
constexpr size_t kShortestAnywhere = 6;
// The longest person name has three groups of 64 characters (PS3.5 table
// 6.2-1), each of up to four bytes; no identifier is longer.
constexpr size_t kLongestValue = 768;  // bytes
// Days and birth dates that ages are made of.
constexpr size_t kMostDaysForAges = 4;
// One error is forgiven for so many letters of a name.
constexpr double kLettersPerError = 4.5;
// Two look-alikes: all that is forgiven in dates, which differ by little from
// day to day, and in short identifiers.
constexpr double kLookalikeSlack = 0.5;
// The end of a telephone number, which is the same with and without the
// prefixes of a country.
constexpr size_t kSubscriberDigits = 8;
// Hours, minutes and seconds of a DICOM TM value.
constexpr size_t kTimeDigits = 6;

// `value` cut, between two characters, to a length that may give terms.
std::string Shortened(const std::string& value) {
  size_t length = std::min(value.size(), kLongestValue);
  const auto continues = [&](size_t i) {
    return (static_cast<unsigned char>(value[i]) & 0xc0) == 0x80;
  };
  while (length > 0 && length < value.size() && continues(length)) --length;
  return value.substr(0, length);
}

// Whether a value is running text, whose words are looked for as well.
bool IsProse(IdentifierKind kind) {
  return kind == IdentifierKind::kInstitution ||
         kind == IdentifierKind::kStation || kind == IdentifierKind::kContact ||
         kind == IdentifierKind::kOther;
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
    if (is_full_) return;
    attribute_ = identifier.keyword;
    const IdentifierKind kind = KindOfAttribute(identifier.keyword);
    const std::string& whole = identifier.value.Reveal();
    const std::string value = Shortened(whole);
    if (value.size() < whole.size()) {
      if (IsProse(kind)) {
        AddProse(whole, kind);
      } else {
        out_.is_complete = false;
      }
    }
    const std::vector<std::string> spellings = folder_.Spellings(value);
    if (IsPlaceholder(Compact(spellings.front()))) return;
    for (const std::string& folded : spellings) {
      AddFolded(kind, value, folded);
    }
  }

  HeaderTerms Take() {
    AddAgesOfDates();
    return std::move(out_);
  }

 private:
  void AddFolded(IdentifierKind kind, std::string_view value,
                 std::string_view folded) {
    switch (kind) {
      case IdentifierKind::kPatientName:
        return AddNames(folded, kNamePartScore, kFullNameScore);
      case IdentifierKind::kStaffName:
        return AddNames(folded, kStaffNameScore, kStaffNameScore);
      case IdentifierKind::kIdentifier:
        return AddIdentifier(folded, kShortestIdentifier, /*most=*/1);
      case IdentifierKind::kWeakIdentifier:
        return AddIdentifier(folded, kShortestAnywhere, /*most=*/1);
      case IdentifierKind::kDeviceIdentifier:
        return AddIdentifier(folded, kShortestAnywhere, kDeviceScore);
      case IdentifierKind::kBirthDate:
        return AddDate(value, kBirthDateScore, births_);
      case IdentifierKind::kEventDate:
        return AddDate(value, kEventDateScore, days_);
      case IdentifierKind::kEventTime:
        return AddTime(value);
      case IdentifierKind::kAge:
        if (const auto years = ParseDicomAge(value)) AddAge(*years);
        return;
      case IdentifierKind::kInstitution:
        return AddPhrase(folded, Category::kInstitution, kInstitutionScore);
      case IdentifierKind::kStation:
        return AddPhrase(folded, Category::kInstitution, kStationScore);
      case IdentifierKind::kContact:
        return AddContact(folded);
      case IdentifierKind::kOther:
        return AddPhrase(folded, Category::kOther, kOtherScore);
    }
  }

  // Adds a term unless it is there, or the bounds are reached. Null then.
  SearchTerm* AddTerm(std::string characters, Placement placement, double limit,
                      Category category, double score, int name = -1) {
    if (!known_.emplace(attribute_, characters, placement).second) {
      return nullptr;
    }
    if (out_.terms.size() >= kMostTerms ||
        characters_ + characters.size() > kMostTermCharacters) {
      is_full_ = true;
      out_.is_complete = false;
      return nullptr;
    }
    characters_ += characters.size();
    out_.terms.push_back({std::move(characters), placement, limit, category,
                          score, attribute_, name});
    return &out_.terms.back();
  }

  void AddNames(std::string_view folded, double part_score, double full_score) {
    for (const std::string_view group : NameGroups(folded)) {
      const int name = names_++;
      for (NameSpelling& spelling : SpellingsOfName(group)) {
        AddNameSpelling(std::move(spelling), part_score, full_score, name);
      }
    }
  }

  void AddNameSpelling(NameSpelling spelling, double part_score,
                       double full_score, int name) {
    const size_t length = spelling.characters.size();
    switch (spelling.kind) {
      case NameSpelling::Kind::kPart: {
        const double score = length < kShortestTolerant
                                 ? std::min(part_score, kShortNamePartScore)
                                 : part_score;
        AddTerm(std::move(spelling.characters), NamePlacement(length),
                NameLimit(length), Category::kPersonName, score, name);
        return;
      }
      case NameSpelling::Kind::kParts:
        AddTerm(std::move(spelling.characters), NamePlacement(length),
                NameLimit(length), Category::kPersonName, full_score);
        return;
      case NameSpelling::Kind::kInitialled:
        AddTerm(std::move(spelling.characters), Placement::kWholeWord, 0,
                Category::kPersonName, full_score);
        return;
    }
  }

  // `most`: the score is at most this.
  void AddIdentifier(std::string_view folded, size_t shortest, double most) {
    const std::string compact = Compact(folded);
    if (compact.size() < shortest) return;
    if (compact.size() < kShortestTolerant) {
      AddTerm(compact, Placement::kWholeWord, 0, Category::kIdentifier,
              std::min(most, kTinyIdentifierScore));
      return;
    }
    const bool is_short = compact.size() < kShortestAnywhere;
    AddTerm(
        compact, is_short ? Placement::kWord : Placement::kAnywhere,
        IdentifierLimit(compact.size()), Category::kIdentifier,
        std::min(most, is_short ? kShortIdentifierScore : kIdentifierScore));
    const std::string without_zeros = compact.substr(
        std::min(compact.find_first_not_of('0'), compact.size()));
    if (without_zeros.size() < compact.size() &&
        without_zeros.size() >= kShortestAnywhere) {
      AddTerm(without_zeros, Placement::kAnywhere,
              IdentifierLimit(without_zeros.size()), Category::kIdentifier,
              std::min(most, kIdentifierScore));
    }
  }

  void AddDate(std::string_view value, double score,
               std::vector<CalendarDate>& collected) {
    const std::optional<CalendarDate> date = ParseDicomDate(value);
    if (!date) return;
    if (collected.size() < kMostDaysForAges) collected.push_back(*date);
    out_.dates.push_back({*date, score, attribute_});
    for (std::string& spelling : CompactSpellings(*date)) {
      AddTerm(std::move(spelling), Placement::kAnywhere, kLookalikeSlack,
              Category::kDate, score);
    }
  }

  // A time of day says nothing by itself.
  void AddTime(std::string_view value) {
    const std::string digits(value.substr(0, kTimeDigits));
    if (digits.size() < kTimeDigits ||
        !std::all_of(digits.begin(), digits.end(), IsDigit)) {
      return;
    }
    SearchTerm* term =
        AddTerm(digits, Placement::kWholeWord, 0, Category::kDate, 0);
    if (term != nullptr) term->supports = true;
  }

  void AddAge(int years) {
    for (std::string& spelling : AgeSpellings(years)) {
      SearchTerm* term = AddTerm(std::move(spelling), Placement::kWholeWord, 0,
                                 Category::kOther, kAgeScore);
      if (term != nullptr) term->supports = true;
    }
  }

  void AddAgesOfDates() {
    attribute_ = "PatientBirthDate";
    for (const CalendarDate& birth : births_) {
      for (const CalendarDate& day : days_) {
        if (const auto years = AgeInYears(birth, day)) AddAge(*years);
      }
    }
  }

  void AddContact(std::string_view folded) {
    AddPhrase(folded, Category::kContact, kContactScore);
    std::string digits = Compact(folded);
    std::erase_if(digits, [](char c) { return !IsDigit(c); });
    if (digits.size() > kSubscriberDigits) {
      AddTerm(digits.substr(digits.size() - kSubscriberDigits),
              Placement::kAnywhere, IdentifierLimit(kSubscriberDigits),
              Category::kContact, kContactScore);
    }
  }

  // A phrase as a whole, and those of its words that are rare and long.
  void AddPhrase(std::string_view folded, Category category, double score) {
    const std::string compact = Compact(folded);
    if (compact.size() < kShortestTolerant) return;
    AddTerm(compact, NamePlacement(compact.size()), NameLimit(compact.size()),
            category, score);
    AddRareWords(folded, category, score);
  }

  void AddRareWords(std::string_view folded, Category category, double score) {
    for (std::string& word : SplitIntoWords(folded, " ,.;:/\\-_()[]^")) {
      if (word.size() < kShortestAnywhere || IsInstitutionWord(word)) continue;
      AddTerm(std::move(word), Placement::kWord, kLookalikeSlack, category,
              std::min(score, kOtherScore));
    }
  }

  // The words of a text that is too long for a phrase.
  void AddProse(const std::string& value, IdentifierKind kind) {
    const Category category =
        kind == IdentifierKind::kContact ? Category::kContact
        : kind == IdentifierKind::kOther ? Category::kOther
                                         : Category::kInstitution;
    for (const std::string& folded : folder_.Spellings(value)) {
      AddRareWords(folded, category, kOtherScore);
    }
  }

  const TextFolder& folder_;
  std::string attribute_;
  bool is_full_ = false;  // a term was left out for want of room
  std::set<std::tuple<std::string, std::string, Placement>> known_;
  size_t characters_ = 0;  // of all terms
  int names_ = 0;
  std::vector<CalendarDate> births_;
  std::vector<CalendarDate> days_;
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
  if (compact.empty() || IsPlaceholderWord(compact)) return true;
  if (compact.find_first_not_of(compact[0]) != std::string_view::npos) {
    return false;
  }
  return compact[0] == '0' || compact[0] == 'X' || compact[0] == '9';
}

}  // namespace burntin
