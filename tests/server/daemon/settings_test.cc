#include "server/daemon/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/xnat/xnat_session_mover.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;

ServerConfig WithXnat() {
  ServerConfig config;
  config.xnat_url = "https://xnat.example.org";
  config.xnat_credentials_file = "/credentials";
  return config;
}

TEST(SettingsTest, TheDefaultLeaseIsLongerThanAMoveMayTake) {
  EXPECT_THAT(CheckSettings(WithXnat()), IsOk());
}

TEST(SettingsTest, ALeaseThatAMoveMayOutlastIsRefused) {
  ServerConfig config = WithXnat();
  config.quarantine_move_lease = std::chrono::ceil<std::chrono::seconds>(
      LongestMove(ToXnatOptions(config)));
  const absl::Status refused = CheckSettings(config);
  EXPECT_THAT(refused, FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr("quarantine.move_lease_seconds"));
  config.quarantine_move_lease += std::chrono::seconds(1);
  EXPECT_THAT(CheckSettings(config), IsOk());
}

TEST(SettingsTest, MetricsAreServedOnAnAddressOnly) {
  ServerConfig config;
  config.metrics_listen = "127.0.0.1:9464";
  EXPECT_THAT(CheckSettings(config), IsOk());
  config.metrics_listen = "9464";
  EXPECT_THAT(CheckSettings(config), FailsWith(Reason::kInvalidArgument));
}

TEST(SettingsTest, LongerTimeOutsNeedALongerLease) {
  ServerConfig config = WithXnat();
  config.xnat_move_timeout = std::chrono::seconds(3600);
  EXPECT_THAT(CheckSettings(config), FailsWith(Reason::kInvalidArgument));
  config = WithXnat();
  config.xnat_request_timeout = std::chrono::seconds(300);
  EXPECT_THAT(CheckSettings(config), FailsWith(Reason::kInvalidArgument));
}

TEST(SettingsTest, WithoutXnatThereIsNothingToOutlast) {
  ServerConfig config;
  config.quarantine_move_lease = std::chrono::seconds(60);
  EXPECT_THAT(CheckSettings(config), IsOk());
}

TEST(SettingsTest, AMoveTakesAtLeastItsOwnTimeOuts) {
  XnatOptions options;
  options.request_timeout = std::chrono::seconds(0);
  options.looks = 0;
  EXPECT_EQ(LongestMove(options), 4 * options.move_timeout);
}

}  // namespace
}  // namespace burntin
