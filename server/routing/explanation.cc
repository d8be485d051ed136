#include <fmt/format.h>

#include <string>
#include <string_view>

#include "detector/base/names.h"
#include "server/routing/rule_match.h"

namespace burntin {
namespace {

constexpr size_t kMostListedBytes = 120;

// The entries with commas, as far as they fit into a sentence.
std::string Joined(const std::vector<std::string>& entries) {
  std::string joined;
  for (const std::string& entry : entries) {
    if (joined.size() + entry.size() > kMostListedBytes) {
      return joined.empty() ? "a long value" : joined + " and others";
    }
    if (!joined.empty()) joined += ", ";
    joined += entry;
  }
  return joined;
}

std::vector<std::string> Texts(const std::vector<Pattern>& patterns) {
  std::vector<std::string> texts;
  for (const Pattern& pattern : patterns) texts.push_back(pattern.text());
  return texts;
}

void AddPart(std::string_view words, const std::vector<std::string>& entries,
             std::string* parts) {
  if (entries.empty()) return;
  if (!parts->empty()) *parts += " and ";
  *parts += fmt::format("{} {}", words, Joined(entries));
}

// As in "Modality is CT, MR".
std::string Words(const ValueCondition& condition) {
  const std::string_view title = RowOf(condition.attribute).title;
  if (condition.absent) return fmt::format("{} is absent", title);
  std::string parts;
  AddPart(condition.any_of.size() == 1 ? "is" : "is one of", condition.any_of,
          &parts);
  AddPart("holds", condition.all_of, &parts);
  AddPart("is none of", condition.none_of, &parts);
  AddPart("matches", Texts(condition.patterns), &parts);
  return fmt::format("{} {}", title, parts);
}

std::string Words(const DeviceCondition& condition) {
  return fmt::format("the device is {} the list {}",
                     condition.on_list ? "on" : "not on", condition.list->name);
}

std::string Condition(const Rule& rule, int index) {
  const auto values = static_cast<int>(rule.values.size());
  if (index < values) return Words(rule.values[static_cast<size_t>(index)]);
  return Words(rule.devices[static_cast<size_t>(index - values)]);
}

std::string Verdicts(const Rule& rule) {
  std::string names;
  for (const Verdict verdict : *rule.verdicts) {
    if (!names.empty()) names += ", ";
    names += VerdictName(verdict);
  }
  return names;
}

std::string RiskWords(const Rule& rule) {
  std::string words;
  if (rule.risk_at_least) {
    words += fmt::format("at least {:g}", *rule.risk_at_least);
  }
  if (rule.risk_below) {
    words += fmt::format("{}below {:g}", words.empty() ? "" : " and ",
                         *rule.risk_below);
  }
  return words;
}

std::string AllMet(const Rule& rule) {
  std::string words;
  const auto count = static_cast<int>(rule.values.size() + rule.devices.size());
  for (int i = 0; i < count; ++i) {
    if (!words.empty()) words += "; ";
    words += Condition(rule, i);
    if (words.size() > 2 * kMostListedBytes) {
      words += "; and all else it asks for is so";
      break;
    }
  }
  if (rule.verdicts) {
    words += fmt::format("{}the verdict is {}", words.empty() ? "" : "; ",
                         Verdicts(rule));
  }
  if (rule.risk_below || rule.risk_at_least) {
    words += fmt::format("{}the risk is {}", words.empty() ? "" : "; ",
                         RiskWords(rule));
  }
  if (words.empty()) return "The rule asks for nothing.";
  return fmt::format("All that it asks for is so: {}.", words);
}

std::string Uninspected(const Rule& rule) {
  if (rule.action != RouteAction::kToProject) {
    return "Whether it applies depends on the pixels, which were not "
           "inspected.";
  }
  return fmt::format(
      "Its conditions on the header are met; it lets out to {} once the "
      "pixels were inspected and the verdict is {}.",
      rule.project, Verdicts(rule));
}

}  // namespace

std::string Explain(const Rule& rule, const RuleMatch& match) {
  switch (match.cause) {
    case MatchCause::kMet:
      return AllMet(rule);
    case MatchCause::kMaybeMet:
      return fmt::format(
          "It asks whether {}, which the header does not tell; what is not "
          "known is held.",
          Condition(rule, match.condition));
    case MatchCause::kNotInspected:
      return Uninspected(rule);
    case MatchCause::kUnmet:
      return fmt::format("It is not so that {}.",
                         Condition(rule, match.condition));
    case MatchCause::kUnknownValue:
      return fmt::format(
          "It asks whether {}, which the header does not tell; what is not "
          "known is not let out.",
          Condition(rule, match.condition));
    case MatchCause::kPoorHeader:
      return "The header does not tell the Modality or the SOP Class UID, "
             "without which nothing is let out.";
    case MatchCause::kOtherVerdict:
      return fmt::format("It takes only the verdict {}.", Verdicts(rule));
    case MatchCause::kOtherRisk:
      return fmt::format("It takes only a risk {}.", RiskWords(rule));
    case MatchCause::kIncomplete:
      return "Not every object of the session was inspected in full, and such "
             "a session is not let out.";
    case MatchCause::kAlreadyInspected:
      return "The inspection that it asks for was made.";
  }
  return "It was passed over.";
}

}  // namespace burntin
