// What ExplainProtocol answers is what a decision would be.
#include <gmock/gmock.h>

#include <random>

#include "tests/server/routing_fixture.h"
#include "wire/decision_proto.h"
#include "wire/report_proto.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;

v1::HeaderFacts RandomHeader(std::mt19937* chance) {
  const auto pick = [&](std::vector<std::string> from) {
    return from[(*chance)() % from.size()];
  };
  v1::HeaderFacts header;
  header.set_modality(pick({"CT", "MR", "US", ""}));
  header.set_manufacturer(pick({"ACME", "acme", ""}));
  header.set_manufacturer_model_name(pick({"S", ""}));
  header.set_sop_class_uid(pick({"1.2.840.10008.5.1.4.1.1.2", ""}));
  header.add_image_type(pick({"ORIGINAL", "DERIVED", ""}));
  header.add_image_type(pick({"PRIMARY", ""}));
  header.add_software_versions(pick({"1", ""}));
  header.set_burned_in_annotation(pick({"YES", "NO", "", "odd"}));
  header.set_station_name(pick({"CT1", ""}));
  return header;
}

// As the detector would have given it.
Header HeaderOf(const v1::HeaderFacts& facts) {
  Header header;
  header.modality = facts.modality();
  header.manufacturer = facts.manufacturer();
  header.manufacturer_model_name = facts.manufacturer_model_name();
  header.sop_class_uid = facts.sop_class_uid();
  header.image_type = facts.image_type(0) + "\\" + facts.image_type(1);
  header.software_versions = facts.software_versions(0);
  header.burned_in_annotation = facts.burned_in_annotation();
  header.station_name = facts.station_name();
  return header;
}

TEST_F(RoutingServiceTest, AnExplanationIsWhatTheDecisionIsMadeBy) {
  const auto protocol = protocol_.Current()->protocol;
  std::mt19937 chance(7);
  for (int i = 0; i < 300; ++i) {
    v1::ExplainProtocolRequest request;
    *request.mutable_header() = RandomHeader(&chance);
    request.set_verdict(static_cast<v1::Verdict>(chance() % 5));
    request.set_risk(static_cast<double>(chance() % 11) / 10);
    const auto response = Explain(request);

    SessionFacts session;
    session.instances.resize(1);
    session.instances[0].header = FactsOf(HeaderOf(request.header()));
    if (request.verdict() != v1::VERDICT_UNSPECIFIED) {
      session.instances[0].assessment = {
          FromProto(request.verdict()), request.risk(), {}, true};
    }
    const RoutingDecision decision =
        DecideSession(protocol.get(), "QUARANTINE", session);
    EXPECT_EQ(response.decision().action(), ToProto(decision.action));
    EXPECT_EQ(response.decision().rule(), decision.rule);
    EXPECT_EQ(response.decision().rule_line(), decision.rule_line);
    EXPECT_EQ(response.decision().target_project(), decision.target_project);
    ASSERT_GT(response.trace_size(), 0);
    const v1::RuleTrace& last = response.trace(response.trace_size() - 1);
    EXPECT_EQ(last.matched(), !decision.rule.empty());
    EXPECT_EQ(last.matched() ? last.rule() : "", decision.rule);
    EXPECT_THAT(response.dasher_project(), IsEmpty());
  }
}

class DasherServiceTest : public RoutingServiceTest {
 protected:
  DasherServiceTest()
      : RoutingServiceTest("protocol.txt",
                           "0008,0060 Modality RTSTRUCT\n"
                           "0008,1090 ManufacturersModelName ALLOW ALL\n") {}
};

TEST_F(DasherServiceTest, AnExplanationSaysWhatDasherWouldHaveDone) {
  v1::ExplainProtocolRequest request;
  request.mutable_header()->set_modality("CT");
  request.mutable_header()->set_sop_class_uid("1.2.840.10008.5.1.4.1.1.2");
  request.set_verdict(v1::VERDICT_CLEAR);
  const auto response = Explain(request);
  EXPECT_EQ(response.decision().target_project(), "QUARANTINE");
  EXPECT_EQ(response.dasher_project(), "HOSPITAL");
}

}  // namespace
}  // namespace burntin
