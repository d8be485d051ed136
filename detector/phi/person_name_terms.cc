#include "detector/phi/person_name_terms.h"

#include <algorithm>

#include "detector/phi/header_identifiers.h"
#include "detector/phi/name_words.h"
#include "detector/phi/normalize.h"

namespace burntin {
namespace {

constexpr std::string_view kSeparators = " ,.;/\\-_()[]";
// A name may be made to be slow: only so many words are joined.
constexpr size_t kMostPartsPaired = 8;
// The components that no particle is taken from whole: the family name and
// the given name.
constexpr int kEssentialComponents = 2;
// A shorter word with an initial is too short to say anything.
constexpr size_t kShortestInitialled = 3;

std::vector<std::string_view> SplitAt(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

class Speller {
 public:
  explicit Speller(std::string_view group) {
    int component = 0;
    for (const std::string_view text : SplitAt(group, '^')) {
      AddComponent(text, component < kEssentialComponents);
      ++component;
    }
  }

  std::vector<NameSpelling> Take() {
    const size_t paired = std::min(parts_.size(), kMostPartsPaired);
    for (size_t i = 0; i < paired; ++i) {
      for (size_t j = 0; j < paired; ++j) {
        if (i != j) AddPair(parts_[i], parts_[j]);
      }
      if (paired > 2) AddAllInitials(i, paired);
    }
    return std::move(spellings_);
  }

 private:
  using Kind = NameSpelling::Kind;

  void AddComponent(std::string_view text, bool is_essential) {
    std::vector<std::string> words = SplitIntoWords(text, kSeparators);
    std::erase_if(words, IsPlaceholder);
    const size_t all = words.size();
    std::string joined;
    if (all <= kMostPartsPaired) {
      for (const std::string& word : words) joined += word;
    }
    const bool only_particles =
        std::all_of(words.begin(), words.end(), IsNameParticle);
    if (!only_particles || !is_essential) {
      std::erase_if(words, IsNameParticle);
    }
    for (const std::string& word : words) {
      parts_.push_back(word);
      if (word.size() > 1) spellings_.push_back({word, Kind::kPart});
    }
    if (is_essential && !words.empty() && words.size() < all) {
      spellings_.push_back({joined, Kind::kPart});
    }
  }

  void AddPair(const std::string& first, const std::string& second) {
    if (first.size() > 1 && second.size() > 1) {
      spellings_.push_back({first + second, Kind::kParts});
    }
    if (first.size() < kShortestInitialled) return;
    spellings_.push_back({first + second[0], Kind::kInitialled});
    spellings_.push_back({second[0] + first, Kind::kInitialled});
  }

  // The word with the initials of all others, in their order.
  void AddAllInitials(size_t word, size_t count) {
    if (parts_[word].size() < kShortestInitialled) return;
    std::string initials;
    for (size_t i = 0; i < count; ++i) {
      if (i != word) initials += parts_[i][0];
    }
    spellings_.push_back({parts_[word] + initials, Kind::kInitialled});
    spellings_.push_back({initials + parts_[word], Kind::kInitialled});
  }

  std::vector<std::string> parts_;
  std::vector<NameSpelling> spellings_;
};

}  // namespace

std::vector<std::string_view> NameGroups(std::string_view folded) {
  return SplitAt(folded, '=');
}

std::vector<NameSpelling> SpellingsOfName(std::string_view group) {
  return Speller(group).Take();
}

std::vector<std::string> SplitIntoWords(std::string_view folded,
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

}  // namespace burntin
