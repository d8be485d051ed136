// What is sent, and what becomes of the answers.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/client/remote_fixture.h"

namespace burntin {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;

TEST_F(RemoteInspectorTest, EachFileGetsItsOwnAnswer) {
  AddFiles(40);
  ASSERT_TRUE(
      Inspect([](int, Stream* stream) { return AnswerAllClear(stream); }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
  for (size_t i = 0; i < files_.size(); ++i) {
    EXPECT_EQ(answers_[i].sop_instance_uid(), "object " + std::to_string(i));
    EXPECT_EQ(answers_[i].path(), files_[i].label);
  }
}

TEST_F(RemoteInspectorTest, ALargeFileComesWholeInSmallChunks) {
  std::string content(3 << 20, 'x');
  content += "end";
  AddFile(content);
  Upload got;
  ASSERT_TRUE(Inspect([&](int, Stream* stream) {
                got = *ReadUpload(stream);
                Answer(got, v1::VERDICT_CLEAR, stream);
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_TRUE(got.content == content);
  EXPECT_THAT(got.chunk_bytes, Each(AllOf(Ge(1), Le(1 << 20))));
}

TEST_F(RemoteInspectorTest, AnswersMayComeInAnyOrder) {
  AddFiles(3);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                const Upload a = *ReadUpload(stream);
                const Upload b = *ReadUpload(stream);
                const Upload c = *ReadUpload(stream);
                Answer(c, v1::VERDICT_REVIEW, stream);
                Answer(a, v1::VERDICT_CLEAR, stream);
                Answer(b, v1::VERDICT_IDENTIFYING, stream);
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(),
              ElementsAre(v1::VERDICT_CLEAR, v1::VERDICT_IDENTIFYING,
                          v1::VERDICT_REVIEW));
}

TEST_F(RemoteInspectorTest, NoMoreObjectsAreInFlightThanAllowed) {
  AddFiles(4);
  options_.max_in_flight = 2;
  ASSERT_TRUE(Inspect([&](int, Stream* stream) {
                // A third object would only come after an answer.
                for (int i = 0; i < 2; ++i) {
                  const Upload first = *ReadUpload(stream);
                  const Upload second = *ReadUpload(stream);
                  Answer(second, v1::VERDICT_CLEAR, stream);
                  Answer(first, v1::VERDICT_CLEAR, stream);
                }
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
}

TEST_F(RemoteInspectorTest, AReportAboveFourMebibytesIsTaken) {
  AddFiles(1);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                const Upload upload = *ReadUpload(stream);
                v1::InspectStreamResponse response;
                response.set_request_id(upload.header.request_id());
                auto* report = response.mutable_event()->mutable_instance();
                report->set_verdict(v1::VERDICT_REVIEW);
                for (int i = 0; i < 5000; ++i) {
                  report->add_regions()->set_text(std::string(1024, 'x'));
                }
                stream->Write(response);
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), ElementsAre(v1::VERDICT_REVIEW));
  EXPECT_EQ(answers_[0].regions_size(), 5000);
}

TEST_F(RemoteInspectorTest, EveryCallOfAScanIsAStepOfItsTrace) {
  AddFiles(4);
  options_.max_in_flight = 1;
  ASSERT_TRUE(Inspect([](int call, Stream* stream) {
                if (call == 0) {
                  return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Gone.");
                }
                return AnswerAllClear(stream);
              }).ok());
  const std::vector<std::string> sent = server_->traceparents();
  ASSERT_EQ(sent.size(), 2U);
  const auto first = ParseTraceparent(sent[0]);
  const auto second = ParseTraceparent(sent[1]);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->trace_id, options_.introduction.trace.trace_id);
  EXPECT_EQ(second->trace_id, first->trace_id);
  EXPECT_NE(second->span_id, first->span_id);
}

TEST_F(RemoteInspectorTest, AnErrorOfTheServerNamesTheCall) {
  AddFiles(1);
  const absl::Status failed = Inspect([](int, Stream*) {
    return ToGrpc(Error(Reason::kTextNotAllowed, "Leave it out."));
  });
  EXPECT_EQ(ReasonOf(failed), Reason::kTextNotAllowed);
  EXPECT_EQ(failed.message(),
            "Leave it out. (request 0123456789abcdef, trace " +
                options_.introduction.trace.trace_id + ")");
}

TEST_F(RemoteInspectorTest, AProxyIsNeverAsked) {
  setenv("http_proxy", "http://127.0.0.1:9", 1);
  setenv("grpc_proxy", "http://127.0.0.1:9", 1);
  FakeServer server([](int, Stream* stream) { return AnswerAllClear(stream); });
  grpc::ServerBuilder builder;
  builder.RegisterService(&server);
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  const std::unique_ptr<grpc::Server> host = builder.BuildAndStart();
  RemoteInspector inspector(MakeChannel("127.0.0.1:" + std::to_string(port)),
                            options_);
  EXPECT_TRUE(inspector.WaitForServer().ok());
  unsetenv("http_proxy");
  unsetenv("grpc_proxy");
}

TEST_F(RemoteInspectorTest, FewerAnswersThanObjectsAreIndeterminate) {
  AddFiles(3);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                Answer(*ReadUpload(stream), v1::VERDICT_CLEAR, stream);
                while (ReadUpload(stream)) {
                }
                return grpc::Status::OK;
              }).ok());
  EXPECT_THAT(Verdicts(),
              ElementsAre(v1::VERDICT_CLEAR, v1::VERDICT_INDETERMINATE,
                          v1::VERDICT_INDETERMINATE));
  EXPECT_EQ(answers_[1].reasons(0).code(), "INTERNAL_FAILURE");
}

TEST_F(RemoteInspectorTest, AnUnknownVerdictIsIndeterminate) {
  AddFiles(1);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                Answer(*ReadUpload(stream), static_cast<v1::Verdict>(77),
                       stream);
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), ElementsAre(v1::VERDICT_INDETERMINATE));
}

TEST_F(RemoteInspectorTest, AnswersToOtherRequestsAreIgnored) {
  AddFiles(1);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                Upload upload = *ReadUpload(stream);
                const Upload own = upload;
                upload.header.set_request_id("7");
                Answer(upload, v1::VERDICT_IDENTIFYING, stream);
                Answer(own, v1::VERDICT_REVIEW, stream);
                Answer(own, v1::VERDICT_CLEAR, stream);  // a second time
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), ElementsAre(v1::VERDICT_REVIEW));
}

TEST_F(RemoteInspectorTest, AnObjectThatTakesTooLongIsGivenUpAlone) {
  AddFiles(3);
  options_.object_timeout = std::chrono::milliseconds(200);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                while (const auto upload = ReadUpload(stream)) {
                  if (upload->content == "object 1") continue;
                  Answer(*upload, v1::VERDICT_CLEAR, stream);
                }
                return grpc::Status::OK;
              }).ok());
  EXPECT_THAT(Verdicts(),
              ElementsAre(v1::VERDICT_CLEAR, v1::VERDICT_INDETERMINATE,
                          v1::VERDICT_CLEAR));
}

TEST_F(RemoteInspectorTest, AFileThatVanishedIsAnsweredHere) {
  AddFiles(3);
  std::filesystem::remove(files_[1].path);
  ASSERT_TRUE(
      Inspect([](int, Stream* stream) { return AnswerAllClear(stream); }).ok());
  EXPECT_THAT(Verdicts(),
              ElementsAre(v1::VERDICT_CLEAR, v1::VERDICT_INDETERMINATE,
                          v1::VERDICT_CLEAR));
  EXPECT_EQ(answers_[1].reasons(0).code(), "FILE_UNREADABLE");
}

TEST_F(RemoteInspectorTest, OnlySilenceCountsTowardsTheTimeout) {
  AddFiles(6);
  options_.object_timeout = std::chrono::milliseconds(1000);
  // The last object is answered later than its own limit after its sending.
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                std::vector<Upload> uploads;
                while (auto upload = ReadUpload(stream)) {
                  uploads.push_back(std::move(*upload));
                }
                for (const Upload& upload : uploads) {
                  std::this_thread::sleep_for(std::chrono::milliseconds(300));
                  Answer(upload, v1::VERDICT_CLEAR, stream);
                }
                return grpc::Status::OK;
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
}

TEST_F(RemoteInspectorTest, AServerThatIsNotThereFailsTheScan) {
  AddFiles(2);
  options_.connect_timeout = std::chrono::milliseconds(50);
  RemoteInspector inspector(MakeChannel("unix:" + (folder_ / "no-socket")),
                            options_);
  EXPECT_TRUE(absl::IsUnavailable(InspectWith(&inspector)));
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_INDETERMINATE));
}

}  // namespace
}  // namespace burntin
