#include "benchmarks/bench/readings.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/names.h"

namespace burntin::bench {
namespace {

using Json = nlohmann::json;

Json ToJson(const TextRegion& region) {
  Json readings = Json::array();
  for (const Reading& reading : region.readings) {
    Json alternatives = Json::array();
    for (const Alternative& one : reading.alternatives) {
      alternatives.push_back({one.text.Reveal(), one.share});
    }
    readings.push_back({reading.text.Reveal(), reading.confidence,
                        reading.recognizer, std::move(alternatives)});
  }
  const Box& box = region.box;
  return {{"box", {box.x, box.y, box.width, box.height}},
          {"orientation", region.orientation},
          {"likelihood", region.likelihood},
          {"barcode", region.is_barcode},
          {"readings", std::move(readings)}};
}

TextRegion RegionFrom(const Json& json) {
  TextRegion region;
  const auto box = json.at("box").get<std::vector<int>>();
  region.box = {
      .x = box.at(0), .y = box.at(1), .width = box.at(2), .height = box.at(3)};
  region.orientation = json.at("orientation");
  region.likelihood = json.at("likelihood");
  region.is_barcode = json.at("barcode");
  for (const Json& reading : json.at("readings")) {
    region.readings.push_back(
        {.text = PhiText(reading.at(0).get<std::string>()),
         .confidence = reading.at(1),
         .recognizer = reading.at(2)});
    // Readings that were kept before there were alternatives have none.
    if (reading.size() < 4) continue;
    for (const Json& one : reading.at(3)) {
      region.readings.back().alternatives.push_back(
          {PhiText(one.at(0).get<std::string>()), one.at(1)});
    }
  }
  return region;
}

// The header's fields that say what an object is, by their names in JSON.
constexpr std::pair<const char*, std::string Header::*> kFacts[] = {
    {"sop_class_uid", &Header::sop_class_uid},
    {"modality", &Header::modality},
    {"manufacturer", &Header::manufacturer},
    {"burned_in_annotation", &Header::burned_in_annotation},
    {"image_type", &Header::image_type},
    {"conversion_type", &Header::conversion_type},
    {"capture_device", &Header::capture_device}};

Json ToJson(const Header& header) {
  Json json;
  for (const auto& [name, field] : kFacts) json[name] = header.*field;
  Json identifiers = Json::array();
  for (const Identifier& identifier : header.identifiers) {
    identifiers.push_back({identifier.keyword, identifier.value.Reveal()});
  }
  json["identifiers"] = std::move(identifiers);
  return json;
}

Header HeaderFrom(const Json& json) {
  Header header;
  for (const auto& [name, field] : kFacts) header.*field = json.at(name);
  for (const Json& identifier : json.at("identifiers")) {
    header.identifiers.push_back(
        {identifier.at(0), PhiText(identifier.at(1).get<std::string>())});
  }
  return header;
}

Readings From(const Json& json) {
  Readings readings;
  readings.header = HeaderFrom(json.at("header"));
  readings.coverage.frames_total = json.at("frames_total");
  readings.coverage.frames_inspected = json.at("frames_inspected");
  for (const std::string name : json.at("failures")) {
    readings.coverage.failures.push_back(
        {ReasonFromName(name).value_or(Reason::kInternalFailure), ""});
  }
  for (const Json& plane : json.at("planes")) {
    readings.planes.emplace_back();
    for (const Json& region : plane) {
      readings.planes.back().push_back(RegionFrom(region));
    }
  }
  return readings;
}

}  // namespace

std::string ToJsonLine(const Readings& readings) {
  Json planes = Json::array();
  for (const std::vector<TextRegion>& plane : readings.planes) {
    Json regions = Json::array();
    for (const TextRegion& region : plane) regions.push_back(ToJson(region));
    planes.push_back(std::move(regions));
  }
  Json failures = Json::array();
  for (const VerdictReason& failure : readings.coverage.failures) {
    failures.push_back(ReasonName(failure.code));
  }
  const Json json = {{"header", ToJson(readings.header)},
                     {"frames_total", readings.coverage.frames_total},
                     {"frames_inspected", readings.coverage.frames_inspected},
                     {"failures", std::move(failures)},
                     {"verdict", VerdictName(readings.verdict)},
                     {"planes", std::move(planes)}};
  // What a reader returns need not be valid UTF-8.
  return json.dump(-1, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace);
}

absl::StatusOr<Readings> ReadingsFromJson(const std::string& line) {
  try {
    return From(Json::parse(line));
  } catch (const Json::exception&) {
  } catch (const std::out_of_range&) {
  }
  return Error(Reason::kInvalidArgument,
               "A line is no readings of this program. Read the files again.");
}

}  // namespace burntin::bench
