#include "detector/policy/risk.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace burntin {
namespace {

// How the numbers came to be: `burntin-bench risk --fit --count 600 --seed 3`,
// a logistic regression on 3,493 regions and 600 images of the generator's
// train split whose text can be read. Weights that those say little about stay
// near a prior by which unproven and unreadable text has a risk of 1/4 and text
// with a sign of score 0.8 a risk of 0.8 (benchmarks/bench/risk_fit.py); a sign
// of that score names somebody whatever the data say. A fact of the header
// doubles the odds at least, whatever the data say: the generator draws text on
// all modalities alike, an archive does not. Log-odds of another site differ by
// those of its share of identifying images, against 0.53 here.

// Log-odds of a region that is proven benign, and of an object in which nothing
// but such was found.
constexpr double kRegionBase = -5.72;
constexpr double kObjectBase = -8.45;

struct Weight {
  std::string_view name;
  double region = 0;
  double object = 0;
};

// In the order of Factor.
constexpr std::array<Weight, kFactors> kWeights = {{
    {"HEADER", 6.38, 5.34},
    {"FIELD", 3.33, 4.57},
    {"NATIONAL_NUMBER", 4.84, 4.19},
    {"DATE", 15.74, 5.04},
    {"LISTED_NAME", 3.33, 4.80},
    {"SHAPE", 3.91, 6.29},
    {"INSTITUTION", 0.00, 1.25},
    {"OTHER", 1.00, 1.00},
    {"UNPROVEN", 3.78, 5.38},
    {"UNREADABLE", 4.64, 5.45},
    {"BURNED_IN", 0.00, 0.69},
    {"CAPTURED", 0.00, 0.69},
    {"PRINTS_TEXT", 0.00, 0.69},
}};

constexpr std::string_view kSecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
// Ultrasound, endoscopy, photographs, screenshots, documents.
constexpr std::array<std::string_view, 9> kPrintingModalities = {
    "US", "IVUS", "ES", "XC", "GM", "OP", "SC", "OT", "DOC"};

double& At(Strengths& strengths, Factor factor) {
  return strengths[static_cast<size_t>(factor)];
}

void Strengthen(Strengths& strengths, Factor factor, double strength) {
  double& known = At(strengths, factor);
  known = std::max(known, strength);
}

// The strength of a sign, in [0, 1].
double StrengthOf(double score) {
  return std::isnan(score) ? 1 : std::clamp(2 * score - 1, 0.0, 1.0);
}

Factor FactorOf(const Sign& sign) {
  if (sign.category == Category::kInstitution) return Factor::kInstitution;
  if (sign.category == Category::kOther) return Factor::kOther;
  switch (sign.kind) {
    case SignKind::kHeader:
      return Factor::kHeader;
    case SignKind::kField:
      return Factor::kField;
    case SignKind::kNationalNumber:
      return Factor::kNationalNumber;
    case SignKind::kDate:
      return Factor::kDate;
    case SignKind::kListedName:
      return Factor::kListedName;
    case SignKind::kShape:
      break;
  }
  return Factor::kShape;
}

double Logistic(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

double RiskOf(const Strengths& strengths, double base, double Weight::*weight) {
  double log_odds = base;
  for (size_t i = 0; i < kFactors; ++i) {
    const double strength = std::isnan(strengths[i]) ? 1 : strengths[i];
    log_odds += kWeights[i].*weight * std::clamp(strength, 0.0, 1.0);
  }
  return Logistic(log_odds);
}

// The values of an attribute of which the header holds all, without padding.
std::vector<std::string> ValuesOf(std::string_view values) {
  std::vector<std::string> split(1);
  for (const char c : values) {
    if (c == '\\') {
      split.emplace_back();
    } else if (c != ' ') {
      split.back() += c;
    }
  }
  return split;
}

// Whether it is so of one of the values.
bool OneOf(std::string_view values, bool (*is_so)(std::string_view value)) {
  const std::vector<std::string> split = ValuesOf(values);
  return std::any_of(split.begin(), split.end(), is_so);
}

bool IsSecondaryCapture(std::string_view sop_class) {
  return sop_class == kSecondaryCapture ||
         sop_class.starts_with(std::string(kSecondaryCapture) + ".");
}

bool PrintsText(std::string_view modality) {
  return std::find(kPrintingModalities.begin(), kPrintingModalities.end(),
                   modality) != kPrintingModalities.end();
}

bool IsCaptured(const Header& header) {
  return OneOf(header.sop_class_uid, IsSecondaryCapture) ||
         header.image_type.starts_with("DERIVED\\SECONDARY") ||
         !header.conversion_type.empty() || !header.capture_device.empty();
}

}  // namespace

bool SaysBurnedIn(const Header& header) {
  return OneOf(header.burned_in_annotation,
               [](std::string_view value) { return value == "YES"; });
}

Strengths StrengthsOf(const Match& match) {
  Strengths strengths{};
  const auto add = [&](const Sign& sign) {
    Strengthen(strengths, FactorOf(sign), StrengthOf(sign.score));
    At(strengths, Factor::kUnproven) = 1;
  };
  for (const Sign& sign : match.signs) add(sign);
  if (std::isnan(match.score)) add({.score = match.score});
  if (!match.signs.empty()) return strengths;
  switch (match.category) {
    case Category::kBenign:
      break;
    case Category::kOther:
      At(strengths, Factor::kUnproven) = 1;
      break;
    case Category::kUnreadable:
      At(strengths, Factor::kUnreadable) = 1;
      break;
    default:
      add({.kind = match.matched_attribute.empty() ? SignKind::kShape
                                                   : SignKind::kHeader,
           .category = match.category,
           .score = match.score});
  }
  return strengths;
}

Strengths StrengthsOf(const Header& header) {
  Strengths strengths{};
  if (SaysBurnedIn(header)) At(strengths, Factor::kBurnedIn) = 1;
  if (IsCaptured(header)) At(strengths, Factor::kCaptured) = 1;
  if (OneOf(header.modality, PrintsText)) {
    At(strengths, Factor::kPrintsText) = 1;
  }
  return strengths;
}

Strengths StrengthsOf(std::span<const Match> matches, const Header& header) {
  Strengths all = StrengthsOf(header);
  for (const Match& match : matches) {
    const Strengths more = StrengthsOf(match);
    for (size_t i = 0; i < kFactors; ++i) all[i] = std::max(all[i], more[i]);
  }
  return all;
}

std::string_view FactorName(Factor factor) {
  return kWeights[static_cast<size_t>(factor)].name;
}

double RegionRisk(const Strengths& strengths) {
  return RiskOf(strengths, kRegionBase, &Weight::region);
}

double ObjectRisk(const Strengths& strengths) {
  return RiskOf(strengths, kObjectBase, &Weight::object);
}

bool IsIdentifying(const Match& match) {
  if (std::isnan(match.score)) return true;
  const Strengths strengths = StrengthsOf(match);
  const bool has_sign =
      std::any_of(strengths.begin(),
                  strengths.begin() + static_cast<size_t>(Factor::kUnproven),
                  [](double strength) { return strength > 0; });
  return has_sign && RegionRisk(strengths) >= kIdentifyingRisk;
}

}  // namespace burntin
