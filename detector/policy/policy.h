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
  // Every frame was inspected and nothing failed. The verdict does not say so:
  // what was found in a part of the object can be IDENTIFYING already.
  bool inspected_in_full = false;
};

// How much of an object was looked at.
struct Coverage {
  int frames_total = 0;      // planes of pixel data that the object holds
  int frames_inspected = 0;  // those that every stage finished
  // What stopped the others, or any other plane; one entry for each reason.
  std::vector<VerdictReason> failures;
};

// The assessment of one object. `matches` are those of all its regions. The
// first of these rules that holds gives the verdict:
//
//   IDENTIFYING    a match is called so: see IsIdentifying in risk.h
//   INDETERMINATE  unless frames_total > 0, all are inspected and `coverage`
//   has
//                  no failure
//   REVIEW         a match is not benign, or BurnedInAnnotation is YES
//   CLEAR          what remains
//
// So text is cleared by proof and never by a low risk. What the header says of
// the object raises the risk and otherwise leaves the verdict alone.
Assessment Assess(std::span<const Match> matches, const Header& header,
                  const Coverage& coverage);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_POLICY_POLICY_H_
