// burntin-match: what the readings of burntin-read mean, without reading again.
// usage: burntin-match [--benign-vocabulary FILE] < READINGS
// A line of JSON for each line of readings:
//   {"verdict", "risk", "factors": {NAME: strength}, "regions": [{"plane",
//    "box", "category", "score", "risk", "identifying", "factors",
//    "signs": [{"kind", "category", "score", "slips", "attribute"}]}]}
// Regions follow those of the readings. Prints no texts.
// Exit status: 0 the input ended, 2 wrong usage, a line that is no readings, or
// the output cannot be written.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/bench/readings.h"
#include "detector/base/names.h"
#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/matcher.h"
#include "detector/policy/policy.h"
#include "detector/policy/risk.h"

namespace burntin::bench {
namespace {

using Json = nlohmann::json;

std::string_view KindName(SignKind kind) {
  switch (kind) {
    case SignKind::kHeader:
      return "HEADER";
    case SignKind::kField:
      return "FIELD";
    case SignKind::kNationalNumber:
      return "NATIONAL_NUMBER";
    case SignKind::kDate:
      return "DATE";
    case SignKind::kListedName:
      return "LISTED_NAME";
    case SignKind::kShape:
      break;
  }
  return "SHAPE";
}

Json ToJson(const Strengths& strengths) {
  Json json = Json::object();
  for (size_t i = 0; i < kFactors; ++i) {
    if (strengths[i] > 0) {
      json[std::string(FactorName(static_cast<Factor>(i)))] = strengths[i];
    }
  }
  return json;
}

Json ToJson(const TextRegion& region, const Match& match, size_t plane) {
  Json signs = Json::array();
  for (const Sign& sign : match.signs) {
    signs.push_back({{"kind", KindName(sign.kind)},
                     {"category", CategoryName(sign.category)},
                     {"score", sign.score},
                     {"slips", sign.slips},
                     {"attribute", sign.attribute}});
  }
  const Box& box = region.box;
  const Strengths strengths = StrengthsOf(match);
  return {{"plane", plane},
          {"box", {box.x, box.y, box.width, box.height}},
          {"category", CategoryName(match.category)},
          {"score", match.score},
          {"risk", RegionRisk(strengths)},
          {"identifying", IsIdentifying(match)},
          {"factors", ToJson(strengths)},
          {"signs", std::move(signs)}};
}

Json MatchAll(const Readings& readings, const PhiMatcher& matcher) {
  const PreparedHeader prepared = matcher.Prepare(readings.header);
  std::vector<Match> all;
  Json regions = Json::array();
  for (size_t plane = 0; plane < readings.planes.size(); ++plane) {
    const std::vector<TextRegion>& read = readings.planes[plane];
    const std::vector<Match> matches = matcher.MatchPrepared(read, prepared);
    for (size_t i = 0; i < read.size(); ++i) {
      regions.push_back(ToJson(read[i], matches[i], plane));
    }
    all.insert(all.end(), matches.begin(), matches.end());
  }
  const Assessment assessment = Assess(all, readings.header, readings.coverage);
  return {{"verdict", VerdictName(assessment.verdict)},
          {"risk", assessment.risk},
          {"factors", ToJson(StrengthsOf(all, readings.header))},
          {"regions", std::move(regions)}};
}

absl::StatusOr<BenignVocabulary> Vocabulary(
    const std::vector<std::string>& arguments) {
  if (arguments.empty()) return BenignVocabulary::ForSite("");
  std::ifstream file(arguments[1], std::ios::binary);
  return BenignVocabulary::ForSite(
      std::string(std::istreambuf_iterator<char>(file), {}));
}

int Main(const std::vector<std::string>& arguments) {
  if (!arguments.empty() &&
      (arguments.size() != 2 || arguments[0] != "--benign-vocabulary")) {
    std::cerr << "usage: burntin-match [--benign-vocabulary FILE] < READINGS\n";
    return 2;
  }
  absl::StatusOr<BenignVocabulary> vocabulary = Vocabulary(arguments);
  if (!vocabulary.ok()) {
    std::cerr << "burntin-match: " << vocabulary.status().message() << "\n";
    return 2;
  }
  const auto matcher = PhiMatcher::Create(*std::move(vocabulary));
  std::string line;
  while (std::getline(std::cin, line)) {
    const absl::StatusOr<Readings> readings = ReadingsFromJson(line);
    if (!readings.ok()) {
      std::cerr << "burntin-match: " << readings.status().message() << "\n";
      return 2;
    }
    std::cout << MatchAll(*readings, *matcher).dump() << std::endl;
    if (!std::cout) return 2;
  }
  return 0;
}

}  // namespace
}  // namespace burntin::bench

int main(int argc, char** argv) {
  return burntin::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}
