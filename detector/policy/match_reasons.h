// The reasons that matches give, in words.
#ifndef BURNTIN_DETECTOR_POLICY_MATCH_REASONS_H_
#define BURNTIN_DETECTOR_POLICY_MATCH_REASONS_H_

#include <span>
#include <vector>

#include "detector/base/region.h"
#include "detector/base/verdict.h"

namespace burntin {

// One reason for all matches that say the same, gravest first; none for benign
// text. A reason tells how the text was seen to be about a person, and of a
// header's attribute which one, never what the text says.
std::vector<VerdictReason> MatchReasons(std::span<const Match> matches);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_POLICY_MATCH_REASONS_H_
