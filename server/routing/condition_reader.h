// Reads the conditions of a protocol's rules and of a device list. Private to
// server/routing.
#ifndef BURNTIN_SERVER_ROUTING_CONDITION_READER_H_
#define BURNTIN_SERVER_ROUTING_CONDITION_READER_H_

#include <string>
#include <vector>

#include "server/routing/protocol.h"
#include "server/routing/yaml_edge.h"

namespace burntin {

// Reads one condition after the other; all errors go to one list.
class ConditionReader {
 public:
  // `lets_out`: what the conditions' rule does if they are met. Owns neither
  // list.
  ConditionReader(bool lets_out, YamlNotes* errors, YamlNotes* notices)
      : lets_out_(lets_out), errors_(errors), notices_(notices) {}

  // The condition that stands under `key`: one value, a list of which one has
  // to be there, or a map of any_of, all_of, none_of, pattern and absent. What
  // it gives after an error is of no use.
  ValueCondition Read(Attribute attribute, const YAML::Node& key,
                      const YAML::Node& value);

  // One text or a list of them, without padding.
  std::vector<std::string> ReadTexts(const std::string& name,
                                     const YAML::Node& key,
                                     const YAML::Node& value);

 private:
  void ReadParts(const YAML::Node& value, ValueCondition* condition);
  void ReadPart(const std::string& name, const YAML::Node& key,
                const YAML::Node& value, ValueCondition* condition);
  std::vector<std::string> ReadValues(Attribute attribute,
                                      const std::string& name,
                                      const YAML::Node& key,
                                      const YAML::Node& value);
  void CheckValue(Attribute attribute, const std::string& text,
                  const YAML::Node& node);
  void CheckModality(const std::string& text, const YAML::Node& node);
  void ReadPatterns(const YAML::Node& key, const YAML::Node& value,
                    ValueCondition* condition);
  void ReadAbsent(const YAML::Node& key, const YAML::Node& value,
                  ValueCondition* condition);
  void CheckTogether(const YAML::Node& key, const ValueCondition& condition);

  const bool lets_out_;
  YamlNotes* const errors_;
  YamlNotes* const notices_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_CONDITION_READER_H_
