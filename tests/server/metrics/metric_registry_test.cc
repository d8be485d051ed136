#include "server/metrics/metric_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

#include "tests/server/metrics/exposition.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

class MetricRegistryTest : public testing::Test {
 protected:
  std::optional<double> Value(const std::string& metric) {
    return ValueOf(registry_.Text(), metric);
  }

  MetricRegistry registry_;
};

TEST_F(MetricRegistryTest, ACounterIsThereWithZeroBeforeAnythingHappens) {
  Counter* const counter =
      registry_.AddCounter({"things_total", "What happened."}, {{"kind", "a"}});
  EXPECT_THAT(Value("things_total{kind=\"a\"}"), Optional(0.0));
  counter->Increment();
  counter->Add(2.5);
  EXPECT_THAT(Value("things_total{kind=\"a\"}"), Optional(3.5));
  EXPECT_THAT(registry_.Text(),
              HasSubstr("# HELP things_total What happened."));
  EXPECT_THAT(registry_.Text(), HasSubstr("# TYPE things_total counter"));
}

TEST_F(MetricRegistryTest, CountersOfOneNameAreApartByTheirLabels) {
  const MetricName name = {"things_total", "What happened."};
  registry_.AddCounter(name, {{"kind", "a"}})->Increment();
  registry_.AddCounter(name, {{"kind", "b"}})->Add(2);
  EXPECT_THAT(Value("things_total{kind=\"a\"}"), Optional(1.0));
  EXPECT_THAT(Value("things_total{kind=\"b\"}"), Optional(2.0));
}

TEST_F(MetricRegistryTest, AGaugeGoesUpAndDown) {
  Gauge* const gauge = registry_.AddGauge({"things", "What is there."});
  gauge->Add(3);
  gauge->Add(-1);
  EXPECT_THAT(Value("things"), Optional(2.0));
}

TEST_F(MetricRegistryTest, AHistogramCountsWhatIsNotAboveEachBound) {
  Histogram* const seconds = registry_.AddHistogram(
      {"wait_seconds", "How long."}, {{"kind", "a"}}, {0.1, 1});
  for (const double value : {0.05, 0.1, 0.5, 7.0}) seconds->Observe(value);
  EXPECT_THAT(Value("wait_seconds_bucket{kind=\"a\",le=\"0.1\"}"),
              Optional(2.0));
  EXPECT_THAT(Value("wait_seconds_bucket{kind=\"a\",le=\"1\"}"), Optional(3.0));
  EXPECT_THAT(Value("wait_seconds_bucket{kind=\"a\",le=\"+Inf\"}"),
              Optional(4.0));
  EXPECT_THAT(Value("wait_seconds_sum{kind=\"a\"}"), Optional(7.65));
}

TEST_F(MetricRegistryTest, ASourceIsAskedAtEachCollection) {
  double value = 1;
  registry_.AddSource([&] {
    return std::vector<SampledMetric>{
        {{"level", "How high."}, MetricKind::kGauge, {{{}, value}}},
        {{"steps_total", "How often."}, MetricKind::kCounter, {{{}, 7}}}};
  });
  EXPECT_THAT(Value("level"), Optional(1.0));
  value = 2;
  EXPECT_THAT(Value("level"), Optional(2.0));
  EXPECT_THAT(registry_.Text(), HasSubstr("# TYPE level gauge"));
  EXPECT_THAT(registry_.Text(), HasSubstr("# TYPE steps_total counter"));
}

TEST_F(MetricRegistryTest, WhatASourceKnowsNothingOfIsNotThere) {
  registry_.AddSource([] {
    return std::vector<SampledMetric>{
        {{"level", "How high."}, MetricKind::kGauge, {}}};
  });
  EXPECT_THAT(registry_.Text(), Not(HasSubstr("level")));
}

TEST_F(MetricRegistryTest, ASourceThatThrowsTakesNoOtherWithIt) {
  const auto source = [](const char* name) {
    return [name] {
      return std::vector<SampledMetric>{
          {{name, "How high."}, MetricKind::kGauge, {{{}, 1}}}};
    };
  };
  registry_.AddSource(source("before"));
  registry_.AddSource([]() -> std::vector<SampledMetric> {
    throw std::filesystem::filesystem_error("DOE^JANE", {});
  });
  registry_.AddSource([]() -> std::vector<SampledMetric> { throw 7; });
  registry_.AddSource(source("after"));
  EXPECT_THAT(Value("before"), Optional(1.0));
  EXPECT_THAT(Value("after"), Optional(1.0));
  EXPECT_THAT(registry_.Text(), Not(HasSubstr("DOE")));
}

TEST_F(MetricRegistryTest, ThreadsLoseNoIncrement) {
  Counter* const counter = registry_.AddCounter({"things_total", "Help."});
  Histogram* const seconds =
      registry_.AddHistogram({"wait_seconds", "Help."}, {}, {1});
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 1000; ++n) {
          counter->Increment();
          seconds->Observe(0.5);
        }
      });
    }
  }
  EXPECT_THAT(Value("things_total"), Optional(4000.0));
  EXPECT_THAT(Value("wait_seconds_count"), Optional(4000.0));
}

TEST_F(MetricRegistryTest, BucketsOfSecondsAscend) {
  const std::vector<double> bounds = SecondsBuckets();
  EXPECT_TRUE(std::is_sorted(bounds.begin(), bounds.end()));
  EXPECT_GT(bounds.front(), 0);
}

}  // namespace
}  // namespace burntin
