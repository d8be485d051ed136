#include "server/routing/rule_match.h"

#include <algorithm>
#include <cstddef>

#include "server/routing/equal_text.h"

namespace burntin {
namespace {

Truth Of(bool yes) { return yes ? Truth::kYes : Truth::kNo; }

bool IsAmong(const std::string& value, const std::vector<std::string>& list,
             LetterCase letter_case) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
    return EqualText(value, entry, letter_case);
  });
}

bool MeetsAnyOf(const std::vector<std::string>& values,
                const ValueCondition& condition) {
  return condition.any_of.empty() ||
         std::any_of(values.begin(), values.end(), [&](const auto& value) {
           return IsAmong(value, condition.any_of, condition.any_case);
         });
}

bool MeetsAllOf(const std::vector<std::string>& values,
                const ValueCondition& condition) {
  return std::all_of(condition.all_of.begin(), condition.all_of.end(),
                     [&](const std::string& entry) {
                       return IsAmong(entry, values, condition.any_case);
                     });
}

bool MeetsNoneOf(const std::vector<std::string>& values,
                 const ValueCondition& condition) {
  return std::none_of(values.begin(), values.end(), [&](const auto& value) {
    return IsAmong(value, condition.none_of, condition.none_case);
  });
}

bool MeetsPatterns(const std::vector<std::string>& values,
                   const ValueCondition& condition) {
  if (condition.patterns.empty()) return true;
  return std::any_of(values.begin(), values.end(), [&](const auto& value) {
    return std::any_of(
        condition.patterns.begin(), condition.patterns.end(),
        [&](const Pattern& pattern) { return pattern.Matches(value); });
  });
}

Truth IsDevice(const HeaderFacts& header, const Device& device) {
  Truth all = Truth::kYes;
  for (const ValueCondition& condition : device.conditions) {
    all = std::min(all, Meets(header, condition));
  }
  return all;
}

// A rule's conditions on the header, as one.
struct HeaderMatch {
  Truth all = Truth::kYes;
  int condition = -1;  // the first that is not met, or else is unknown
};

HeaderMatch TryHeader(const Rule& rule, const HeaderFacts& header) {
  HeaderMatch match;
  int index = 0;
  const auto add = [&](Truth truth) {
    if (truth < match.all) match = {truth, index};
    ++index;
  };
  for (const ValueCondition& value : rule.values) add(Meets(header, value));
  for (const DeviceCondition& device : rule.devices) {
    add(Meets(header, device));
  }
  return match;
}

bool TakesRisk(const Rule& rule, double risk) {
  return (!rule.risk_below || risk < *rule.risk_below) &&
         (!rule.risk_at_least || risk >= *rule.risk_at_least);
}

bool LooksAtPixels(const Rule& rule) {
  return rule.verdicts || rule.risk_below || rule.risk_at_least;
}

// What the inspection says to a rule whose header conditions do not exclude
// it: nothing against it, or why it is passed over.
std::optional<RuleMatch> PassedOver(const Rule& rule,
                                    const SessionState& session) {
  if (!session.verdict) return std::nullopt;
  if (rule.verdicts && !rule.verdicts->contains(*session.verdict)) {
    return RuleMatch{std::nullopt, MatchCause::kOtherVerdict};
  }
  if (!TakesRisk(rule, session.risk)) {
    return RuleMatch{std::nullopt, MatchCause::kOtherRisk};
  }
  return std::nullopt;
}

RuleMatch TryLettingOut(const Rule& rule, const HeaderMatch& header_match,
                        const HeaderFacts& header,
                        const SessionState& session) {
  if (header_match.all == Truth::kUnknown) {
    return {std::nullopt, MatchCause::kUnknownValue, header_match.condition};
  }
  if (!header.Knows(Attribute::kModality) ||
      !header.Knows(Attribute::kSopClassUid)) {
    return {std::nullopt, MatchCause::kPoorHeader};
  }
  if (!session.verdict) {
    return {RouteAction::kInspectFirst, MatchCause::kNotInspected};
  }
  if (const auto passed_over = PassedOver(rule, session)) return *passed_over;
  if (!session.complete || *session.verdict == Verdict::kIndeterminate) {
    return {std::nullopt, MatchCause::kIncomplete};
  }
  return {RouteAction::kToProject, MatchCause::kMet};
}

RuleMatch TryHolding(const Rule& rule, const HeaderMatch& header_match,
                     const SessionState& session) {
  if (const auto passed_over = PassedOver(rule, session)) return *passed_over;
  if (rule.action == RouteAction::kInspectFirst && session.verdict) {
    return {std::nullopt, MatchCause::kAlreadyInspected};
  }
  if (!session.verdict && LooksAtPixels(rule)) {
    return {RouteAction::kInspectFirst, MatchCause::kNotInspected};
  }
  if (header_match.all == Truth::kUnknown) {
    return {rule.action, MatchCause::kMaybeMet, header_match.condition};
  }
  return {rule.action, MatchCause::kMet};
}

}  // namespace

Truth Meets(const HeaderFacts& header, const ValueCondition& condition) {
  const std::vector<std::string>& values = header.Values(condition.attribute);
  if (condition.absent) return Of(values.empty());
  if (values.empty()) return Truth::kUnknown;
  return Of(MeetsAnyOf(values, condition) && MeetsAllOf(values, condition) &&
            MeetsNoneOf(values, condition) && MeetsPatterns(values, condition));
}

Truth Meets(const HeaderFacts& header, const DeviceCondition& condition) {
  Truth listed = Truth::kNo;
  for (const Device& device : condition.list->devices) {
    listed = std::max(listed, IsDevice(header, device));
  }
  if (condition.on_list || listed == Truth::kUnknown) return listed;
  return Of(listed == Truth::kNo);
}

RuleMatch TryRule(const Rule& rule, const HeaderFacts& header,
                  const SessionState& session) {
  const HeaderMatch header_match = TryHeader(rule, header);
  if (header_match.all == Truth::kNo) {
    return {std::nullopt, MatchCause::kUnmet, header_match.condition};
  }
  return rule.action == RouteAction::kToProject
             ? TryLettingOut(rule, header_match, header, session)
             : TryHolding(rule, header_match, session);
}

ObjectRoute RouteObject(const Protocol& protocol, const HeaderFacts& header,
                        const SessionState& session) {
  for (size_t i = 0; i < protocol.rules.size(); ++i) {
    const RuleMatch match = TryRule(protocol.rules[i], header, session);
    if (match.action) return {*match.action, static_cast<int>(i)};
  }
  return {};
}

std::vector<TriedRule> Trace(const Protocol& protocol,
                             const HeaderFacts& header,
                             const SessionState& session) {
  std::vector<TriedRule> trace;
  for (size_t i = 0; i < protocol.rules.size(); ++i) {
    const Rule& rule = protocol.rules[i];
    const RuleMatch match = TryRule(rule, header, session);
    trace.push_back(
        {static_cast<int>(i), match.action.has_value(), Explain(rule, match)});
    if (match.action) break;
  }
  return trace;
}

}  // namespace burntin
