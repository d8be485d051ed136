// Reads one rule of a protocol. Private to server/routing.
#ifndef BURNTIN_SERVER_ROUTING_RULE_READER_H_
#define BURNTIN_SERVER_ROUTING_RULE_READER_H_

#include <string>

#include "server/routing/protocol.h"
#include "server/routing/yaml_edge.h"

namespace burntin {

class RuleReader {
 public:
  // Owns nothing; all outlive it.
  RuleReader(const ProtocolSite* site, YamlNotes* errors, YamlNotes* notices)
      : site_(site), errors_(errors), notices_(notices) {}

  // What it gives after an error is of no use.
  Rule Read(const YAML::Node& node);

 private:
  void ReadName(const YAML::Node& key, const YAML::Node& value, Rule* rule);
  void ReadThen(const YAML::Node& key, const YAML::Node& value, Rule* rule);
  void ReadProject(const YAML::Node& key, const YAML::Node& value, Rule* rule);
  void ReadWhen(const YAML::Node& value, Rule* rule);
  void ReadCondition(const std::string& name, const YAML::Node& key,
                     const YAML::Node& value, Rule* rule);
  void ReadDevices(const YAML::Node& key, const YAML::Node& value, Rule* rule);
  void ReadVerdicts(const YAML::Node& key, const YAML::Node& value, Rule* rule);
  void ReadRisk(const YAML::Node& key, const YAML::Node& value, Rule* rule);
  void Finish(const YAML::Node& node, Rule* rule);
  void FinishLettingOut(const YAML::Node& node, Rule* rule);

  const ProtocolSite* const site_;
  YamlNotes* const errors_;
  YamlNotes* const notices_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_RULE_READER_H_
