#include "server/log/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace burntin {
namespace {

using ::nlohmann::json;
using ::testing::MatchesRegex;

TEST(LogTest, WritesOneJsonObjectPerLine) {
  std::ostringstream out;
  Log log(LogLevel::kInfo, &out);
  log.Write(LogLevel::kInfo, "first", {{"calls", int64_t{3}}, {"ok", true}});
  log.Write(LogLevel::kError, "second",
            {{"reason", "a \"quoted\"\nline"}, {"risk", 0.5}});
  std::istringstream lines(out.str());
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  const json first = json::parse(line);
  EXPECT_EQ(first.at("event"), "first");
  EXPECT_EQ(first.at("level"), "info");
  EXPECT_EQ(first.at("calls"), 3);
  EXPECT_EQ(first.at("ok"), true);
  ASSERT_TRUE(std::getline(lines, line));
  const json second = json::parse(line);
  EXPECT_EQ(second.at("level"), "error");
  EXPECT_EQ(second.at("reason"), "a \"quoted\"\nline");
  EXPECT_EQ(second.at("risk"), 0.5);
  EXPECT_FALSE(std::getline(lines, line));
}

TEST(LogTest, TimesAreInUtcWithMilliseconds) {
  std::ostringstream out;
  Log(LogLevel::kInfo, &out).Write(LogLevel::kInfo, "event");
  const std::string time = json::parse(out.str()).at("ts");
  EXPECT_THAT(time, MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}"
                                 ":[0-9]{2}\\.[0-9]{3}Z"));
}

TEST(LogTest, WritesNothingBelowItsLevel) {
  std::ostringstream out;
  Log log(LogLevel::kWarning, &out);
  log.Write(LogLevel::kInfo, "event");
  EXPECT_EQ(out.str(), "");
}

TEST(LogTest, BytesThatAreNoUtf8DoNotBreakALine) {
  std::ostringstream out;
  Log(LogLevel::kInfo, &out)
      .Write(LogLevel::kInfo, "event", {{"request_id", "\xff{}%v"}});
  EXPECT_EQ(json::parse(out.str()).at("request_id"), "\uFFFD{}%v");
}

TEST(LogTest, LevelsHaveNames) {
  EXPECT_EQ(LogLevelByName("trace"), LogLevel::kTrace);
  EXPECT_EQ(LogLevelByName("debug"), LogLevel::kDebug);
  EXPECT_EQ(LogLevelByName("warning"), LogLevel::kWarning);
  EXPECT_EQ(LogLevelByName("error"), LogLevel::kError);
  EXPECT_EQ(LogLevelByName("off"), LogLevel::kOff);
  EXPECT_EQ(LogLevelByName("info"), LogLevel::kInfo);
}

}  // namespace
}  // namespace burntin
