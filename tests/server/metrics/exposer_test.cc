#include "server/metrics/exposer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detector/base/error.h"
#include "server/xnat/http_client.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

HttpAnswer Get(const std::string& address, const std::string& path) {
  HttpRequest request;
  request.path = path;
  auto answer =
      HttpClient({.base_url = "http://" + address}).Send(request).answer;
  EXPECT_THAT(answer, IsOk());
  return answer.ok() ? *answer : HttpAnswer();
}

TEST(ExposerTest, ServesTheMetricsOfTheMoment) {
  MetricRegistry registry;
  Counter* const counter = registry.AddCounter({"things_total", "Help."});
  registry.AddSource([] {
    return std::vector<SampledMetric>{
        {{"level", "Help."}, MetricKind::kGauge, {{{}, 4}}}};
  });
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  const std::string address = (*exposer)->address();
  EXPECT_THAT(address, StartsWith("127.0.0.1:"));
  EXPECT_THAT(address, Not(HasSubstr(":0")));
  EXPECT_THAT(Get(address, "/metrics").body, HasSubstr("things_total 0\n"));
  counter->Increment();
  const HttpAnswer answer = Get(address, "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "text/plain");
  EXPECT_THAT(answer.body, HasSubstr("things_total 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("level 4\n"));
}

TEST(ExposerTest, ServesNothingElse) {
  MetricRegistry registry;
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  for (const char* path : {"/", "/metrics/../etc/passwd", "/debug"}) {
    EXPECT_EQ(Get((*exposer)->address(), path).status, 404) << path;
  }
}

TEST(ExposerTest, AnAddressThatIsTakenIsNamed) {
  MetricRegistry registry;
  const auto first = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(first, IsOk());
  const auto second = MetricExposer::Start((*first)->address(), &registry);
  EXPECT_THAT(second, FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr((*first)->address()));
}

TEST(ExposerTest, AnAddressHasNumbersOrIsLocalhost) {
  for (const char* good : {"127.0.0.1:9464", "0.0.0.0:0", "localhost:9464"}) {
    EXPECT_THAT(CheckMetricsAddress(good), IsOk()) << good;
  }
  for (const char* bad :
       {"", "9464", "127.0.0.1", "metrics.example.org:9464", "[::1]:9464",
        "127.0.0.1:9464,0.0.0.0:80", "127.0.0.1:70000"}) {
    EXPECT_THAT(CheckMetricsAddress(bad), FailsWith(Reason::kInvalidArgument))
        << bad;
  }
}

TEST(ExposerTest, LocalhostIsTheLoopbackAddress) {
  MetricRegistry registry;
  const auto exposer = MetricExposer::Start("localhost:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  EXPECT_THAT((*exposer)->address(), StartsWith("127.0.0.1:"));
}

}  // namespace
}  // namespace burntin
