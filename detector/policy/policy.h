// policy: turns what was found, and how much was looked at, into a risk, a
// verdict and its reasons. Pure functions.
#ifndef BURNTIN_DETECTOR_POLICY_POLICY_H_
#define BURNTIN_DETECTOR_POLICY_POLICY_H_

#include <span>
#include <vector>

#include "detector/base/header.h"
#include "detector/base/region.h"
#include "detector/base/verdict.h"

namespace burntin {

struct Assessment {
  // Probability that the pixels identify a person, in [0, 1], as far as the
  // object was inspected. 1 when nothing at all could be inspected.
  double risk = 1;
  Verdict verdict = Verdict::kIndeterminate;
  std::vector<VerdictReason> reasons;  // gravest first; empty when clear
};

// How much of an object was looked at.
struct Coverage {
  int frames_total = 0;      // planes of pixel data that the object holds
  int frames_inspected = 0;  // those that every stage finished
  // What stopped the others, or any other plane; one entry for each reason.
  std::vector<VerdictReason> failures;
};

// A matched region's score at or above this identifies a person.
inline constexpr double kIdentifyingScore = 0.8;

// The assessment of one object. `matches` are those of all its regions.
// Never clear unless frames_total > 0, all are inspected and `coverage` has
// no failure.
Assessment Assess(std::span<const Match> matches, const Header& header,
                  const Coverage& coverage);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_POLICY_POLICY_H_
