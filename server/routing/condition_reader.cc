#include "server/routing/condition_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "server/routing/equal_text.h"
#include "server/routing/header_facts.h"
#include "server/routing/modality_terms.h"

namespace burntin {
namespace {

constexpr size_t kMostTexts = 1000;
constexpr size_t kMostTextBytes = 256;
constexpr size_t kMostUidBytes = 64;

bool IsUid(const std::string& text) {
  return text.size() <= kMostUidBytes &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isdigit(c) || c == '.';
         });
}

std::string KeyOf(Attribute attribute) {
  return std::string(RowOf(attribute).key);
}

bool Excludes(const ValueCondition& condition, const std::string& text) {
  return std::any_of(condition.none_of.begin(), condition.none_of.end(),
                     [&](const auto& entry) {
                       return EqualText(text, entry, LetterCase::kIgnored);
                     });
}

bool IsEmpty(const ValueCondition& condition) {
  return condition.any_of.empty() && condition.all_of.empty() &&
         condition.none_of.empty() && condition.patterns.empty();
}

}  // namespace

ValueCondition ConditionReader::Read(Attribute attribute, const YAML::Node& key,
                                     const YAML::Node& value) {
  ValueCondition condition;
  condition.attribute = attribute;
  condition.any_case = lets_out_ ? LetterCase::kCounts : LetterCase::kIgnored;
  condition.none_case = lets_out_ ? LetterCase::kIgnored : LetterCase::kCounts;
  const size_t errors_before = errors_->size();
  if (value.IsMap()) {
    ReadParts(value, &condition);
  } else {
    condition.any_of = ReadValues(attribute, KeyOf(attribute), key, value);
    if (RowOf(attribute).many_values && condition.any_of.size() > 1) {
      errors_->Add(key,
                   fmt::format("`{0}` has more than one value in a header, "
                               "so say what a list means: {0}: {{any_of: "
                               "[...]}} or {0}: {{all_of: [...]}}.",
                               KeyOf(attribute)));
    }
  }
  if (errors_->size() == errors_before) CheckTogether(key, condition);
  return condition;
}

void ConditionReader::ReadParts(const YAML::Node& value,
                                ValueCondition* condition) {
  ForEachKey(
      value, errors_,
      [&](const std::string& name, const YAML::Node& key,
          const YAML::Node& part) { ReadPart(name, key, part, condition); });
}

void ConditionReader::ReadPart(const std::string& name, const YAML::Node& key,
                               const YAML::Node& value,
                               ValueCondition* condition) {
  const Attribute attribute = condition->attribute;
  if (name == "any_of") {
    condition->any_of = ReadValues(attribute, name, key, value);
  } else if (name == "all_of" && RowOf(attribute).many_values) {
    condition->all_of = ReadValues(attribute, name, key, value);
  } else if (name == "none_of") {
    condition->none_of = ReadValues(attribute, name, key, value);
  } else if (name == "pattern" && attribute != Attribute::kBurnedInAnnotation) {
    ReadPatterns(key, value, condition);
  } else if (name == "absent") {
    ReadAbsent(key, value, condition);
  } else {
    errors_->Add(
        key,
        fmt::format("`{}` says nothing about `{}`. Write any_of, {}none_of{}.",
                    Quoted(name), KeyOf(attribute),
                    RowOf(attribute).many_values ? "all_of, " : "",
                    attribute == Attribute::kBurnedInAnnotation
                        ? ""
                        : ", pattern or absent"));
  }
}

std::vector<std::string> ConditionReader::ReadTexts(const std::string& name,
                                                    const YAML::Node& key,
                                                    const YAML::Node& value) {
  std::vector<std::string> texts;
  const auto add = [&](const YAML::Node& node) {
    if (!node.IsScalar()) {
      errors_->Add(node, fmt::format("An entry of `{}` has to be one text.",
                                     Quoted(name)));
      return;
    }
    std::string text = node.Scalar();
    absl::StripAsciiWhitespace(&text);
    if (text.empty() || text.size() > kMostTextBytes) {
      errors_->Add(node,
                   fmt::format("A text of `{}` has to have 1 to {} bytes.",
                               Quoted(name), kMostTextBytes));
      return;
    }
    texts.push_back(std::move(text));
  };
  if (value.IsScalar()) {
    add(value);
  } else if (value.IsSequence() && value.size() > 0 &&
             value.size() <= kMostTexts) {
    for (const YAML::Node& entry : value) add(entry);
  } else {
    errors_->Add(key, fmt::format("`{}` has to have a value, or a list of 1 to "
                                  "{} values.",
                                  Quoted(name), kMostTexts));
  }
  return texts;
}

std::vector<std::string> ConditionReader::ReadValues(Attribute attribute,
                                                     const std::string& name,
                                                     const YAML::Node& key,
                                                     const YAML::Node& value) {
  std::vector<std::string> texts = ReadTexts(name, key, value);
  for (size_t i = 0; i < texts.size(); ++i) {
    const bool by_entry = value.IsSequence() && value.size() == texts.size();
    CheckValue(attribute, texts[i], by_entry ? value[i] : value);
  }
  return texts;
}

void ConditionReader::CheckValue(Attribute attribute, const std::string& text,
                                 const YAML::Node& node) {
  if (absl::StrContains(text, "\\")) {
    errors_->Add(node,
                 "A backslash is never part of a value. Write the values "
                 "as a list: {all_of: [...]}.");
  } else if (attribute == Attribute::kSopClassUid && !IsUid(text)) {
    errors_->Add(node, fmt::format("`{}` is not a UID. Write the class's "
                                   "number, as in 1.2.840.10008.5.1.4.1.1.7.",
                                   Quoted(text)));
  } else if (attribute == Attribute::kBurnedInAnnotation && text != "YES" &&
             text != "NO" && text != kAbsent) {
    errors_->Add(node, fmt::format("`{}` has to be YES, NO or {}.",
                                   KeyOf(attribute), kAbsent));
  } else if (attribute == Attribute::kModality) {
    CheckModality(text, node);
  }
}

void ConditionReader::CheckModality(const std::string& text,
                                    const YAML::Node& node) {
  if (IsModalityTerm(text)) return;
  std::string sentence = fmt::format(
      "`{}` is not a modality of the DICOM standard.", Quoted(text));
  const std::string_view advice = ModalityAdvice(text);
  if (!advice.empty()) sentence += fmt::format(" {}", advice);
  notices_->Add(node, sentence);
}

void ConditionReader::ReadPatterns(const YAML::Node& key,
                                   const YAML::Node& value,
                                   ValueCondition* condition) {
  const std::vector<std::string> texts = ReadTexts("pattern", key, value);
  for (const std::string& text : texts) {
    absl::StatusOr<Pattern> pattern =
        Pattern::Compile(text, condition->any_case);
    if (pattern.ok()) {
      condition->patterns.push_back(*std::move(pattern));
      continue;
    }
    errors_->Add(value.IsScalar() ? value : key,
                 fmt::format("`{}` is not a regular expression of RE2: {}.",
                             Quoted(text),
                             Quoted(std::string(pattern.status().message()))));
  }
}

void ConditionReader::ReadAbsent(const YAML::Node& key, const YAML::Node& value,
                                 ValueCondition* condition) {
  if (!value.IsScalar() || value.Scalar() != "true") {
    errors_->Add(key, "`absent` has to be true, or be left out.");
  } else if (condition->attribute == Attribute::kBurnedInAnnotation) {
    errors_->Add(key, fmt::format("Write burned_in_annotation: {}.", kAbsent));
  } else if (lets_out_) {
    errors_->Add(key,
                 "A value that is missing lets nothing out. Ask for "
                 "`absent` only in a rule that holds.");
  } else {
    condition->absent = true;
  }
}

void ConditionReader::CheckTogether(const YAML::Node& key,
                                    const ValueCondition& condition) {
  const std::string name = KeyOf(condition.attribute);
  if (!condition.absent && IsEmpty(condition)) {
    errors_->Add(key, fmt::format("`{}` says nothing. Write a value, or leave "
                                  "it out.",
                                  name));
    return;
  }
  if (condition.absent && !IsEmpty(condition)) {
    errors_->Add(key, fmt::format("`{}` cannot be absent and have a value: the "
                                  "rule would never fire.",
                                  name));
    return;
  }
  const auto excluded = [&](const std::string& text) {
    return Excludes(condition, text);
  };
  const bool none_left =
      !condition.any_of.empty() &&
      std::all_of(condition.any_of.begin(), condition.any_of.end(), excluded);
  const bool contradiction =
      std::any_of(condition.all_of.begin(), condition.all_of.end(), excluded);
  if (none_left || contradiction) {
    errors_->Add(key, fmt::format("`{}` asks for a value and excludes it: the "
                                  "rule would never fire.",
                                  name));
  }
}

}  // namespace burntin
