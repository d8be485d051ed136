#include "detector/policy/risk.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "detector/policy/policy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

constexpr size_t kFirstFact = static_cast<size_t>(Factor::kBurnedIn);
constexpr size_t kFirstText = static_cast<size_t>(Factor::kUnproven);

double RandomShare(std::mt19937& random) {
  return static_cast<double>(random() % 1001) / 1000;
}

// Every factor is absent, weak or strong.
Strengths RandomStrengths(std::mt19937& random) {
  Strengths strengths{};
  for (size_t i = 0; i < kFactors; ++i) {
    if (random() % 2 == 0) continue;
    strengths[i] = i >= kFirstText ? 1 : RandomShare(random);
  }
  return strengths;
}

Match WithSign(Sign sign) {
  return {.category = sign.category,
          .score = sign.score,
          .matched_attribute = sign.attribute,
          .reading = {PhiText("DOE^JANE"), 0.9},
          .signs = {sign}};
}

const std::vector<SignKind>& AllKinds() {
  static const auto* const kKinds = new std::vector<SignKind>{
      SignKind::kHeader, SignKind::kField,      SignKind::kNationalNumber,
      SignKind::kDate,   SignKind::kListedName, SignKind::kShape};
  return *kKinds;
}

// A header with any of the facts that raise a risk.
Header HeaderWith(unsigned facts) {
  Header header;
  if (facts & 1) header.burned_in_annotation = "YES";
  if (facts & 2) header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.7.4";
  if (facts & 4) header.image_type = "DERIVED\\SECONDARY\\OTHER";
  if (facts & 8) header.conversion_type = "WSD";
  if (facts & 16) header.capture_device = "Grabber Works";
  if (facts & 32) header.modality = "US";
  return header;
}

TEST(RiskPropertyTest, NothingThatIsFoundLowersARisk) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    const Strengths fewer = RandomStrengths(random);
    Strengths more = fewer;
    double& raised = more[random() % kFactors];
    raised = std::max(raised, RandomShare(random));
    EXPECT_GE(RegionRisk(more), RegionRisk(fewer));
    EXPECT_GE(ObjectRisk(more), ObjectRisk(fewer));
  }
}

TEST(RiskPropertyTest, EveryFactOfTheHeaderRaisesTheRiskOfAnObject) {
  std::mt19937 random(8);
  for (int round = 0; round < 2000; ++round) {
    Strengths without = RandomStrengths(random);
    const size_t fact = kFirstFact + random() % (kFactors - kFirstFact);
    without[fact] = 0;
    Strengths with = without;
    with[fact] = 1;
    EXPECT_GE(ObjectRisk(with), ObjectRisk(without));
    if (ObjectRisk(without) < 0.999) {
      EXPECT_GT(ObjectRisk(with), ObjectRisk(without));
    }
    EXPECT_EQ(RegionRisk(with), RegionRisk(without));
  }
}

TEST(RiskPropertyTest, AddingFactsToAHeaderNeverLowersAnAssessmentsRisk) {
  const std::vector<std::vector<Match>> found = {
      {},
      {{.category = Category::kBenign, .score = 0.02}},
      {{.category = Category::kUnreadable, .score = 0.5}},
      {WithSign({.kind = SignKind::kDate,
                 .category = Category::kDate,
                 .score = 0.6})},
      {WithSign({.category = Category::kPersonName, .score = 0.9})}};
  const Coverage whole{.frames_total = 1, .frames_inspected = 1};
  for (const std::vector<Match>& matches : found) {
    for (unsigned facts = 0; facts < 64; ++facts) {
      for (unsigned fact = 1; fact < 64; fact <<= 1) {
        const Assessment fewer = Assess(matches, HeaderWith(facts), whole);
        const Assessment more =
            Assess(matches, HeaderWith(facts | fact), whole);
        EXPECT_GE(more.risk, fewer.risk);
        EXPECT_GE(more.verdict, fewer.verdict);
      }
    }
  }
}

TEST(RiskTest, StaysWithinItsRange) {
  Strengths all;
  for (const double strength : {0.0, 1.0, -5.0, 5.0, std::nan("")}) {
    all.fill(strength);
    for (const double risk : {RegionRisk(all), ObjectRisk(all)}) {
      EXPECT_GE(risk, 0);
      EXPECT_LE(risk, 1);
    }
  }
}

TEST(RiskTest, AStrengthThatIsNoNumberCountsInFull) {
  Strengths whole{};
  Strengths unknown{};
  whole[0] = 1;
  unknown[0] = std::nan("");
  EXPECT_EQ(RegionRisk(unknown), RegionRisk(whole));
}

TEST(IdentifyingTest, AStrongSignOfAnyKindIsEnough) {
  for (const SignKind kind : AllKinds()) {
    for (const Category category :
         {Category::kPersonName, Category::kIdentifier, Category::kDate,
          Category::kContact}) {
      for (const double score : {0.8, 0.9, 1.0, std::nan("")}) {
        EXPECT_TRUE(IsIdentifying(
            WithSign({.kind = kind, .category = category, .score = score})))
            << static_cast<int>(kind) << " " << score;
      }
    }
  }
}

TEST(IdentifyingTest, UnprovenAndUnreadableTextAloneIsNot) {
  for (const Category category : {Category::kOther, Category::kUnreadable}) {
    EXPECT_FALSE(IsIdentifying({.category = category, .score = 0.5}));
  }
}

TEST(IdentifyingTest, TwoSignsSayMoreThanOne) {
  Match match = WithSign({.kind = SignKind::kShape,
                          .category = Category::kIdentifier,
                          .score = 0.6});
  const double one = RegionRisk(StrengthsOf(match));
  match.signs.push_back({.kind = SignKind::kHeader,
                         .category = Category::kIdentifier,
                         .score = 0.7,
                         .attribute = "PatientID"});
  EXPECT_GT(RegionRisk(StrengthsOf(match)), one);
}

TEST(ThresholdTest, WhatIsNotProvenBenignIsWorthHolding) {
  for (const Category category : {Category::kOther, Category::kUnreadable}) {
    EXPECT_GE(RegionRisk(StrengthsOf({.category = category, .score = 0.3})),
              kHoldRisk);
  }
  for (const SignKind kind : AllKinds()) {
    EXPECT_GE(RegionRisk(StrengthsOf(WithSign(
                  {.kind = kind, .category = Category::kDate, .score = 0.3}))),
              kHoldRisk);
  }
}

struct FactCase {
  std::string name;
  unsigned facts;
  Factor factor;
};

class FactTest : public testing::TestWithParam<FactCase> {};

TEST_P(FactTest, IsKnownFromTheHeader) {
  const Strengths strengths = StrengthsOf(HeaderWith(GetParam().facts));
  for (size_t i = 0; i < kFactors; ++i) {
    EXPECT_EQ(strengths[i],
              i == static_cast<size_t>(GetParam().factor) ? 1 : 0);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, FactTest,
    testing::Values(FactCase{"BurnedInAnnotation", 1, Factor::kBurnedIn},
                    FactCase{"SecondaryCaptureClass", 2, Factor::kCaptured},
                    FactCase{"DerivedImageType", 4, Factor::kCaptured},
                    FactCase{"ConversionType", 8, Factor::kCaptured},
                    FactCase{"CaptureDevice", 16, Factor::kCaptured},
                    FactCase{"Modality", 32, Factor::kPrintsText}),
    [](const testing::TestParamInfo<FactCase>& row) { return row.param.name; });

TEST(FactTest, AnotherClassWhoseNumberBeginsAlikeIsNoCapture) {
  Header header;
  header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.77.1.1";
  EXPECT_EQ(StrengthsOf(header), Strengths{});
}

}  // namespace
}  // namespace burntin
