// InspectStream through gRPC.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

using Stream = grpc::ClientReaderWriterInterface<v1::InspectStreamRequest,
                                                 v1::InspectStreamResponse>;

bool WriteHeader(Stream* stream, const v1::InstanceHeader& header) {
  v1::InspectStreamRequest message;
  *message.mutable_header() = header;
  return stream->Write(message);
}

bool WriteChunk(Stream* stream, const std::string& bytes) {
  v1::InspectStreamRequest message;
  message.set_chunk(bytes);
  return stream->Write(message);
}

void WriteObject(Stream* stream, const std::string& bytes,
                 const std::string& request_id) {
  WriteHeader(stream, HeaderFor(bytes, request_id));
  WriteChunk(stream, bytes);
}

v1::InspectStreamResponse ReadAnswer(Stream* stream) {
  v1::InspectStreamResponse response;
  EXPECT_TRUE(stream->Read(&response));
  return response;
}

TEST(InspectStreamTest, AnswersEachObjectAsItIsDoneThenTheSessions) {
  TestServer server;
  Door door;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    if (bytes == "slow") door.Pass();
    return ClearReport("1.2.3");
  };
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteObject(stream.get(), "slow", "first");
  WriteObject(stream.get(), "fast", "second");
  EXPECT_EQ(ReadAnswer(stream.get()).request_id(), "second");
  door.Permit(1);
  const v1::InspectStreamResponse answer = ReadAnswer(stream.get());
  EXPECT_EQ(answer.request_id(), "first");
  EXPECT_EQ(answer.event().instance().path(), "label of first");
  stream->WritesDone();
  const v1::InspectStreamResponse last = ReadAnswer(stream.get());
  EXPECT_EQ(last.event().session().study_instance_uid(), "1.2.3");
  EXPECT_EQ(last.event().session().instances_total(), 2);
  v1::InspectStreamResponse none;
  EXPECT_FALSE(stream->Read(&none));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(InspectStreamTest, HoldsABoundedNumberOfObjects) {
  TestServer server({.objects_per_stream = 2});
  Door door;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) WriteObject(stream.get(), "x", "r");
    stream->WritesDone();
  });
  door.AwaitWaiting(2);
  door.Permit(20);
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(ReadAnswer(stream.get()).event().has_instance());
  }
  EXPECT_TRUE(ReadAnswer(stream.get()).event().has_session());
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(door.most_waiting(), 2);
}

TEST(InspectStreamTest, AnObjectAboveTheLimitDoesNotEndTheStream) {
  TestServer server({.file_bytes = 3});
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteObject(stream.get(), "four", "large");
  const v1::InspectStreamResponse answer = ReadAnswer(stream.get());
  EXPECT_EQ(answer.event().instance().verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(answer.event().instance().reasons(0).code(), "FILE_TOO_LARGE");
  WriteObject(stream.get(), "abc", "small");
  EXPECT_EQ(ReadAnswer(stream.get()).request_id(), "small");
  stream->WritesDone();
  ReadAnswer(stream.get());
  ReadAnswer(stream.get());
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(InspectStreamTest, ADrainEndsTheStreamAtTheNextObject) {
  TestServer server({.listen = "127.0.0.1:0"});
  Door door;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  const auto stub = v1::DetectionService::NewStub(grpc::CreateChannel(
      server.Open().host().address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteObject(stream.get(), "a", "first");
  door.AwaitWaiting(1);
  std::thread drain([&] { server.host().Drain(std::chrono::minutes(1)); });
  while (server.gate().CheckNotClosed().ok()) std::this_thread::yield();
  WriteObject(stream.get(), "b", "second");
  door.Permit(1);
  EXPECT_EQ(ReadAnswer(stream.get()).request_id(), "first");
  v1::InspectStreamResponse none;
  EXPECT_FALSE(stream->Read(&none));
  EXPECT_EQ(ReasonOfCall(stream->Finish()), Reason::kServerDraining);
  drain.join();
}

TEST(InspectStreamTest, ASilentClientLosesItsCall) {
  TestServer server({.idle_timeout = std::chrono::milliseconds(50)});
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteHeader(stream.get(), HeaderFor("abc"));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(server.gate().WaitUntilIdle(std::chrono::minutes(1)));
}

TEST(InspectStreamTest, AClientThatWaitsForAnInspectionKeepsItsCall) {
  constexpr std::chrono::milliseconds kLimit(50);
  TestServer server({.idle_timeout = kLimit});
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    std::this_thread::sleep_for(4 * kLimit);
    return ClearReport(bytes);
  };
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteObject(stream.get(), "abc", "r");
  stream->WritesDone();
  EXPECT_EQ(ReadAnswer(stream.get()).request_id(), "r");
  ReadAnswer(stream.get());
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(InspectStreamTest, AChunkAboveOneMebibyteIsRefusedWithItsReason) {
  TestServer server;
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  const std::string bytes(4 << 20, 'x');
  WriteHeader(stream.get(), HeaderFor(bytes));
  WriteChunk(stream.get(), bytes);
  EXPECT_EQ(ReasonOfCall(stream->Finish()), Reason::kUploadChunkTooLarge);
}

TEST(InspectStreamTest, ABreachOfTheRulesEndsTheStream) {
  TestServer server;
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteHeader(stream.get(), HeaderFor("abc"));
  WriteHeader(stream.get(), HeaderFor("abc"));
  EXPECT_EQ(ReasonOfCall(stream->Finish()), Reason::kUploadHeaderRepeated);
}

TEST(InspectStreamTest, TextIsRefusedUnlessTheServerAllowsIt) {
  TestServer server;
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  v1::InstanceHeader header = HeaderFor("abc");
  header.mutable_options()->set_include_text(true);
  WriteHeader(stream.get(), header);
  EXPECT_EQ(ReasonOfCall(stream->Finish()), Reason::kTextNotAllowed);
}

TEST(InspectStreamTest, ACancelledStreamStopsEveryInspection) {
  TestServer server;
  std::atomic<int> started = 0;
  std::atomic<int> stopped = 0;
  server.detector.answer = [&](const auto&, const InspectOptions& options) {
    ++started;
    const InstanceReport report = RunUntilCancelled(options);
    ++stopped;
    return report;
  };
  const auto stub = server.Open().Stub();
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  WriteObject(stream.get(), "a", "a");
  WriteObject(stream.get(), "b", "b");
  while (started < 2) std::this_thread::yield();
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(server.gate().WaitUntilIdle(std::chrono::minutes(1)));
  EXPECT_EQ(stopped, 2);
}

}  // namespace
}  // namespace burntin
