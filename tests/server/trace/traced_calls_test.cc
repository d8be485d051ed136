// A call's lines in the log, its answer and its caller name the same call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/server/server_fixture.h"
#include "wire/trace_context.h"

namespace burntin {
namespace {

using ::nlohmann::json;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kCallers[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

// What one call was answered, apart from the report.
struct Ended {
  grpc::Status status;
  std::string request_id;
};

std::string RequestIdOf(const grpc::ClientContext& context) {
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto found = metadata.find(kRequestIdKey);
  return found == metadata.end()
             ? ""
             : std::string(found->second.data(), found->second.size());
}

class TracedCallsTest : public testing::Test {
 protected:
  explicit TracedCallsTest(const FixtureOptions& options = {})
      : server_(options) {
    server_.Open();
  }

  Ended InspectInstance(const std::vector<std::string>& traceparents) {
    grpc::ClientContext context;
    for (const std::string& value : traceparents) {
      context.AddMetadata(kTraceparentKey, value);
    }
    const auto stub = server_.Stub();
    const std::string bytes = "bytes";
    const Answered answered = Send(
        stub.get(),
        {HeaderMessage(HeaderFor(bytes, "o1")), ChunkMessage(bytes)}, &context);
    return {answered.status, RequestIdOf(context)};
  }

  Ended InspectStream(int objects) {
    grpc::ClientContext context;
    context.AddMetadata(kTraceparentKey, kCallers);
    const auto stub = server_.Stub();
    const auto stream = stub->InspectStream(&context);
    for (int i = 0; i < objects; ++i) {
      v1::InspectStreamRequest message;
      *message.mutable_header() = HeaderFor("bytes", std::to_string(i));
      stream->Write(message);
      message.set_chunk("bytes");
      stream->Write(message);
    }
    stream->WritesDone();
    v1::InspectStreamResponse response;
    while (stream->Read(&response)) {
    }
    Ended ended{stream->Finish(), ""};
    ended.request_id = RequestIdOf(context);
    return ended;
  }

  // The lines of the call with this id. Ends the server.
  std::vector<json> LinesOf(const std::string& request_id) {
    server_.host().Drain(std::chrono::minutes(1));
    std::istringstream text(server_.log_text());
    std::vector<json> lines;
    for (std::string line; std::getline(text, line);) {
      json parsed = json::parse(line);
      if (parsed.value("request_id", "") == request_id) lines.push_back(parsed);
    }
    return lines;
  }

  static std::vector<std::string> EventsOf(const std::vector<json>& lines) {
    std::vector<std::string> events;
    for (const json& line : lines) events.push_back(line.at("event"));
    return events;
  }

  TestServer server_;
};

TEST_F(TracedCallsTest, EveryLineOfACallHasTheIdThatItsCallerGot) {
  const Ended ended = InspectInstance({kCallers});
  ASSERT_TRUE(ended.status.ok());
  const std::vector<json> lines = LinesOf(ended.request_id);
  for (const char* event : {"call_started", "inspection_started",
                            "object_inspected", "call_ended"}) {
    EXPECT_THAT(EventsOf(lines), Contains(event));
  }
  std::set<std::string> spans;
  for (const json& line : lines) {
    EXPECT_EQ(line.at("trace_id"), kTrace);
    EXPECT_EQ(line.at("rpc"), "burntin.v1.DetectionService/InspectInstance");
    spans.insert(line.at("span_id"));
  }
  EXPECT_EQ(spans.size(), 1u);
  EXPECT_THAT(spans, Not(Contains("00f067aa0ba902b7")));
}

TEST_F(TracedCallsTest, ObjectsOfAStreamAreLoggedUnderItsCall) {
  const Ended ended = InspectStream(/*objects=*/3);
  ASSERT_TRUE(ended.status.ok());
  const std::vector<json> lines = LinesOf(ended.request_id);
  std::set<std::string> objects;
  for (const json& line : lines) {
    EXPECT_EQ(line.at("trace_id"), kTrace);
    if (line.at("event") == "object_inspected") {
      objects.insert(line.at("object_request_id"));
    }
  }
  EXPECT_EQ(objects, (std::set<std::string>{"0", "1", "2"}));
}

TEST_F(TracedCallsTest, WithoutAValidTraceparentACallHasATraceOfItsOwn) {
  std::set<std::string> traces;
  std::vector<std::string> requests;
  for (const std::vector<std::string>& sent :
       {std::vector<std::string>{}, {"00-DOE^JANE"}, {kCallers, kCallers}}) {
    requests.push_back(InspectInstance(sent).request_id);
  }
  server_.host().Drain(std::chrono::minutes(1));
  std::istringstream text(server_.log_text());
  for (std::string line; std::getline(text, line);) {
    const json parsed = json::parse(line);
    if (!parsed.contains("trace_id")) continue;
    traces.insert(parsed.at("trace_id"));
    EXPECT_EQ(line.find("DOE"), std::string::npos);
  }
  EXPECT_EQ(traces.size(), 3u);
  EXPECT_THAT(traces, Not(Contains(kTrace)));
  EXPECT_EQ(std::set<std::string>(requests.begin(), requests.end()).size(), 3u);
}

class RefusedTracedCallsTest : public TracedCallsTest {
 protected:
  RefusedTracedCallsTest()
      : TracedCallsTest({.identities = {KnownIdentity{
                             .identity = {"jane", {Role::kSubmitter}}}}}) {}
};

TEST_F(RefusedTracedCallsTest, ARefusalIsLoggedUnderTheIdThatTheCallerGets) {
  const Ended ended = InspectInstance({kCallers});
  EXPECT_EQ(ReasonOfCall(ended.status), Reason::kCredentialsInvalid);
  const std::vector<json> lines = LinesOf(ended.request_id);
  EXPECT_THAT(EventsOf(lines), Contains("caller_refused"));
  EXPECT_THAT(EventsOf(lines), Contains("call_failed"));
  for (const json& line : lines) EXPECT_EQ(line.at("trace_id"), kTrace);
}

}  // namespace
}  // namespace burntin
