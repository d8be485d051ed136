#include "wire/decision_proto.h"

#include <cstddef>
#include <string>
#include <vector>

#include "wire/report_proto.h"
#include "wire/utf8.h"

namespace burntin {
namespace {

constexpr size_t kMostMessageBytes = 512;

std::vector<std::string> ListOf(
    const google::protobuf::RepeatedPtrField<std::string>& values) {
  return {values.begin(), values.end()};
}

}  // namespace

v1::RouteAction ToProto(RouteAction action) {
  switch (action) {
    case RouteAction::kToProject:
      return v1::ROUTE_ACTION_TO_PROJECT;
    case RouteAction::kInspectFirst:
      return v1::ROUTE_ACTION_INSPECT_FIRST;
    case RouteAction::kQuarantine:
      break;
  }
  return v1::ROUTE_ACTION_QUARANTINE;
}

v1::Decision ToProto(const RoutingDecision& decision) {
  v1::Decision message;
  message.set_action(ToProto(decision.action));
  message.set_target_project(decision.target_project);
  message.set_rule(decision.rule);
  message.set_rule_line(decision.rule_line);
  message.set_verdict(
      ToProto(decision.verdict.value_or(Verdict::kIndeterminate)));
  message.set_risk(decision.risk);
  message.set_instances_total(decision.instances_total);
  for (const VerdictReason& reason : decision.reasons) {
    v1::Reason* added = message.add_reasons();
    added->set_code(std::string(ReasonName(reason.code)));
    added->set_message(CutUtf8(ValidUtf8(reason.message), kMostMessageBytes));
  }
  return message;
}

v1::RuleTrace ToProto(const Protocol& protocol, const TriedRule& tried) {
  const Rule& rule = protocol.rules[static_cast<size_t>(tried.rule)];
  v1::RuleTrace message;
  message.set_rule(rule.name);
  message.set_rule_line(rule.line);
  message.set_matched(tried.fired);
  message.set_explanation(ValidUtf8(tried.explanation));
  return message;
}

HeaderFacts FactsOf(const v1::HeaderFacts& header) {
  HeaderFacts facts;
  facts.Set(Attribute::kModality, header.modality());
  facts.Set(Attribute::kManufacturer, header.manufacturer());
  facts.Set(Attribute::kManufacturerModelName,
            header.manufacturer_model_name());
  facts.Set(Attribute::kSoftwareVersions, ListOf(header.software_versions()));
  facts.Set(Attribute::kSopClassUid, header.sop_class_uid());
  facts.Set(Attribute::kImageType, ListOf(header.image_type()));
  facts.Set(Attribute::kBurnedInAnnotation, header.burned_in_annotation());
  facts.Set(Attribute::kStationName, header.station_name());
  return facts;
}

}  // namespace burntin
