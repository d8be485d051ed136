// Messages that are not of the contract, as bytes that no generated client of
// this language would send.
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

// Sends each of `messages` as it is, and returns how the stream ended. The
// answers are read after all messages and dropped; over TCP, which holds both
// sides' few messages meanwhile.
grpc::Status StreamOfBytes(GrpcHost* host,
                           const std::vector<std::string>& messages) {
  grpc::GenericStub stub(
      grpc::CreateChannel(host->address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto await = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  const auto call = stub.PrepareCall(
      &context, "/burntin.v1.DetectionService/InspectStream", &queue);
  call->StartCall(nullptr);
  await();
  for (const std::string& message : messages) {
    const grpc::Slice slice(message);
    call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    if (!await()) break;
  }
  call->WritesDone(nullptr);
  await();
  grpc::ByteBuffer answer;
  do {
    call->Read(&answer, nullptr);
  } while (await());
  grpc::Status status;
  call->Finish(&status, nullptr);
  await();
  return status;
}

std::string HeaderBytes(const std::string& bytes) {
  v1::InspectStreamRequest message;
  *message.mutable_header() = HeaderFor(bytes, "r");
  return message.SerializeAsString();
}

// A header whose path holds a byte that UTF-8 never does.
std::string UnreadableHeaderBytes(const std::string& bytes) {
  std::string message = HeaderBytes(bytes);
  message.replace(message.find("label"), 1, "\xff");
  return message;
}

std::string ChunkBytes(const std::string& bytes) {
  v1::InspectStreamRequest message;
  message.set_chunk(bytes);
  return message.SerializeAsString();
}

TEST(UnreadableMessageTest, TheBytesOfAGoodStreamEndWell) {
  TestServer server({.listen = "127.0.0.1:0"});
  EXPECT_TRUE(StreamOfBytes(&server.Open().host(),
                            {HeaderBytes("abc"), ChunkBytes("abc")})
                  .ok());
}

TEST(UnreadableMessageTest, AnUnreadableFirstHeaderIsNoEndOfTheStream) {
  TestServer server({.listen = "127.0.0.1:0"});
  EXPECT_EQ(ReasonOfCall(StreamOfBytes(
                &server.Open().host(),
                {UnreadableHeaderBytes("abc"), ChunkBytes("abc")})),
            Reason::kInvalidArgument);
}

TEST(UnreadableMessageTest, AnUnreadableLaterHeaderIsNoEndOfTheStream) {
  TestServer server({.listen = "127.0.0.1:0"});
  EXPECT_EQ(
      ReasonOfCall(StreamOfBytes(
          &server.Open().host(),
          {HeaderBytes("abc"), ChunkBytes("abc"), UnreadableHeaderBytes("de"),
           ChunkBytes("de"), HeaderBytes("f"), ChunkBytes("f")})),
      Reason::kInvalidArgument);
}

TEST(UnreadableMessageTest, AnUnreadableMessageWithinAnObjectEndsTheStream) {
  TestServer server({.listen = "127.0.0.1:0"});
  EXPECT_EQ(ReasonOfCall(StreamOfBytes(
                &server.Open().host(),
                {HeaderBytes("abc"), "\xff\xff\xff", ChunkBytes("abc")})),
            Reason::kInvalidArgument);
}

}  // namespace
}  // namespace burntin
