#include "server/routing/decide_session.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Reason> CodesOf(const RoutingDecision& decision) {
  std::vector<Reason> codes;
  for (const VerdictReason& reason : decision.reasons) {
    codes.push_back(reason.code);
    EXPECT_FALSE(reason.message.empty());
  }
  return codes;
}

std::shared_ptr<const Protocol> ClearCtGoesOut() {
  return WithRules(
      {"name: us, when: {modality: US}, then: quarantine",
       "name: ct, when: {modality: [CT, PT]}, then: {to_project: A}"});
}

TEST(DecideSessionTest, AClearSessionGoesOut) {
  const RoutingDecision decision =
      Decide(ClearCtGoesOut(),
             SessionOf({Instance("1", CtHeader()), Instance("2", CtHeader())}));
  EXPECT_EQ(decision.action, RouteAction::kToProject);
  EXPECT_EQ(decision.target_project, "A");
  EXPECT_EQ(decision.rule, "ct");
  EXPECT_EQ(decision.rule_line, 4);
  EXPECT_EQ(decision.verdict, Verdict::kClear);
  EXPECT_EQ(decision.instances_total, 2);
  EXPECT_THAT(CodesOf(decision), ElementsAre(Reason::kProtocolRule));
}

TEST(DecideSessionTest, WithoutAProtocolEverythingIsQuarantined) {
  const RoutingDecision decision =
      Decide(nullptr, SessionOf({Instance("1", CtHeader())}));
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.target_project, "QUARANTINE");
  EXPECT_THAT(CodesOf(decision), ElementsAre(Reason::kProtocolMissing));
}

TEST(DecideSessionTest, TheWorstObjectDecides) {
  SessionFacts session = SessionOf({Instance("1", CtHeader()),
                                    Instance("2", CtHeader(), Verdict::kReview),
                                    Instance("3", CtHeader())});
  session.instances[1].assessment->risk = 0.6;
  session.instances[1].assessment->reasons = {
      {Reason::kUnprovenText, "There is text."}};
  const RoutingDecision decision = Decide(ClearCtGoesOut(), session);
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.verdict, Verdict::kReview);
  EXPECT_EQ(decision.risk, 0.6);
  EXPECT_THAT(CodesOf(decision),
              ElementsAre(Reason::kNoRuleMatched, Reason::kUnprovenText));
}

TEST(DecideSessionTest, OneObjectThatARuleHoldsHoldsTheSession) {
  const RoutingDecision decision =
      Decide(ClearCtGoesOut(),
             SessionOf({Instance("1", CtHeader()),
                        Instance("2", CtHeader({{"modality", "US"}})),
                        Instance("3", CtHeader())}));
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.rule, "us");
  EXPECT_EQ(decision.deciding_instance, 1);
}

TEST(DecideSessionTest, OneObjectThatNoRuleLetsOutHoldsTheSession) {
  const RoutingDecision decision =
      Decide(ClearCtGoesOut(),
             SessionOf({Instance("1", CtHeader()),
                        Instance("2", CtHeader({{"modality", "SR"}}))}));
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_THAT(decision.rule, IsEmpty());
  EXPECT_EQ(decision.deciding_instance, 1);
  EXPECT_THAT(CodesOf(decision), ElementsAre(Reason::kNoRuleMatched));
}

TEST(DecideSessionTest, ASessionIsNeverSplit) {
  const auto protocol =
      WithRules({"name: ct, when: {modality: CT}, then: {to_project: A}",
                 "name: pt, when: {modality: PT}, then: {to_project: B}"});
  const RoutingDecision decision = Decide(
      protocol, SessionOf({Instance("1", CtHeader()),
                           Instance("2", CtHeader({{"modality", "PT"}}))}));
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.target_project, "QUARANTINE");
  EXPECT_THAT(CodesOf(decision), ElementsAre(Reason::kSessionWouldSplit));
}

TEST(DecideSessionTest, TwoRulesMaySendASessionToOneProject) {
  const auto protocol =
      WithRules({"name: ct, when: {modality: CT}, then: {to_project: A}",
                 "name: pt, when: {modality: PT}, then: {to_project: A}"});
  const RoutingDecision decision =
      Decide(protocol, SessionOf({Instance("1", CtHeader({{"modality", "PT"}})),
                                  Instance("2", CtHeader())}));
  EXPECT_EQ(decision.action, RouteAction::kToProject);
  EXPECT_EQ(decision.rule, "ct");
}

struct HeldCase {
  std::string name;
  void (*spoil)(SessionFacts* session);
  Reason reason;
};

class HeldTest : public testing::TestWithParam<HeldCase> {};

// Even by a protocol that lets out all that it can.
TEST_P(HeldTest, WhateverTheRulesSay) {
  const auto protocol = WithRules(
      {"name: r, when: {verdict: [CLEAR, REVIEW, IDENTIFYING]}, then: "
       "{to_project: A}"});
  SessionFacts session =
      SessionOf({Instance("1", CtHeader()), Instance("2", CtHeader())});
  ASSERT_EQ(Decide(protocol, session).action, RouteAction::kToProject);
  GetParam().spoil(&session);
  const RoutingDecision decision = Decide(protocol, session);
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.target_project, "QUARANTINE");
  EXPECT_THAT(decision.rule, IsEmpty());
  EXPECT_EQ(CodesOf(decision).front(), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    All, HeldTest,
    testing::Values(
        HeldCase{"WithoutObjects",
                 [](SessionFacts* session) { session->instances.clear(); },
                 Reason::kSessionIncomplete},
        HeldCase{"WithAnObjectWithoutReport",
                 [](SessionFacts* session) { session->instances_unknown = 1; },
                 Reason::kInstanceNotInspected},
        HeldCase{"WithAnInspectedObjectThatIsNotNamed",
                 [](SessionFacts* session) { session->instances_unnamed = 1; },
                 Reason::kSessionIncomplete},
        HeldCase{"WithFewerObjectsThanExpected",
                 [](SessionFacts* session) { session->instances_expected = 3; },
                 Reason::kSessionIncomplete},
        HeldCase{"WithMoreObjectsThanExpected",
                 [](SessionFacts* session) { session->instances_expected = 1; },
                 Reason::kSessionIncomplete},
        HeldCase{"WithAnObjectTwice",
                 [](SessionFacts* session) {
                   session->instances_expected = 2;
                   session->instances[1].sop_instance_uid = "1";
                 },
                 Reason::kSessionInconsistent},
        HeldCase{"WithAnObjectOfAnotherStudy",
                 [](SessionFacts* session) {
                   session->instances[1].study_instance_uid = "9";
                 },
                 Reason::kSessionInconsistent},
        HeldCase{"WithAnObjectThatWasNotInspectedInFull",
                 [](SessionFacts* session) {
                   session->instances[1].assessment->verdict =
                       Verdict::kIndeterminate;
                 },
                 Reason::kNoRuleMatched},
        HeldCase{"WithAnObjectOfWhichAPartWasEnoughToIdentify",
                 [](SessionFacts* session) {
                   session->instances[1].assessment->verdict =
                       Verdict::kIdentifying;
                   session->instances[1].assessment->inspected_in_full = false;
                 },
                 Reason::kNoRuleMatched},
        HeldCase{"WithSuchAnObjectBesideAWorseOne",
                 [](SessionFacts* session) {
                   session->instances[0].assessment->verdict =
                       Verdict::kIdentifying;
                   session->instances[1].assessment->verdict =
                       Verdict::kIndeterminate;
                 },
                 Reason::kNoRuleMatched},
        HeldCase{"WithAnObjectThatWasNotInspectedAtAll",
                 [](SessionFacts* session) {
                   session->instances[1].assessment.reset();
                 },
                 Reason::kNoRuleMatched},
        HeldCase{"WithARiskThatIsNone",
                 [](SessionFacts* session) {
                   session->instances[1].assessment->risk = std::nan("");
                 },
                 Reason::kNoRuleMatched},
        HeldCase{"WithARiskOutOfRange",
                 [](SessionFacts* session) {
                   session->instances[1].assessment->risk = -1;
                 },
                 Reason::kNoRuleMatched}),
    [](const auto& tested) { return tested.param.name; });

TEST(DecideSessionTest, WithoutAnInspectionTheRuleThatNeedsItAsksForIt) {
  SessionFacts session = SessionOf({Instance("1", CtHeader())});
  session.instances[0].assessment.reset();
  const RoutingDecision decision = Decide(ClearCtGoesOut(), session);
  EXPECT_EQ(decision.action, RouteAction::kInspectFirst);
  EXPECT_EQ(decision.target_project, "QUARANTINE");
  EXPECT_EQ(decision.rule, "ct");
  EXPECT_EQ(decision.verdict, std::nullopt);
  EXPECT_THAT(CodesOf(decision), ElementsAre(Reason::kInspectionNeeded));
}

TEST(DecideSessionTest, WhatTheHeaderAloneHoldsIsHeldWithoutAnInspection) {
  SessionFacts session =
      SessionOf({Instance("1", CtHeader()),
                 Instance("2", CtHeader({{"modality", "US"}}))});
  session.instances[0].assessment.reset();
  session.instances[1].assessment.reset();
  const RoutingDecision decision = Decide(ClearCtGoesOut(), session);
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.rule, "us");
}

TEST(DecideSessionTest, ReasonsOfObjectsComeOnceAndFromTheWorstFirst) {
  SessionFacts session =
      SessionOf({Instance("1", CtHeader(), Verdict::kReview, 0.5),
                 Instance("2", CtHeader(), Verdict::kIdentifying, 0.9)});
  session.instances[0].assessment->reasons = {{Reason::kUnprovenText, "a"},
                                              {Reason::kHeaderMatch, "b"}};
  session.instances[1].assessment->reasons = {{Reason::kHeaderMatch, "c"}};
  const RoutingDecision decision = Decide(ClearCtGoesOut(), session);
  EXPECT_THAT(CodesOf(decision),
              ElementsAre(Reason::kNoRuleMatched, Reason::kHeaderMatch,
                          Reason::kUnprovenText));
  EXPECT_EQ(decision.reasons[1].message, "c");
}

// A structured report as the detector reports it.
InstanceFacts StructuredReport(const std::string& uid) {
  InstanceFacts report =
      Instance(uid,
               CtHeader({{"modality", "SR"},
                         {"sop_class_uid", "1.2.840.10008.5.1.4.1.1.88.11"}}),
               Verdict::kIndeterminate, 1);
  report.assessment->inspected_in_full = false;
  report.assessment->reasons = {{Reason::kNoPixelData, "There are none."}};
  return report;
}

std::shared_ptr<const Protocol> ReportsGoAlong(const std::string& kinds) {
  return Parsed("version: 1\nwithout_pixels: " + kinds +
                "\nrules:\n  - {name: all, when: {modality: [CT, SR]}, "
                "then: {to_project: A}}\n");
}

TEST(DecideSessionTest, AnObjectWithoutPixelsHoldsItsSession) {
  const RoutingDecision decision =
      Decide(WithRules({"name: all, when: {modality: [CT, SR]}, "
                        "then: {to_project: A}"}),
             SessionOf({Instance("1", CtHeader()), StructuredReport("2")}));
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.verdict, Verdict::kIndeterminate);
}

TEST(DecideSessionTest, OneOfAKindThatTheProtocolNamesGoesAlong) {
  const RoutingDecision decision =
      Decide(ReportsGoAlong("[structured_report]"),
             SessionOf({Instance("1", CtHeader()), StructuredReport("2")}));
  EXPECT_EQ(decision.action, RouteAction::kToProject);
  EXPECT_EQ(decision.verdict, Verdict::kClear);
  EXPECT_EQ(decision.instances_total, 2);
  // That it has none is still told.
  EXPECT_THAT(CodesOf(decision),
              ElementsAre(Reason::kProtocolRule, Reason::kNoPixelData));
}

TEST(DecideSessionTest, OneOfAnotherKindDoesNotGoAlong) {
  EXPECT_EQ(
      Decide(ReportsGoAlong("[rt_plan, key_object_selection]"),
             SessionOf({Instance("1", CtHeader()), StructuredReport("2")}))
          .action,
      RouteAction::kQuarantine);
}

TEST(DecideSessionTest, AnotherFaultThanMissingPixelsStillHolds) {
  const auto protocol = ReportsGoAlong("[structured_report]");
  InstanceFacts more = StructuredReport("2");
  more.assessment->reasons.push_back({Reason::kUnsupportedPlace, "One more."});
  InstanceFacts other = StructuredReport("2");
  other.assessment->reasons = {{Reason::kFileMalformed, "Broken."}};
  InstanceFacts named = StructuredReport("2");
  named.assessment->verdict = Verdict::kIdentifying;
  InstanceFacts image = StructuredReport("2");
  image.header = CtHeader();
  InstanceFacts unknown = StructuredReport("2");
  unknown.assessment.reset();
  for (const InstanceFacts& one : {more, other, named, image, unknown}) {
    EXPECT_EQ(
        Decide(protocol, SessionOf({Instance("1", CtHeader()), one})).action,
        RouteAction::kQuarantine);
  }
}

TEST(DecideSessionTest, AnObjectThatNoRuleLetsOutHoldsAlsoWithoutPixels) {
  EXPECT_EQ(
      Decide(Parsed("version: 1\nwithout_pixels: [structured_report]\nrules:"
                    "\n  - {name: ct, when: {modality: CT}, "
                    "then: {to_project: A}}\n"),
             SessionOf({Instance("1", CtHeader()), StructuredReport("2")}))
          .action,
      RouteAction::kQuarantine);
}

TEST(DecideSessionTest, ASessionWithoutAnyPixelsStays) {
  const RoutingDecision decision =
      Decide(ReportsGoAlong("[structured_report]"),
             SessionOf({StructuredReport("1"), StructuredReport("2")}));
  EXPECT_EQ(decision.action, RouteAction::kQuarantine);
  EXPECT_EQ(decision.verdict, Verdict::kIndeterminate);
}

TEST(DecideSessionTest, APatientsNameInTheSameSessionStillHoldsIt) {
  EXPECT_EQ(
      Decide(ReportsGoAlong("[structured_report]"),
             SessionOf({Instance("1", CtHeader(), Verdict::kIdentifying, 0.9),
                        StructuredReport("2")}))
          .action,
      RouteAction::kQuarantine);
}

}  // namespace
}  // namespace burntin
