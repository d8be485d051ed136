// How much of what a header names is found through a recogniser's errors, and
// how little is found where it is not. Rates are of random draws with fixed
// seeds.
#include <cctype>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/matcher.h"
#include "gtest/gtest.h"
#include "tests/detector/phi/ocr_slips.h"

namespace burntin {
namespace {

constexpr double kIdentifying = 0.8;
constexpr double kHeld = 0.4;
constexpr int kDraws = 2000;

TextRegion Line(std::string text, int row) {
  TextRegion region;
  region.box = {10, 10 + 60 * row, 8 * static_cast<int>(text.size()), 14};
  region.readings = {{PhiText(std::move(text)), 0.95}};
  return region;
}

Header With(std::string keyword, std::string value) {
  Header header;
  header.identifiers.push_back({std::move(keyword), PhiText(std::move(value))});
  return header;
}

std::string Upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(c));
  return text;
}

struct Shares {
  double found = 0;
  double identifying = 0;
};

// Of the lines that `draw` makes, the shares that match the header's attribute.
template <typename Draw>
Shares SharesOf(const Draw& draw) {
  const std::unique_ptr<PhiMatcher> matcher = PhiMatcher::Create();
  Shares shares;
  for (int i = 0; i < kDraws; ++i) {
    const auto [header, text] = draw();
    const std::vector<TextRegion> regions = {Line(text, 0), Line("CHEST AP", 1),
                                             Line("120 kVp", 2)};
    const Match match = matcher->MatchPlane(regions, header).front();
    const bool found = match.matched_attribute == header.identifiers[0].keyword;
    shares.found += found && match.score >= kHeld ? 1.0 / kDraws : 0;
    shares.identifying +=
        found && match.score >= kIdentifying ? 1.0 / kDraws : 0;
  }
  return shares;
}

using Drawn = std::pair<Header, std::string>;

TEST(TolerantMatchingProperty, WholeNamesAreFoundThroughSlips) {
  RandomText random(5);
  const Shares shares = SharesOf([&] {
    const std::string surname = random.OneOf(kSurnames);
    const std::string given = random.OneOf(kGivenNames);
    const std::string line = Upper(surname + " " + given);
    return Drawn(With("PatientName", surname + "^" + given),
                 random.Slipped(line, 0.1));
  });
  RecordProperty("found", std::to_string(shares.found));
  RecordProperty("identifying", std::to_string(shares.identifying));
  EXPECT_GE(shares.found, 0.99);
  EXPECT_GE(shares.identifying, 0.99);
}

TEST(TolerantMatchingProperty, SurnamesAloneAreFoundThroughSlips) {
  RandomText random(6);
  const Shares shares = SharesOf([&] {
    const std::string surname = random.OneOf(kSurnames);
    return Drawn(With("PatientName", surname + "^" + random.OneOf(kGivenNames)),
                 random.Slipped(Upper(surname), 0.05));
  });
  RecordProperty("found", std::to_string(shares.found));
  RecordProperty("identifying", std::to_string(shares.identifying));
  EXPECT_GE(shares.found, 0.98);
  EXPECT_GE(shares.identifying, 0.96);
}

TEST(TolerantMatchingProperty, LongNumbersAreFoundThroughSlips) {
  RandomText random(7);
  const Shares shares = SharesOf([&] {
    const std::string id = random.Digits(10);
    return Drawn(With("PatientID", id), random.Slipped(id, 0.05));
  });
  RecordProperty("found", std::to_string(shares.found));
  RecordProperty("identifying", std::to_string(shares.identifying));
  EXPECT_GE(shares.found, 0.98);
  EXPECT_GE(shares.identifying, 0.98);
}

// chance_matches.h promises at most 2.25 strong finds in a thousand texts for
// each of some twenty terms. Words of the vocabulary are no random letters, but
// they are known, so the rate is far below.
TEST(ChanceProperty, VocabularyTextSeldomMatchesAHeaderStrongly) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : BuiltInBenignVocabulary()) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      word += c;
    } else {
      if (word.size() > 1 && std::isspace(static_cast<unsigned char>(c)) != 0) {
        words.push_back(word);
      }
      word.clear();
    }
  }
  ASSERT_GT(words.size(), 200u);
  RandomText random(8);
  const std::unique_ptr<PhiMatcher> matcher = PhiMatcher::Create();
  int strong = 0;
  int planes_with_find = 0;
  for (int i = 0; i < kDraws; ++i) {
    Header header = With("PatientName", random.OneOf(kSurnames) + "^" +
                                            random.OneOf(kGivenNames));
    header.identifiers.push_back({"PatientID", PhiText(random.Digits(7))});
    header.identifiers.push_back(
        {"AccessionNumber", PhiText("A" + random.Digits(7))});
    header.identifiers.push_back(
        {"ReferringPhysicianName", PhiText(random.OneOf(kSurnames))});
    std::vector<TextRegion> regions;
    for (int row = 0; row < 6; ++row) {
      regions.push_back(Line(random.OneOf(words) + " " + random.OneOf(words) +
                                 " " + random.Digits(2),
                             row));
    }
    bool any = false;
    bool any_strong = false;
    for (const Match& match : matcher->MatchPlane(regions, header)) {
      any = any || !match.matched_attribute.empty();
      any_strong = any_strong || (!match.matched_attribute.empty() &&
                                  match.score >= kIdentifying);
    }
    planes_with_find += any ? 1 : 0;
    strong += any_strong ? 1 : 0;
  }
  RecordProperty("planes_with_find", planes_with_find);
  RecordProperty("strong", strong);
  EXPECT_LE(strong, kDraws / 200);
  EXPECT_LE(planes_with_find, kDraws / 50);
}

// Random words of the model itself, which no vocabulary explains.
TEST(ChanceProperty, RandomWordsMatchAShortSurnameOnlyWeakly) {
  RandomText random(9);
  const std::unique_ptr<PhiMatcher> matcher = PhiMatcher::Create();
  const Header header = With("PatientName", "Lee^Ann");
  int strong = 0;
  for (int i = 0; i < kDraws; ++i) {
    std::vector<TextRegion> regions;
    for (int row = 0; row < 20; ++row) {
      std::string text;
      for (int word = 0; word < 3; ++word) {
        for (int letter = 0; letter < 3; ++letter) text += random.Letter();
        text += ' ';
      }
      regions.push_back(Line(text, row));
    }
    for (const Match& match : matcher->MatchPlane(regions, header)) {
      strong += match.matched_attribute == "PatientName" &&
                        match.score >= kIdentifying
                    ? 1
                    : 0;
    }
  }
  RecordProperty("strong", strong);
  EXPECT_LE(strong, kDraws * 20 * 9 / 4000);
}

}  // namespace
}  // namespace burntin
