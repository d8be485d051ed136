#include "server/routing/protocol_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "server/routing/dasher.h"
#include "server/routing/dead_rules.h"
#include "server/routing/pixelless.h"
#include "server/routing/rule_reader.h"
#include "server/routing/yaml_edge.h"

namespace burntin {
namespace {

constexpr size_t kMostRules = 500;

class Reader {
 public:
  Reader(std::string_view text, const ProtocolSite& site)
      : text_(text), site_(site) {
    protocol_.quarantine_project = site.quarantine_project;
  }

  ReadProtocol Read() {
    const std::optional<YAML::Node> root = LoadDocument(text_, &errors_);
    if (root) ReadRoot(*root);
    if (errors_.empty()) CheckTogether();
    ReadProtocol read{nullptr, errors_.Sorted(), notices_.Sorted()};
    if (errors_.empty()) {
      read.protocol = std::make_shared<const Protocol>(std::move(protocol_));
    }
    return read;
  }

 private:
  void ReadRoot(const YAML::Node& root) {
    if (!root.IsMap()) {
      errors_.Add(root, "The file has to hold `version: 1` and `rules:`.");
      return;
    }
    bool has_version = false;
    bool has_rules = false;
    ForEachKey(root, &errors_,
               [&](const std::string& name, const YAML::Node& key,
                   const YAML::Node& value) {
                 if (name == "version") {
                   has_version = true;
                   ReadVersion(key, value);
                 } else if (name == "rules") {
                   has_rules = true;
                   ReadRules(key, value);
                 } else if (name == "without_pixels") {
                   ReadPixelless(key, value);
                 } else {
                   errors_.Add(key, fmt::format("`{}` is unknown. There are "
                                                "`version`, `rules` and "
                                                "`without_pixels`.",
                                                Quoted(name)));
                 }
               });
    if (!has_version) errors_.Add(root, "`version: 1` is missing.");
    if (!has_rules) errors_.Add(root, "`rules` is missing.");
  }

  void ReadVersion(const YAML::Node& key, const YAML::Node& value) {
    if (value.IsScalar() && value.Scalar() == "1") return;
    errors_.Add(key,
                "`version` has to be 1. Another form of protocol needs "
                "another version of burntin.");
  }

  void ReadPixelless(const YAML::Node& key, const YAML::Node& value) {
    const std::string wanted = fmt::format(
        "`without_pixels` has to be a list of kinds of objects: {}.",
        PixellessKinds());
    if (!value.IsSequence() || value.size() == 0) {
      return errors_.Add(key, wanted);
    }
    for (const YAML::Node& kind : value) {
      const std::set<std::string> classes =
          PixellessClasses(kind.IsScalar() ? kind.Scalar() : "");
      if (classes.empty()) errors_.Add(kind, wanted);
      protocol_.pixelless.insert(classes.begin(), classes.end());
    }
    notices_.Add(key,
                 "Objects without pixels may go out with their session. Text "
                 "that stands in them is not looked at.");
  }

  void ReadRules(const YAML::Node& key, const YAML::Node& value) {
    if (!value.IsSequence() || value.size() > kMostRules) {
      errors_.Add(key, fmt::format("`rules` has to be a list of at most {} "
                                   "rules. `rules: []` holds everything.",
                                   kMostRules));
      return;
    }
    RuleReader reader(&site_, &errors_, &notices_);
    for (const YAML::Node& node : value) {
      protocol_.rules.push_back(reader.Read(node));
      CheckName(node, protocol_.rules.back());
    }
  }

  void CheckName(const YAML::Node& node, const Rule& rule) {
    if (rule.name.empty() || rule.name == "?") return;
    const auto first =
        std::find_if(protocol_.rules.begin(), protocol_.rules.end(),
                     [&](const Rule& one) { return one.name == rule.name; });
    if (&*first == &rule) return;
    errors_.Add(node, fmt::format("The rule of line {} has the name \"{}\" as "
                                  "well. Give each its own.",
                                  first->line, rule.name));
  }

  // What each rule alone cannot tell.
  void CheckTogether() {
    for (const ProtocolNote& note : DeadRules(protocol_)) {
      YAML::Mark mark;
      mark.line = note.line - 1;
      mark.column = note.column - 1;
      errors_.Add(mark, note.message);
    }
    const bool lets_out = std::any_of(
        protocol_.rules.begin(), protocol_.rules.end(), [](const Rule& rule) {
          return rule.action == RouteAction::kToProject;
        });
    if (!lets_out) {
      notices_.Add(YAML::Mark(),
                   "No rule lets anything out, so everything is "
                   "quarantined.");
    }
  }

  std::string_view text_;
  const ProtocolSite& site_;
  YamlNotes errors_;
  YamlNotes notices_;
  Protocol protocol_;
};

}  // namespace

ReadProtocol ParseYamlProtocol(std::string_view text,
                               const ProtocolSite& site) {
  return Reader(text, site).Read();
}

ReadProtocol ParseProtocol(const std::string& file_name, std::string_view text,
                           const ProtocolSite& site) {
  if (absl::EndsWith(file_name, ".yaml") || absl::EndsWith(file_name, ".yml")) {
    return ParseYamlProtocol(text, site);
  }
  if (absl::EndsWith(file_name, ".txt")) return ParseDasher(text, site);
  return {nullptr,
          {{1, 1,
            "The name of a protocol has to end in .yaml, or in .txt for "
            "DASHER's protocol.txt."}},
          {}};
}

std::string Listed(const std::vector<ProtocolNote>& notes,
                   const std::string& file_name) {
  std::string lines;
  for (const ProtocolNote& note : notes) {
    if (!lines.empty()) lines += '\n';
    lines += fmt::format("{}:{}:{}: {}", file_name, note.line, note.column,
                         note.message);
  }
  return lines;
}

}  // namespace burntin
