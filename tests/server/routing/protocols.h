// Protocols, headers and sessions for tests.
#ifndef BURNTIN_TESTS_SERVER_ROUTING_PROTOCOLS_H_
#define BURNTIN_TESTS_SERVER_ROUTING_PROTOCOLS_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/routing/decide_session.h"
#include "server/routing/header_facts.h"
#include "server/routing/protocol_parser.h"

namespace burntin {

inline constexpr char kCtClass[] = "1.2.840.10008.5.1.4.1.1.2";
inline constexpr char kStudy[] = "1.2.3";

// "version: 1", "rules:" and these rules, each a flow map.
inline std::string ProtocolText(const std::vector<std::string>& rules) {
  std::string text = "version: 1\nrules:\n";
  for (const std::string& rule : rules) text += "  - {" + rule + "}\n";
  return rules.empty() ? "version: 1\nrules: []\n" : text;
}

inline std::shared_ptr<const Protocol> Parsed(const std::string& text) {
  const ReadProtocol read = ParseYamlProtocol(text, {});
  EXPECT_TRUE(read.errors.empty()) << Listed(read.errors, "protocol.yaml");
  EXPECT_NE(read.protocol, nullptr);
  return read.protocol;
}

inline std::shared_ptr<const Protocol> WithRules(
    const std::vector<std::string>& rules) {
  return Parsed(ProtocolText(rules));
}

// A CT image of a known device; `changes` by the attributes' keys.
inline HeaderFacts CtHeader(
    const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> values = {
      {"modality", "CT"},
      {"sop_class_uid", kCtClass},
      {"manufacturer", "ACME"},
      {"manufacturer_model_name", "Scanner 1"},
      {"software_versions", "5.1\\R2"},
      {"image_type", "ORIGINAL\\PRIMARY\\AXIAL"},
      {"station_name", "CT1"}};
  for (const auto& [key, value] : changes) values[key] = value;
  HeaderFacts facts;
  for (const auto& [key, value] : values) {
    facts.Set(*AttributeByKey(key), value);
  }
  return facts;
}

inline InstanceFacts Instance(const std::string& uid, const HeaderFacts& header,
                              Verdict verdict = Verdict::kClear,
                              double risk = 0) {
  InstanceFacts instance;
  instance.sop_instance_uid = uid;
  instance.study_instance_uid = kStudy;
  instance.header = header;
  instance.assessment = {verdict, risk, {}, /*inspected_in_full=*/true};
  return instance;
}

inline SessionFacts SessionOf(std::vector<InstanceFacts> instances) {
  SessionFacts session;
  session.study_instance_uid = kStudy;
  session.instances = std::move(instances);
  return session;
}

inline RoutingDecision Decide(const std::shared_ptr<const Protocol>& protocol,
                              const SessionFacts& session) {
  return DecideSession(protocol.get(), "QUARANTINE", session);
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_ROUTING_PROTOCOLS_H_
