#include "detector/policy/policy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace burntin {
namespace {

// The risk of an object without any text: what detection may have missed.
constexpr double kResidualRisk = 0.01;
// The risk that BurnedInAnnotation YES adds as if it were one more finding.
constexpr double kBurnedInScore = 0.5;

constexpr std::array kCategories = {
    Category::kPersonName, Category::kIdentifier,  Category::kDate,
    Category::kContact,    Category::kInstitution, Category::kOther,
    Category::kUnreadable, Category::kBenign};

bool SaysBurnedIn(const Header& header) {
  return header.burned_in_annotation == "YES";
}

// Also true for a score that is not a number.
bool IsIdentifying(const Match& match) {
  return !(match.score < kIdentifyingScore);
}

bool IsBenign(const Match& match) {
  return match.category == Category::kBenign && !IsIdentifying(match);
}

bool EverythingInspected(const Coverage& coverage) {
  return coverage.frames_total > 0 &&
         coverage.frames_inspected >= coverage.frames_total &&
         coverage.failures.empty();
}

bool NothingInspected(const Coverage& coverage) {
  return coverage.frames_inspected <= 0;
}

double StrongestOf(Category category, std::span<const Match> matches) {
  double strongest = 0;
  for (const Match& match : matches) {
    if (match.category != category) continue;
    strongest = std::isnan(match.score) ? 1 : std::max(strongest, match.score);
  }
  return std::clamp(strongest, 0.0, 1.0);
}

// Each category's strongest match counts as an independent sign, and further
// matches of the same category add nothing: ten scale digits that could not
// be read are no more likely to be a name than one.
double RiskOf(std::span<const Match> matches, const Header& header) {
  double safe = 1 - kResidualRisk;
  for (const Category category : kCategories) {
    safe *= 1 - StrongestOf(category, matches);
  }
  if (SaysBurnedIn(header)) safe *= 1 - kBurnedInScore;
  return std::clamp(1 - safe, 0.0, 1.0);
}

Verdict VerdictOf(std::span<const Match> matches, const Header& header,
                  const Coverage& coverage) {
  if (std::any_of(matches.begin(), matches.end(), IsIdentifying)) {
    return Verdict::kIdentifying;
  }
  if (!EverythingInspected(coverage)) return Verdict::kIndeterminate;
  if (!std::all_of(matches.begin(), matches.end(), IsBenign)) {
    return Verdict::kReview;
  }
  if (SaysBurnedIn(header)) return Verdict::kReview;
  return Verdict::kClear;
}

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

// The reason that one match gives, without the number of regions.
VerdictReason ReasonFor(const Match& match) {
  if (!match.matched_attribute.empty()) {
    return {Reason::kHeaderMatch,
            "Text in the pixels matches " + match.matched_attribute};
  }
  switch (match.category) {
    case Category::kUnreadable:
      return {Reason::kUnreadableText, "Text in the pixels could not be read"};
    case Category::kOther:
    case Category::kBenign:
      return {Reason::kUnprovenText,
              "Text in the pixels could not be shown benign"};
    default:
      return {Reason::kIdentifyingPattern, "Text in the pixels looks like " +
                                               CategoryPhrase(match.category)};
  }
}

std::string Count(int regions) {
  return " (" + std::to_string(regions) +
         (regions == 1 ? " region)." : " regions).");
}

// One reason for all matches that say the same, gravest first.
std::vector<VerdictReason> MatchReasons(std::span<const Match> matches) {
  struct Merged {
    VerdictReason reason;
    double score = 0;
    int regions = 0;
  };
  std::vector<Merged> merged;
  for (const Match& match : matches) {
    if (IsBenign(match)) continue;
    const VerdictReason reason = ReasonFor(match);
    auto same = std::find_if(
        merged.begin(), merged.end(),
        [&](const Merged& other) { return other.reason == reason; });
    if (same == merged.end()) same = merged.insert(same, {reason});
    same->score = std::max(same->score, match.score);
    ++same->regions;
  }
  std::stable_sort(
      merged.begin(), merged.end(),
      [](const Merged& a, const Merged& b) { return a.score > b.score; });
  std::vector<VerdictReason> reasons;
  for (Merged& one : merged) {
    one.reason.message += Count(one.regions);
    reasons.push_back(std::move(one.reason));
  }
  return reasons;
}

// Why the object was not fully inspected; empty when it was.
std::vector<VerdictReason> FailureReasons(const Coverage& coverage) {
  if (!coverage.failures.empty() || EverythingInspected(coverage)) {
    return coverage.failures;
  }
  if (coverage.frames_total <= 0) {
    return {{Reason::kNoPixelData, "The object holds no pixel data."}};
  }
  return {{Reason::kInternalFailure,
           "Only " + std::to_string(coverage.frames_inspected) + " of " +
               std::to_string(coverage.frames_total) +
               " frames were inspected."}};
}

}  // namespace

Assessment Assess(std::span<const Match> matches, const Header& header,
                  const Coverage& coverage) {
  Assessment assessment;
  assessment.verdict = VerdictOf(matches, header, coverage);
  assessment.risk = RiskOf(matches, header);
  if (NothingInspected(coverage)) assessment.risk = 1;
  std::vector<VerdictReason> found = MatchReasons(matches);
  std::vector<VerdictReason> failed = FailureReasons(coverage);
  if (assessment.verdict == Verdict::kIndeterminate) std::swap(found, failed);
  assessment.reasons = std::move(found);
  assessment.reasons.insert(assessment.reasons.end(), failed.begin(),
                            failed.end());
  if (SaysBurnedIn(header)) {
    assessment.reasons.push_back(
        {Reason::kBurnedInAnnotationYes,
         "The header says that the pixels hold identifying text "
         "(BurnedInAnnotation is YES)."});
  }
  return assessment;
}

}  // namespace burntin
