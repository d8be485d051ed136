#include "wire/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "burntin/v1/scan_event.pb.h"

namespace burntin {
namespace {

using ::nlohmann::json;

TEST(JsonTest, PrintsZeroesAndTheVerdictsName) {
  v1::ScanEvent event;
  event.mutable_instance()->set_verdict(v1::VERDICT_CLEAR);
  const json instance = json::parse(*ToJsonLine(event)).at("instance");
  EXPECT_EQ(instance.at("verdict"), "VERDICT_CLEAR");
  EXPECT_TRUE(instance.at("framesTotal").is_number_integer());
  EXPECT_EQ(instance.at("framesTotal"), 0);
  EXPECT_EQ(instance.at("risk"), 0);
}

TEST(JsonTest, PrintsOneLineWhateverThePathHolds) {
  v1::ScanEvent event;
  event.mutable_instance()->set_path("a\nb\"c\\d\u2028");
  const std::string line = *ToJsonLine(event);
  EXPECT_THAT(line, ::testing::Not(::testing::HasSubstr("\n")));
  EXPECT_EQ(json::parse(line).at("instance").at("path"), "a\nb\"c\\d\u2028");
}

TEST(JsonTest, PrintsASessionWithItsCounts) {
  v1::ScanEvent event;
  event.mutable_session()->mutable_verdict_counts()->set_review(3);
  const json session = json::parse(*ToJsonLine(event)).at("session");
  EXPECT_EQ(session.at("verdictCounts").at("review"), 3);
  EXPECT_EQ(session.at("verdictCounts").at("clear"), 0);
}

}  // namespace
}  // namespace burntin
