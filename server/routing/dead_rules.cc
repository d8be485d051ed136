#include "server/routing/dead_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>

#include "server/routing/equal_text.h"

namespace burntin {
namespace {

// What a rule may find of a session's inspection; not set: none was made.
using State = std::optional<Verdict>;

const std::set<Verdict>& AllVerdicts() {
  static const auto* const kAll =
      new std::set<Verdict>{Verdict::kClear, Verdict::kReview,
                            Verdict::kIdentifying, Verdict::kIndeterminate};
  return *kAll;
}

std::set<Verdict> VerdictsOf(const Rule& rule) {
  if (rule.action == RouteAction::kInspectFirst) return {};
  return rule.verdicts.value_or(AllVerdicts());
}

// Where the rule decides; whatever asks for an inspection does so as well.
std::vector<State> StatesOf(const Rule& rule) {
  std::vector<State> states;
  for (const Verdict verdict : VerdictsOf(rule)) states.emplace_back(verdict);
  if (!rule.verdicts) states.emplace_back(std::nullopt);
  return states;
}

bool TakesState(const Rule& rule, const State& state) {
  return !state || VerdictsOf(rule).contains(*state);
}

// Whether what matches under `narrow` matches under `wide` as well.
bool NoNarrower(LetterCase wide, LetterCase narrow) {
  return wide == LetterCase::kIgnored || narrow == LetterCase::kCounts;
}

bool IsAmong(const std::string& text, const std::vector<std::string>& list,
             LetterCase letter_case) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
    return EqualText(entry, text, letter_case);
  });
}

bool AllAmong(const std::vector<std::string>& texts,
              const std::vector<std::string>& list, LetterCase letter_case) {
  return std::all_of(texts.begin(), texts.end(), [&](const auto& text) {
    return IsAmong(text, list, letter_case);
  });
}

bool MatchesOne(const std::string& text, const std::vector<Pattern>& patterns) {
  return std::any_of(
      patterns.begin(), patterns.end(),
      [&](const Pattern& pattern) { return pattern.Matches(text); });
}

bool ImpliesPatterns(const ValueCondition& given, const ValueCondition& asked) {
  if (asked.patterns.empty()) return true;
  if (!NoNarrower(asked.any_case, given.any_case)) return false;
  // Patterns know of fewer texts that are equal but for their case.
  const bool by_value =
      given.any_case == LetterCase::kCounts && !given.any_of.empty() &&
      std::all_of(
          given.any_of.begin(), given.any_of.end(),
          [&](const auto& text) { return MatchesOne(text, asked.patterns); });
  const bool by_pattern =
      !given.patterns.empty() &&
      std::all_of(given.patterns.begin(), given.patterns.end(),
                  [&](const Pattern& one) {
                    return std::any_of(asked.patterns.begin(),
                                       asked.patterns.end(),
                                       [&](const Pattern& other) {
                                         return one.text() == other.text();
                                       });
                  });
  return by_value || by_pattern;
}

bool ImpliesValues(const ValueCondition& given, const ValueCondition& asked) {
  if (!asked.any_of.empty() || !asked.all_of.empty()) {
    if (!NoNarrower(asked.any_case, given.any_case)) return false;
  }
  const bool any =
      asked.any_of.empty() ||
      (!given.any_of.empty() &&
       AllAmong(given.any_of, asked.any_of, asked.any_case)) ||
      std::any_of(given.all_of.begin(), given.all_of.end(),
                  [&](const auto& text) {
                    return IsAmong(text, asked.any_of, asked.any_case);
                  });
  const bool all = AllAmong(asked.all_of, given.all_of, asked.any_case) ||
                   (given.any_of.size() == 1 &&
                    AllAmong(asked.all_of, given.any_of, asked.any_case));
  return any && all;
}

bool ImpliesNoneOf(const ValueCondition& given, const ValueCondition& asked) {
  if (asked.none_of.empty()) return true;
  const bool excluded = NoNarrower(given.none_case, asked.none_case) &&
                        AllAmong(asked.none_of, given.none_of, given.none_case);
  const bool others =
      !RowOf(asked.attribute).many_values && !given.any_of.empty() &&
      std::none_of(given.any_of.begin(), given.any_of.end(),
                   [&](const auto& text) {
                     return IsAmong(text, asked.none_of, LetterCase::kIgnored);
                   });
  return excluded || others;
}

// Whether a header that meets `given` meets `asked`.
bool Implies(const ValueCondition& given, const ValueCondition& asked) {
  if (given.attribute != asked.attribute) return false;
  if (given.absent || asked.absent) return given.absent && asked.absent;
  return ImpliesValues(given, asked) && ImpliesNoneOf(given, asked) &&
         ImpliesPatterns(given, asked);
}

bool Implies(const Rule& given, const ValueCondition& asked) {
  return std::any_of(
      given.values.begin(), given.values.end(),
      [&](const ValueCondition& one) { return Implies(one, asked); });
}

bool Implies(const Rule& given, const DeviceCondition& asked) {
  return std::any_of(given.devices.begin(), given.devices.end(),
                     [&](const DeviceCondition& one) {
                       return one.list == asked.list &&
                              one.on_list == asked.on_list;
                     });
}

bool ImpliesHeader(const Rule& given, const Rule& asked) {
  const auto implied = [&](const auto& one) { return Implies(given, one); };
  return std::all_of(asked.values.begin(), asked.values.end(), implied) &&
         std::all_of(asked.devices.begin(), asked.devices.end(), implied);
}

bool ImpliesRisk(const Rule& given, const Rule& asked) {
  return given.risk_below.value_or(2) <= asked.risk_below.value_or(2) &&
         given.risk_at_least.value_or(-1) >= asked.risk_at_least.value_or(-1);
}

// Whether `before` passes over headers that leave open whether its conditions
// are met, and `rule` does not: a value that is missing lets nothing out, and
// holds wherever another value would.
bool LeavesUnknown(const Rule& before, const Rule& rule) {
  return before.action == RouteAction::kToProject &&
         rule.action != RouteAction::kToProject &&
         !(before.values.empty() && before.devices.empty());
}

// Whether `before` decides in `state` wherever `rule` would.
bool Takes(const Rule& before, const Rule& rule, const State& state) {
  return !LeavesUnknown(before, rule) && TakesState(before, state) &&
         ImpliesHeader(rule, before) && (!state || ImpliesRisk(rule, before));
}

}  // namespace

std::vector<ProtocolNote> DeadRules(const Protocol& protocol) {
  std::vector<ProtocolNote> notes;
  const std::vector<Rule>& rules = protocol.rules;
  for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
    const Rule* taker = nullptr;
    const std::vector<State> states = StatesOf(*rule);
    const bool dead =
        std::all_of(states.begin(), states.end(), [&](const State& state) {
          const auto found = std::find_if(
              rules.begin(), rule,
              [&](const Rule& before) { return Takes(before, *rule, state); });
          if (found != rule && taker == nullptr) taker = &*found;
          return found != rule;
        });
    if (!dead || taker == nullptr) continue;
    notes.push_back(
        {rule->line, rule->column,
         fmt::format("Rule \"{}\" can never fire: rule \"{}\" (line {}) comes "
                     "before it and takes all that it would. Move it up, or "
                     "remove it.",
                     rule->name, taker->name, taker->line)});
  }
  return notes;
}

}  // namespace burntin
