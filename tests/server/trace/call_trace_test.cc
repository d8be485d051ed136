#include "server/trace/call_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

namespace burntin {
namespace {

using ::nlohmann::json;
using ::testing::IsNull;
using ::testing::MatchesRegex;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kCallers[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

CallTracePtr Traced(std::string_view rpc) {
  return std::make_shared<const CallTrace>(
      rpc, std::vector<std::string_view>{kCallers},
      std::vector<std::string_view>{"state=DOE"});
}

class CallTraceTest : public testing::Test {
 protected:
  // One line that this thread, or another one, writes.
  json Line() {
    std::ostringstream out;
    Log(LogLevel::kInfo, &out).Write(LogLevel::kInfo, "event", {{"n", 1.0}});
    return json::parse(out.str());
  }
};

TEST_F(CallTraceTest, LinesOfACallNameTraceSpanRequestAndMethod) {
  const CallTracePtr trace = Traced("v1.Service/Method");
  const TraceScope scope(trace);
  const json line = Line();
  EXPECT_EQ(line.at("trace_id"), kTrace);
  EXPECT_EQ(line.at("span_id"), trace->context().span_id);
  EXPECT_EQ(line.at("request_id"), trace->request_id());
  EXPECT_EQ(line.at("rpc"), "v1.Service/Method");
  EXPECT_EQ(line.at("n"), 1.0);
  EXPECT_THAT(trace->request_id(), MatchesRegex("[0-9a-f]{16}"));
}

TEST_F(CallTraceTest, WhatTracingSystemsAddIsHandedOnAndNotLogged) {
  const CallTracePtr trace = Traced("method");
  const TraceScope scope(trace);
  EXPECT_EQ(CurrentTrace()->context().state, "state=DOE");
  EXPECT_EQ(Line().dump().find("DOE"), std::string::npos);
}

TEST_F(CallTraceTest, OutsideOfCallsLinesNameNone) {
  { const TraceScope scope(Traced("method")); }
  EXPECT_THAT(CurrentTrace(), IsNull());
  EXPECT_FALSE(Line().contains("trace_id"));
}

TEST_F(CallTraceTest, TheInnermostScopeCounts) {
  const CallTracePtr outer = Traced("outer");
  const TraceScope outer_scope(outer);
  {
    const TraceScope inner_scope(Traced("inner"));
    EXPECT_EQ(Line().at("rpc"), "inner");
    const TraceScope none(nullptr);
    EXPECT_FALSE(Line().contains("rpc"));
  }
  EXPECT_EQ(Line().at("rpc"), "outer");
  EXPECT_EQ(CurrentTrace(), outer);
}

TEST_F(CallTraceTest, AnotherThreadWorksForNoCallUntilItIsTold) {
  const TraceScope scope(Traced("method"));
  bool had_one = true;
  json line;
  std::thread([&, trace = CurrentTrace()] {
    had_one = CurrentTrace() != nullptr;
    const TraceScope same(trace);
    line = Line();
  }).join();
  EXPECT_FALSE(had_one);
  EXPECT_EQ(line.at("request_id"), CurrentTrace()->request_id());
}

TEST_F(CallTraceTest, EachCallHasIdsOfItsOwn) {
  const CallTracePtr first = Traced("method");
  const CallTracePtr second = Traced("method");
  EXPECT_EQ(first->context().trace_id, second->context().trace_id);
  EXPECT_NE(first->context().span_id, second->context().span_id);
  EXPECT_NE(first->request_id(), second->request_id());
}

}  // namespace
}  // namespace burntin
