#include "detector/policy/match_reasons.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "detector/policy/risk.h"

namespace burntin {
namespace {

std::string CategoryPhrase(Category category) {
  switch (category) {
    case Category::kPersonName:
      return "a person's name";
    case Category::kIdentifier:
      return "an identifying number";
    case Category::kDate:
      return "a date";
    case Category::kInstitution:
      return "an institution";
    case Category::kContact:
      return "a way to reach a person";
    case Category::kOther:
    case Category::kBenign:
    case Category::kUnreadable:
      break;
  }
  return "text about a person";
}

std::string SignSentence(const Sign& sign) {
  switch (sign.kind) {
    case SignKind::kHeader:
      return "Text in the pixels matches " + sign.attribute;
    case SignKind::kField:
      return "Text in the pixels stands after a label for " +
             CategoryPhrase(sign.category);
    case SignKind::kNationalNumber:
      return "Text in the pixels has the form of a country's number for a "
             "person";
    case SignKind::kDate:
      return "Text in the pixels is a date that the header does not hold";
    case SignKind::kListedName:
      return "Text in the pixels holds words from lists of persons' names";
    case SignKind::kShape:
      break;
  }
  return "Text in the pixels looks like " + CategoryPhrase(sign.category);
}

// What the match is about: its strongest sign, or what stands for one.
Sign StrongestSign(const Match& match) {
  const auto strongest = std::max_element(
      match.signs.begin(), match.signs.end(),
      [](const Sign& a, const Sign& b) { return a.score < b.score; });
  if (strongest != match.signs.end()) return *strongest;
  return {.kind = match.matched_attribute.empty() ? SignKind::kShape
                                                  : SignKind::kHeader,
          .category = match.category,
          .score = match.score,
          .attribute = match.matched_attribute};
}

// The reason that one match gives, without the number of regions.
VerdictReason ReasonFor(const Match& match, const Sign& sign) {
  if (sign.kind == SignKind::kHeader) {
    return {Reason::kHeaderMatch, SignSentence(sign)};
  }
  if (match.signs.empty()) {
    if (match.category == Category::kUnreadable) {
      return {Reason::kUnreadableText, "Text in the pixels could not be read"};
    }
    if (match.category == Category::kOther ||
        match.category == Category::kBenign) {
      return {Reason::kUnprovenText,
              "Text in the pixels could not be shown benign"};
    }
  }
  return {Reason::kIdentifyingPattern, SignSentence(sign)};
}

// How exactly the header's value was found; nothing where it was exact.
std::string Exactness(double slips) {
  if (slips <= 0) return "";
  if (slips < 1) return " but for characters that look alike";
  const int count = static_cast<int>(std::ceil(slips));
  return count == 1 ? " but for about one character"
                    : " but for about " + std::to_string(count) + " characters";
}

std::string Count(int regions) {
  return " (" + std::to_string(regions) +
         (regions == 1 ? " region)." : " regions).");
}

struct Merged {
  VerdictReason reason;
  std::pair<double, double> gravity;  // risk, score
  double slips = 0;                   // the fewest
  int regions = 0;
};

}  // namespace

std::vector<VerdictReason> MatchReasons(std::span<const Match> matches) {
  std::vector<Merged> merged;
  for (const Match& match : matches) {
    if (match.category == Category::kBenign && !IsIdentifying(match)) continue;
    const Sign sign = StrongestSign(match);
    const VerdictReason reason = ReasonFor(match, sign);
    auto same = std::find_if(
        merged.begin(), merged.end(),
        [&](const Merged& other) { return other.reason == reason; });
    if (same == merged.end()) {
      same = merged.insert(same, {.reason = reason, .slips = sign.slips});
    }
    same->gravity =
        std::max(same->gravity, {RegionRisk(StrengthsOf(match)), match.score});
    same->slips = std::min(same->slips, sign.slips);
    ++same->regions;
  }
  std::stable_sort(
      merged.begin(), merged.end(),
      [](const Merged& a, const Merged& b) { return a.gravity > b.gravity; });
  std::vector<VerdictReason> reasons;
  for (Merged& one : merged) {
    one.reason.message += Exactness(one.slips) + Count(one.regions);
    reasons.push_back(std::move(one.reason));
  }
  return reasons;
}

}  // namespace burntin
