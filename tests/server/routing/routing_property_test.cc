// What holds for every protocol, tried on random ones.
#include <gmock/gmock.h>

#include <random>

#include "server/routing/dasher.h"
#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

constexpr int kProtocols = 2000;
constexpr int kSessionsEach = 20;

constexpr Verdict kVerdicts[] = {Verdict::kClear, Verdict::kReview,
                                 Verdict::kIdentifying,
                                 Verdict::kIndeterminate};

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}

  int Below(int count) {
    return static_cast<int>(engine_() % static_cast<unsigned>(count));
  }
  bool Once(int in) { return Below(in) == 0; }
  const char* Pick(const std::vector<const char*>& from) {
    return from[static_cast<size_t>(Below(static_cast<int>(from.size())))];
  }

 private:
  std::mt19937 engine_;
};

std::string RandomCondition(Chance* chance, bool lets_out) {
  switch (chance->Below(9)) {
    case 0:
      return std::string("modality: ") + chance->Pick({"CT", "[CT, MR]"});
    case 1:
      return "modality: {none_of: [US, SC]}";
    case 2:
      return std::string("manufacturer: {pattern: '") +
             chance->Pick({".*", "A.*", "X"}) + "'}";
    case 3:
      return std::string("image_type: {all_of: [") +
             chance->Pick({"ORIGINAL", "DERIVED"}) + "]}";
    case 4:
      return std::string("burned_in_annotation: ") +
             chance->Pick({"NO", "ABSENT", "[NO, ABSENT]", "YES"});
    case 5:
      return "device_list: {none_of: burns_in}";
    case 6:
      return std::string("risk: {below: ") + chance->Pick({"0.5", "1"}) + "}";
    case 7:
      return std::string("verdict: ") +
             (lets_out ? chance->Pick({"CLEAR", "[CLEAR, REVIEW, IDENTIFYING]",
                                       "IDENTIFYING"})
                       : chance->Pick({"REVIEW", "INDETERMINATE"}));
    default:
      return lets_out ? "station_name: CT1" : "station_name: {absent: true}";
  }
}

std::string RandomRule(Chance* chance, int number) {
  const bool lets_out = !chance->Once(3);
  const bool inspects = !lets_out && chance->Once(3);
  std::map<std::string, std::string> conditions;  // one of each kind
  for (int i = chance->Below(3); i >= 0; --i) {
    const std::string condition = RandomCondition(chance, lets_out);
    const std::string key = condition.substr(0, condition.find(':'));
    if (inspects && (key == "verdict" || key == "risk")) continue;
    conditions[key] = condition;
  }
  if (conditions.empty()) conditions["modality"] = "modality: CT";
  std::string when;
  for (const auto& [key, condition] : conditions) {
    if (!when.empty()) when += ", ";
    when += condition;
  }
  const std::string then = lets_out   ? "{to_project: A}"
                           : inspects ? "inspect_first"
                                      : "quarantine";
  return "name: r" + std::to_string(number) + ", when: {" + when +
         "}, then: " + then;
}

// Null where it is refused, because of a rule that can never fire.
std::shared_ptr<const Protocol> RandomProtocol(Chance* chance) {
  std::vector<std::string> rules;
  for (int i = chance->Below(5); i >= 0; --i) {
    rules.push_back(RandomRule(chance, i));
  }
  const ReadProtocol read = ParseYamlProtocol(ProtocolText(rules), {});
  for (const ProtocolNote& error : read.errors) {
    EXPECT_THAT(error.message, testing::HasSubstr("never fire"));
  }
  return read.protocol;
}

HeaderFacts RandomHeader(Chance* chance) {
  return CtHeader(
      {{"modality", chance->Pick({"CT", "MR", "US", ""})},
       {"manufacturer", chance->Pick({"ACME", "GE", ""})},
       {"manufacturer_model_name", chance->Pick({"S", "LOGIQ", ""})},
       {"image_type", chance->Pick({"ORIGINAL", "DERIVED\\SECONDARY", ""})},
       {"burned_in_annotation", chance->Pick({"", "NO", "YES", "odd"})},
       {"station_name", chance->Pick({"CT1", ""})}});
}

SessionFacts RandomSession(Chance* chance) {
  std::vector<InstanceFacts> instances;
  for (int i = chance->Below(4); i >= 0; --i) {
    const Verdict verdict =
        chance->Once(2) ? Verdict::kClear : kVerdicts[chance->Below(4)];
    instances.push_back(Instance(std::to_string(i), RandomHeader(chance),
                                 verdict, chance->Below(11) / 10.0));
    if (chance->Once(20)) instances.back().assessment.reset();
  }
  SessionFacts session = SessionOf(std::move(instances));
  if (chance->Once(10)) session.instances_expected = 1 + chance->Below(5);
  if (chance->Once(10)) session.instances_unknown = 1;
  return session;
}

bool IsWhole(const SessionFacts& session) {
  if (session.instances_unknown > 0) return false;
  const auto count = static_cast<int>(session.instances.size());
  if (session.instances_expected > 0 && session.instances_expected != count) {
    return false;
  }
  for (const InstanceFacts& instance : session.instances) {
    if (!instance.assessment ||
        instance.assessment->verdict == Verdict::kIndeterminate) {
      return false;
    }
  }
  return true;
}

TEST(RoutingPropertyTest, NoProtocolLetsOutWhatWasNotInspectedInFull) {
  Chance chance(/*seed=*/1);
  int protocols = 0;
  int out = 0;
  int broken = 0;
  for (int i = 0; i < kProtocols; ++i) {
    const auto protocol = RandomProtocol(&chance);
    if (!protocol) continue;
    ++protocols;
    for (int j = 0; j < kSessionsEach; ++j) {
      const SessionFacts session = RandomSession(&chance);
      const RoutingDecision decision = Decide(protocol, session);
      EXPECT_FALSE(decision.reasons.empty());
      EXPECT_FALSE(decision.target_project.empty());
      if (!IsWhole(session)) {
        ++broken;
        EXPECT_NE(decision.action, RouteAction::kToProject);
      }
      if (decision.action == RouteAction::kToProject) ++out;
    }
  }
  // Else the test would say nothing.
  EXPECT_GT(protocols, kProtocols / 3);
  EXPECT_GT(out, 500);
  EXPECT_GT(broken, 5000);
}

TEST(RoutingPropertyTest, WithoutAValueNothingIsLetOutThatWasHeldWithIt) {
  // Whatever the value is: if the session is let out without it, then it is
  // let out with each.
  Chance chance(/*seed=*/2);
  int out = 0;
  for (int i = 0; i < kProtocols; ++i) {
    const auto protocol = RandomProtocol(&chance);
    if (!protocol) continue;
    for (int j = 0; j < kSessionsEach; ++j) {
      SessionFacts session = SessionOf({Instance("1", RandomHeader(&chance))});
      HeaderFacts& header = session.instances[0].header;
      const HeaderFacts with = header;
      for (const Attribute attribute :
           {Attribute::kModality, Attribute::kManufacturer,
            Attribute::kManufacturerModelName, Attribute::kImageType}) {
        header = with;
        header.Set(attribute, "");
        if (Decide(protocol, session).action != RouteAction::kToProject) {
          continue;
        }
        ++out;
        header = with;
        if (!header.Knows(attribute)) continue;
        EXPECT_EQ(Decide(protocol, session).action, RouteAction::kToProject);
      }
    }
  }
  EXPECT_GT(out, 500);
}

TEST(RoutingPropertyTest, TheOrderOfTheObjectsDoesNotMatter) {
  Chance chance(/*seed=*/3);
  int decided = 0;
  for (int i = 0; i < kProtocols; ++i) {
    const auto protocol = RandomProtocol(&chance);
    if (!protocol) continue;
    SessionFacts session = RandomSession(&chance);
    const RoutingDecision one = Decide(protocol, session);
    std::reverse(session.instances.begin(), session.instances.end());
    const RoutingDecision other = Decide(protocol, session);
    EXPECT_EQ(one.action, other.action);
    EXPECT_EQ(one.rule, other.rule);
    EXPECT_EQ(one.target_project, other.target_project);
    ++decided;
  }
  EXPECT_GT(decided, kProtocols / 3);
}

TEST(RoutingPropertyTest, NoObjectMoreLetsASessionOut) {
  Chance chance(/*seed=*/4);
  int held = 0;
  for (int i = 0; i < kProtocols; ++i) {
    const auto protocol = RandomProtocol(&chance);
    if (!protocol) continue;
    SessionFacts session = RandomSession(&chance);
    // A rule may ask for a bad verdict or a high risk on purpose.
    for (InstanceFacts& instance : session.instances) {
      instance.assessment = {
          Verdict::kClear, 0, {}, /*inspected_in_full=*/true};
    }
    session.instances_expected = 0;
    if (Decide(protocol, session).action == RouteAction::kToProject) continue;
    ++held;
    session.instances.push_back(Instance("more", CtHeader()));
    EXPECT_NE(Decide(protocol, session).action, RouteAction::kToProject);
  }
  EXPECT_GT(held, 200);
}

}  // namespace
}  // namespace burntin
