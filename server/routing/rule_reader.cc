#include "server/routing/rule_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "detector/base/names.h"
#include "server/routing/condition_reader.h"
#include "server/routing/device_list.h"
#include "server/routing/project_id.h"

namespace burntin {
namespace {

constexpr size_t kMostNameBytes = 64;
constexpr Verdict kVerdicts[] = {Verdict::kClear, Verdict::kReview,
                                 Verdict::kIdentifying,
                                 Verdict::kIndeterminate};

bool IsAsRuleName(const std::string& text) {
  return !text.empty() && text.size() <= kMostNameBytes &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isprint(c) && c != '"' && c != '\\';
         });
}

std::optional<double> ParseRisk(const YAML::Node& value) {
  if (!value.IsScalar()) return std::nullopt;
  const std::string& text = value.Scalar();
  double risk = 0;
  const char* end = text.data() + text.size();
  const auto [parsed_to, error] = std::from_chars(text.data(), end, risk);
  const bool usable = error == std::errc() && parsed_to == end &&
                      std::isfinite(risk) && risk >= 0 && risk <= 1;
  return usable ? std::optional(risk) : std::nullopt;
}

std::optional<Verdict> VerdictByName(const std::string& name) {
  for (const Verdict verdict : kVerdicts) {
    if (VerdictName(verdict) == name) return verdict;
  }
  return std::nullopt;
}

YAML::Node Part(const YAML::Node& map, const char* name) {
  for (const auto& entry : map) {
    if (entry.first.IsScalar() && entry.first.Scalar() == name) {
      return entry.second;
    }
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

}  // namespace

Rule RuleReader::Read(const YAML::Node& node) {
  const size_t errors_before = errors_->size();
  Rule rule;
  rule.line = node.Mark().line + 1;
  rule.column = node.Mark().column + 1;
  if (!node.IsMap()) {
    errors_->Add(node, "A rule has to have `name`, `when` and `then`.");
    return rule;
  }
  YAML::Node when(YAML::NodeType::Undefined);
  ForEachKey(node, errors_,
             [&](const std::string& name, const YAML::Node& key,
                 const YAML::Node& value) {
               if (name == "name") return ReadName(key, value, &rule);
               if (name == "then") return ReadThen(key, value, &rule);
               if (name == "when") return when.reset(value);
               errors_->Add(key,
                            fmt::format("A rule has no `{}`. It has `name`, "
                                        "`when` and `then`.",
                                        Quoted(name)));
             });
  // What a condition may say depends on what the rule does.
  if (when.IsDefined()) ReadWhen(when, &rule);
  Finish(node, &rule);
  const bool asks = rule.verdicts || rule.risk_below || rule.risk_at_least ||
                    !rule.values.empty() || !rule.devices.empty();
  if (rule.action != RouteAction::kToProject) return rule;
  if (!asks && errors_->size() == errors_before) {
    errors_->Add(node,
                 "The rule lets out whatever comes. Say so by `when: "
                 "{verdict: CLEAR}`, or add conditions.");
  }
  FinishLettingOut(node, &rule);
  return rule;
}

void RuleReader::ReadName(const YAML::Node& key, const YAML::Node& value,
                          Rule* rule) {
  if (value.IsScalar() && IsAsRuleName(value.Scalar())) {
    rule->name = value.Scalar();
    return;
  }
  errors_->Add(key, fmt::format("`name` has to be a text of 1 to {} letters, "
                                "digits and signs, without quotes.",
                                kMostNameBytes));
  rule->name = "?";
}

void RuleReader::ReadThen(const YAML::Node& key, const YAML::Node& value,
                          Rule* rule) {
  if (value.IsScalar() && value.Scalar() == "quarantine") {
    rule->action = RouteAction::kQuarantine;
  } else if (value.IsScalar() && value.Scalar() == "inspect_first") {
    rule->action = RouteAction::kInspectFirst;
  } else if (value.IsMap() && value.size() == 1 &&
             Part(value, "to_project").IsDefined()) {
    rule->action = RouteAction::kToProject;
    ReadProject(key, Part(value, "to_project"), rule);
  } else {
    errors_->Add(key,
                 "`then` has to be quarantine, inspect_first or "
                 "{to_project: ID}.");
  }
}

void RuleReader::ReadProject(const YAML::Node& key, const YAML::Node& value,
                             Rule* rule) {
  if (!value.IsScalar() || !IsProjectId(value.Scalar())) {
    errors_->Add(key,
                 "`to_project` has to be the ID of a project: letters, "
                 "digits, _ and -, at most 64.");
    return;
  }
  rule->project = value.Scalar();
  if (IsSameProject(rule->project, site_->quarantine_project)) {
    errors_->Add(value, fmt::format("{} is the quarantine project. Write "
                                    "`then: quarantine`.",
                                    rule->project));
  } else if (IsSameProject(rule->project, kUnassigned)) {
    errors_->Add(value, "Unassigned is not a project.");
  }
}

void RuleReader::ReadWhen(const YAML::Node& value, Rule* rule) {
  if (!value.IsMap() || value.size() == 0) {
    errors_->Add(value,
                 "`when` has to hold conditions. Leave it out where the "
                 "rule is for every session.");
    return;
  }
  ForEachKey(
      value, errors_,
      [&](const std::string& name, const YAML::Node& key,
          const YAML::Node& part) { ReadCondition(name, key, part, rule); });
}

void RuleReader::ReadCondition(const std::string& name, const YAML::Node& key,
                               const YAML::Node& value, Rule* rule) {
  const bool lets_out = rule->action == RouteAction::kToProject;
  if (const auto attribute = AttributeByKey(name)) {
    rule->values.push_back(ConditionReader(lets_out, errors_, notices_)
                               .Read(*attribute, key, value));
  } else if (name == "device_list") {
    ReadDevices(key, value, rule);
  } else if (name == "verdict") {
    ReadVerdicts(key, value, rule);
  } else if (name == "risk") {
    ReadRisk(key, value, rule);
  } else {
    std::string known = "device_list, verdict, risk";
    for (const AttributeRow& row : AttributeTable()) {
      known += fmt::format(", {}", row.key);
    }
    errors_->Add(key, fmt::format("`{}` is no condition. There are: {}.",
                                  Quoted(name), known));
  }
}

void RuleReader::ReadDevices(const YAML::Node& key, const YAML::Node& value,
                             Rule* rule) {
  const bool lets_out = rule->action == RouteAction::kToProject;
  DeviceCondition condition;
  YAML::Node name = value;
  if (value.IsMap() && value.size() == 1 &&
      Part(value, "none_of").IsDefined()) {
    condition.on_list = false;
    name.reset(Part(value, "none_of"));
  }
  if (name.IsScalar()) condition.list = DeviceListByName(name.Scalar());
  if (!condition.list) {
    errors_->Add(key,
                 fmt::format("`device_list` has to be a list that is built "
                             "in, or {{none_of: LIST}}. There is: {}.",
                             DeviceListNames()));
  } else if (lets_out && condition.on_list) {
    errors_->Add(key, fmt::format("A rule that lets out what is on a list of "
                                  "devices that are held is likely a mistake. "
                                  "Write device_list: {{none_of: {}}}.",
                                  condition.list->name));
  } else {
    rule->devices.push_back(std::move(condition));
  }
}

void RuleReader::ReadVerdicts(const YAML::Node& key, const YAML::Node& value,
                              Rule* rule) {
  const bool lets_out = rule->action == RouteAction::kToProject;
  ConditionReader reader(lets_out, errors_, notices_);
  std::set<Verdict> verdicts;
  for (const std::string& name : reader.ReadTexts("verdict", key, value)) {
    const std::optional<Verdict> verdict = VerdictByName(name);
    if (!verdict) {
      errors_->Add(key, fmt::format("`{}` is no verdict. There are CLEAR, "
                                    "REVIEW, IDENTIFYING and INDETERMINATE.",
                                    Quoted(name)));
    } else if (lets_out && *verdict == Verdict::kIndeterminate) {
      errors_->Add(key,
                   "What was not fully inspected is never let out. Remove "
                   "INDETERMINATE.");
    } else {
      verdicts.insert(*verdict);
    }
  }
  if (rule->action == RouteAction::kInspectFirst) {
    errors_->Add(key,
                 "`inspect_first` is for sessions without a verdict. "
                 "Remove `verdict`, or write `then: quarantine`.");
  }
  rule->verdicts = std::move(verdicts);
}

void RuleReader::ReadRisk(const YAML::Node& key, const YAML::Node& value,
                          Rule* rule) {
  const auto read = [&](const char* name, std::optional<double>* risk) {
    const YAML::Node part = Part(value, name);
    if (!part.IsDefined()) return true;
    *risk = ParseRisk(part);
    return risk->has_value();
  };
  const bool understood = value.IsMap() && value.size() > 0 &&
                          read("below", &rule->risk_below) &&
                          read("at_least", &rule->risk_at_least) &&
                          value.size() == (rule->risk_below ? 1U : 0U) +
                                              (rule->risk_at_least ? 1U : 0U);
  if (!understood) {
    errors_->Add(key,
                 "`risk` has to be {below: NUMBER}, {at_least: NUMBER} or "
                 "both, with numbers in [0, 1].");
  } else if (rule->risk_below.value_or(2) <= rule->risk_at_least.value_or(0)) {
    errors_->Add(key,
                 "No risk is below the one number and at least the other: "
                 "the rule would never fire.");
  }
  if (rule->action == RouteAction::kInspectFirst) {
    errors_->Add(key,
                 "`inspect_first` is for sessions without a risk. Remove "
                 "`risk`, or write `then: quarantine`.");
  }
}

void RuleReader::Finish(const YAML::Node& node, Rule* rule) {
  if (rule->name.empty()) errors_->Add(node, "The rule has no `name`.");
  if (!Part(node, "then").IsDefined()) {
    errors_->Add(node,
                 "The rule has no `then`: quarantine, inspect_first or "
                 "{to_project: ID}.");
  }
}

void RuleReader::FinishLettingOut(const YAML::Node& node, Rule* rule) {
  if (!rule->verdicts) rule->verdicts = {Verdict::kClear};
  if (*rule->verdicts == std::set<Verdict>{Verdict::kClear}) return;
  notices_->Add(node, fmt::format("Rule \"{}\" lets out sessions in which text "
                                  "was found that nobody looked at.",
                                  rule->name));
}

}  // namespace burntin
