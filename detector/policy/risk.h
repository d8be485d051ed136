// The risk: how likely it is that text identifies a person, given the signs of
// it. A logistic model, which can be read aloud: each factor that is present
// adds its strength times its weight to the log-odds,
//
//   risk = 1 / (1 + exp(-(base + sum of weight * strength))),
//
// and of several appearances of a factor the strongest counts: ten scale digits
// that could not be read are no more likely to be a name than one. No weight is
// negative, so nothing that is found lowers a risk. The weights, and how they
// were fitted, stand in risk.cc.
#ifndef BURNTIN_DETECTOR_POLICY_RISK_H_
#define BURNTIN_DETECTOR_POLICY_RISK_H_

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "detector/base/header.h"
#include "detector/base/region.h"

namespace burntin {

enum class Factor {
  // Signs in the text; see SignKind. A sign of score 0.5 or less says no more
  // than that the text is unproven, one of score 1 is as strong as can be. One
  // that names an institution, or is of category OTHER as a sex and an age are,
  // is a factor of its own.
  kHeader,
  kField,
  kNationalNumber,
  kDate,
  kListedName,
  kShape,
  kInstitution,
  kOther,
  kUnproven,    // text that was read and not proven benign, with signs or not
  kUnreadable,  // text that could not be read
  // What the header says of the object.
  kBurnedIn,  // BurnedInAnnotation is YES
  // A picture of a screen, a film or a page: the SOP class is of secondary
  // captures, ImageType says DERIVED\SECONDARY, or there is a ConversionType or
  // a capture device.
  kCaptured,
  kPrintsText,  // the modality's machines write the patient into the picture
};
inline constexpr size_t kFactors = 13;

// The strength of each factor, in [0, 1]; 0: absent.
using Strengths = std::array<double, kFactors>;

// Whether Burned In Annotation is YES; of several values, whether one is.
bool SaysBurnedIn(const Header& header);

Strengths StrengthsOf(const Match& match);
Strengths StrengthsOf(const Header& header);
// Those of all matches and of the header together.
Strengths StrengthsOf(std::span<const Match> matches, const Header& header);

// "HEADER", "FIELD", ...
std::string_view FactorName(Factor factor);

// That one region's text identifies a person, and that an object's pixels do,
// in [0, 1]. Strengths that are no numbers count as 1.
double RegionRisk(const Strengths& strengths);
double ObjectRisk(const Strengths& strengths);

// What a miss costs, in false alarms, that is in harmless objects that an admin
// looks at in vain. Holding what has risk r costs 1 - r, and clearing it
// kMissCost * r, so it pays to hold where r > 1 / (1 + kMissCost).
inline constexpr double kMissCost = 1000;
inline constexpr double kHoldRisk = 1 / (1 + kMissCost);
// The same for calling text REVIEW that identifies a person, in harmless texts
// that are called IDENTIFYING. Both are held, but people who expect harmless
// text may overlook a name.
inline constexpr double kNamingMissCost = 2;
inline constexpr double kIdentifyingRisk = 1 / (1 + kNamingMissCost);

// Whether a match is called identifying: it has a sign, and its risk is
// kIdentifyingRisk at least. Unproven or unreadable text alone never is. Also
// true for a score that is not a number.
bool IsIdentifying(const Match& match);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_POLICY_RISK_H_
