#include "wire/trace_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace burntin {
namespace {

using ::testing::Eq;
using ::testing::MatchesRegex;
using ::testing::Optional;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpan[] = "00f067aa0ba902b7";
constexpr char kValid[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContextTest, AValidTraceparentIsReadAndWrittenAgain) {
  const auto context = ParseTraceparent(kValid);
  EXPECT_THAT(context,
              Optional(Eq(TraceContext{
                  .trace_id = kTrace, .span_id = kSpan, .sampled = true})));
  EXPECT_EQ(Traceparent(*context), kValid);
}

struct InvalidCase {
  std::string name;
  std::string value;
};

class InvalidTraceparentTest : public testing::TestWithParam<InvalidCase> {};

INSTANTIATE_TEST_SUITE_P(
    All, InvalidTraceparentTest,
    testing::ValuesIn(std::vector<InvalidCase>{
        {"Empty", ""},
        {"TooShort", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0"},
        {"TooLongForVersion00", std::string(kValid) + "-x"},
        {"NoDashBeforeMoreOfALaterVersion",
         "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"},
        {"VersionFf",
         "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
        {"VersionNoHex",
         "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
        {"TraceOfZeros",
         "00-00000000000000000000000000000000-00f067aa0ba902b7-01"},
        {"SpanOfZeros",
         "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"},
        {"UpperCase",
         "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"},
        {"TraceNoHex",
         "00-DOEJANE577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
        {"SpanNoHex",
         "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902bz-01"},
        {"FlagsNoHex",
         "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g"},
        {"OtherDashes",
         "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"},
    }),
    [](const auto& tested) { return tested.param.name; });

TEST_P(InvalidTraceparentTest, IsNotReadAndTheCallBeginsATraceOfItsOwn) {
  EXPECT_EQ(ParseTraceparent(GetParam().value), std::nullopt);
  const TraceContext span = SpanOfCall({GetParam().value}, {"vendor=1"});
  EXPECT_NE(span.trace_id, kTrace);
  EXPECT_TRUE(ParseTraceparent(Traceparent(span)));
  EXPECT_EQ(span.state, "");
}

TEST(TraceContextTest, OfALaterVersionWhatIsKnownIsRead) {
  const auto context = ParseTraceparent(
      "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-more");
  ASSERT_TRUE(context);
  EXPECT_EQ(Traceparent(*context), kValid);
}

TEST(TraceContextTest, WhetherItIsSampledIsTheLastBitOfTheFlags) {
  const std::string start = std::string(kValid).substr(0, 53);
  EXPECT_TRUE(ParseTraceparent(start + "01")->sampled);
  EXPECT_TRUE(ParseTraceparent(start + "0f")->sampled);
  EXPECT_FALSE(ParseTraceparent(start + "00")->sampled);
  EXPECT_FALSE(ParseTraceparent(start + "fe")->sampled);
  EXPECT_EQ(Traceparent(*ParseTraceparent(start + "fe")), start + "00");
}

TEST(TraceContextTest, ACallIsAStepOfItsCallersTrace) {
  const TraceContext span = SpanOfCall({kValid}, {});
  EXPECT_EQ(span.trace_id, kTrace);
  EXPECT_NE(span.span_id, kSpan);
  EXPECT_THAT(span.span_id, MatchesRegex("[0-9a-f]{16}"));
}

TEST(TraceContextTest, TwoTraceparentsAreNone) {
  EXPECT_NE(SpanOfCall({kValid, kValid}, {}).trace_id, kTrace);
  EXPECT_NE(SpanOfCall({}, {}).trace_id, kTrace);
}

TEST(TraceContextTest, AStateIsHandedOnAsItCame) {
  EXPECT_EQ(SpanOfCall({kValid}, {"a=1", "b=2,c=3"}).state, "a=1,b=2,c=3");
  const std::string longest(512, 'a');
  EXPECT_EQ(SpanOfCall({kValid}, {longest}).state, longest);
}

TEST(TraceContextTest, AStateThatIsTooLongOrNotPrintableIsLeftOut) {
  EXPECT_EQ(SpanOfCall({kValid}, {std::string(513, 'a')}).state, "");
  EXPECT_EQ(SpanOfCall({kValid}, {std::string(256, 'a'), std::string(256, 'b')})
                .state,
            "");
  EXPECT_EQ(SpanOfCall({kValid}, {"a=1\r\nCookie: x"}).state, "");
  EXPECT_EQ(SpanOfCall({kValid}, {"a=\xc3\xa4"}).state, "");
}

TEST(TraceContextTest, NewTracesDiffer) {
  std::set<std::string> traces;
  std::set<std::string> spans;
  for (int i = 0; i < 1000; ++i) {
    const TraceContext trace = NewTrace();
    EXPECT_TRUE(ParseTraceparent(Traceparent(trace)));
    traces.insert(trace.trace_id);
    spans.insert(trace.span_id);
  }
  EXPECT_EQ(traces.size(), 1000u);
  EXPECT_EQ(spans.size(), 1000u);
}

}  // namespace
}  // namespace burntin
