#include "server/detection/detection_service.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

// Files of uploads that this process still holds open.
int OpenUploads() {
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code ignored;
    const std::string target =
        std::filesystem::read_symlink(entry.path(), ignored).string();
    if (target.find("memfd:burntin") != std::string::npos) ++count;
    if (target.find("(deleted)") != std::string::npos) ++count;
  }
  return count;
}

TEST(InspectInstanceTest, AnswersWithReportRequestIdAndVersions) {
  TestServer server;
  const Answered answered = Inspect(server.Open().Stub().get(), "1.2.3");
  ASSERT_TRUE(answered.status.ok()) << answered.status.error_message();
  EXPECT_EQ(answered.response.request_id(), "r1");
  const v1::InstanceReport& report = answered.response.report();
  EXPECT_EQ(report.verdict(), v1::VERDICT_CLEAR);
  EXPECT_EQ(report.path(), "label of r1");
  EXPECT_EQ(report.study_instance_uid(), "1.2.3");
  EXPECT_EQ(report.versions().detector(), "1.2.3");
  EXPECT_EQ(report.versions().models(0).name(), "fake");
}

TEST(InspectInstanceTest, TakesObjectsOfSeveralChunksThroughTheSpool) {
  TestServer server({.memory_bytes = 0});
  const std::string mebibyte(1 << 20, 'x');
  size_t size = 0;
  server.detector.answer = [&](const std::string& bytes,
                               const InspectOptions&) {
    size = bytes.size();
    return ClearReport("1");
  };
  v1::InstanceHeader header;
  header.set_file_size_bytes(3 << 20);
  grpc::ClientContext context;
  const auto stub = server.Open().Stub();
  const Answered answered =
      Send(stub.get(),
           {HeaderMessage(header), ChunkMessage(mebibyte),
            ChunkMessage(mebibyte), ChunkMessage(mebibyte)},
           &context);
  EXPECT_TRUE(answered.status.ok());
  EXPECT_EQ(size, 3 << 20);
}

TEST(InspectInstanceTest, RefusalsOfTheUploadCarryTheirReason) {
  TestServer server;
  const auto stub = server.Open().Stub();
  const v1::InspectInstanceRequest header = HeaderMessage(HeaderFor("abc"));
  const auto reason = [&](std::vector<v1::InspectInstanceRequest> messages) {
    grpc::ClientContext context;
    return ReasonOfCall(Send(stub.get(), messages, &context).status);
  };
  EXPECT_EQ(reason({}), Reason::kUploadHeaderMissing);
  EXPECT_EQ(reason({ChunkMessage("abc")}), Reason::kUploadHeaderMissing);
  EXPECT_EQ(reason({header, header}), Reason::kUploadHeaderRepeated);
  EXPECT_EQ(reason({header, ChunkMessage("ab")}), Reason::kUploadIncomplete);
  EXPECT_EQ(reason({header, ChunkMessage("abcd")}), Reason::kUploadOverrun);
  EXPECT_EQ(reason({header, ChunkMessage("abc"), ChunkMessage("d")}),
            Reason::kUploadOverrun);
  EXPECT_EQ(Inspect(stub.get(), "abc").status.ok(), true);
}

TEST(InspectInstanceTest, AChunkAboveOneMebibyteIsRefused) {
  TestServer server;
  const auto stub = server.Open().Stub();
  const std::string bytes((1 << 20) + 1, 'x');
  EXPECT_EQ(ReasonOfCall(Inspect(stub.get(), bytes).status),
            Reason::kUploadChunkTooLarge);
  const std::string larger(2 << 20, 'x');
  EXPECT_EQ(ReasonOfCall(Inspect(stub.get(), larger).status),
            Reason::kUploadChunkTooLarge);
}

TEST(InspectInstanceTest, ASizeAboveTheLimitIsRefused) {
  TestServer server({.file_bytes = 2});
  EXPECT_EQ(ReasonOfCall(Inspect(server.Open().Stub().get(), "abc").status),
            Reason::kUploadTooLarge);
}

InstanceReport WithText() {
  InstanceReport report;
  report.verdict = Verdict::kIdentifying;
  report.findings.emplace_back();
  report.findings[0].match.reading.text = PhiText("MADE UP");
  return report;
}

Answered InspectWithText(v1::DetectionService::Stub* stub) {
  v1::InstanceHeader header = HeaderFor("abc");
  header.mutable_options()->set_include_text(true);
  grpc::ClientContext context;
  return Send(stub, {HeaderMessage(header), ChunkMessage("abc")}, &context);
}

TEST(InspectInstanceTest, TextIsRefusedUnlessTheServerAllowsIt) {
  TestServer server;
  EXPECT_EQ(ReasonOfCall(InspectWithText(server.Open().Stub().get()).status),
            Reason::kTextNotAllowed);
}

TEST(InspectInstanceTest, TextIsSentOnlyToThoseWhoAsk) {
  TestServer server({.include_text = true});
  server.detector.answer = [](const auto&, const auto&) { return WithText(); };
  const auto stub = server.Open().Stub();
  EXPECT_EQ(InspectWithText(stub.get()).response.report().regions(0).text(),
            "MADE UP");
  EXPECT_EQ(Inspect(stub.get(), "abc").response.report().regions(0).text(), "");
}

TEST(InspectInstanceTest, AClientThatGoesMidUploadLeavesNothingBehind) {
  TestServer server({.listen = "127.0.0.1:0", .memory_bytes = 0});
  server.Open();
  const int open_before = OpenUploads();
  const auto stub = v1::DetectionService::NewStub(grpc::CreateChannel(
      server.host().address(), grpc::InsecureChannelCredentials()));
  {
    grpc::ClientContext context;
    v1::InspectInstanceResponse response;
    auto writer = stub->InspectInstance(&context, &response);
    writer->Write(HeaderMessage(HeaderFor(std::string(100, 'x'))));
    writer->Write(ChunkMessage("xx"));
    while (OpenUploads() == open_before) std::this_thread::yield();
    context.TryCancel();
    EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_TRUE(server.gate().WaitUntilIdle(std::chrono::minutes(1)));
  EXPECT_EQ(OpenUploads(), open_before);
  EXPECT_TRUE(Inspect(stub.get(), "abc").status.ok());
}

TEST(InspectInstanceTest, ADeadlineStopsTheInspection) {
  TestServer server;
  std::atomic<bool> stopped = false;
  server.detector.answer = [&](const auto&, const InspectOptions& options) {
    const InstanceReport report = RunUntilCancelled(options);
    stopped = true;
    return report;
  };
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(300));
  const auto stub = server.Open().Stub();
  const Answered answered =
      Send(stub.get(), {HeaderMessage(HeaderFor("abc")), ChunkMessage("abc")},
           &context);
  EXPECT_EQ(answered.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(server.gate().WaitUntilIdle(std::chrono::minutes(1)));
  EXPECT_TRUE(stopped);
}

TEST(InspectInstanceTest, MoreCallsThanAllowedAreRefused) {
  TestServer server({.max_calls = 1});
  Door door;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    door.Pass();
    return ClearReport(bytes);
  };
  const auto stub = server.Open().Stub();
  std::thread first(
      [&] { EXPECT_TRUE(Inspect(stub.get(), "abc").status.ok()); });
  door.AwaitWaiting(1);
  EXPECT_EQ(ReasonOfCall(Inspect(stub.get(), "abc").status),
            Reason::kTooManyRequests);
  door.Permit(1);
  first.join();
}

// A caller with a token: the entry, and the header that shows it.
struct Submitter {
  Submitter() {
    const std::string secret = RandomSecret();
    known.identity = {"gateway", {Role::kSubmitter}};
    known.token = TokenHash::Of(secret);
    header = "Bearer gateway." + secret;
  }
  KnownIdentity known;
  std::string header;
};

TEST(InspectInstanceTest, ACallerThatIsUnknownHasNothingInspected) {
  TestServer server({.identities = {Submitter().known}});
  std::atomic<int> inspected = 0;
  server.detector.answer = [&](const std::string& bytes, const auto&) {
    ++inspected;
    return ClearReport(bytes);
  };
  const Answered answered = Inspect(server.Open().Stub().get(), "abc");
  EXPECT_EQ(ReasonOfCall(answered.status), Reason::kCredentialsInvalid);
  EXPECT_EQ(answered.response.report().verdict(), v1::VERDICT_UNSPECIFIED);
  EXPECT_EQ(inspected, 0);
}

TEST(InspectSessionTest, IsNotImplemented) {
  const Submitter submitter;
  TestServer server({.identities = {submitter.known}});
  grpc::ClientContext context;
  context.AddMetadata("authorization", submitter.header);
  v1::InspectSessionResponse response;
  const auto stub = server.Open().Stub();
  auto reader = stub->InspectSession(&context, v1::InspectSessionRequest());
  EXPECT_FALSE(reader->Read(&response));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(ReasonOfCall(status), Reason::kNotImplemented);
}

}  // namespace
}  // namespace burntin
