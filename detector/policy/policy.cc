#include "detector/policy/policy.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/policy/match_reasons.h"
#include "detector/policy/risk.h"

namespace burntin {
namespace {

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
  assessment.inspected_in_full = EverythingInspected(coverage);
  assessment.risk = ObjectRisk(StrengthsOf(matches, header));
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
