#include "client/inspect/remote_inspector.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "detector/base/error.h"
#include "tests/client/temporary_folder.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;
using Stream = grpc::ServerReaderWriter<v1::InspectStreamResponse,
                                        v1::InspectStreamRequest>;

// One object as the server got it.
struct Upload {
  v1::InstanceHeader header;
  std::string content;
  std::vector<size_t> chunk_bytes;
};

// Reads the next object, or nothing at the end of the stream.
std::optional<Upload> ReadUpload(Stream* stream) {
  v1::InspectStreamRequest request;
  if (!stream->Read(&request)) return std::nullopt;
  Upload upload;
  upload.header = request.header();
  while (static_cast<int64_t>(upload.content.size()) <
         upload.header.file_size_bytes()) {
    if (!stream->Read(&request)) return std::nullopt;
    upload.content += request.chunk();
    upload.chunk_bytes.push_back(request.chunk().size());
  }
  return upload;
}

void Answer(const Upload& upload, v1::Verdict verdict, Stream* stream) {
  v1::InspectStreamResponse response;
  response.set_request_id(upload.header.request_id());
  v1::InstanceReport* report = response.mutable_event()->mutable_instance();
  report->set_verdict(verdict);
  report->set_sop_instance_uid(upload.content.substr(0, 16));
  stream->Write(response);
}

// Handles the call with a number, counted from 0.
using Handler = std::function<grpc::Status(int call, Stream* stream)>;

class FakeServer final : public v1::DetectionService::Service {
 public:
  explicit FakeServer(Handler handler) : handler_(std::move(handler)) {}

  grpc::Status InspectStream(grpc::ServerContext*, Stream* stream) override {
    return handler_(calls_++, stream);
  }

  int calls() const { return calls_; }

 private:
  const Handler handler_;
  std::atomic<int> calls_ = 0;
};

grpc::Status AnswerAllClear(Stream* stream) {
  while (const std::optional<Upload> upload = ReadUpload(stream)) {
    Answer(*upload, v1::VERDICT_CLEAR, stream);
  }
  return grpc::Status::OK;
}

class RemoteInspectorTest : public testing::Test {
 protected:
  RemoteInspectorTest() {
    options_.connect_timeout = std::chrono::seconds(5);
    options_.reconnect_timeout = std::chrono::seconds(5);
    options_.first_pause = std::chrono::milliseconds(1);
    options_.max_pause = std::chrono::milliseconds(2);
  }

  void AddFiles(int count) {
    for (int i = 0; i < count; ++i) {
      AddFile("object " + std::to_string(i));
    }
  }

  void AddFile(const std::string& content) {
    const std::string name = std::to_string(files_.size());
    const std::string path = folder_.Write(name, content);
    files_.push_back({path, path, static_cast<int64_t>(content.size())});
  }

  absl::Status Inspect(Handler handler) {
    server_ = std::make_unique<FakeServer>(std::move(handler));
    grpc::ServerBuilder builder;
    builder.RegisterService(server_.get());
    const std::string address = "unix:" + (folder_ / "socket");
    builder.AddListeningPort(address, grpc::InsecureServerCredentials());
    const std::unique_ptr<grpc::Server> host = builder.BuildAndStart();
    RemoteInspector inspector(MakeChannel(address), options_);
    return InspectWith(&inspector);
  }

  absl::Status InspectWith(Inspector* inspector) {
    answers_.assign(files_.size(), {});
    counts_.assign(files_.size(), 0);
    return inspector->InspectAll(files_,
                                 [this](size_t i, v1::InstanceReport report) {
                                   const std::lock_guard lock(mutex_);
                                   answers_[i] = std::move(report);
                                   ++counts_[i];
                                 });
  }

  std::vector<v1::Verdict> Verdicts() {
    EXPECT_THAT(counts_, Each(1));  // each exactly once, in every test
    std::vector<v1::Verdict> verdicts;
    for (const auto& report : answers_) verdicts.push_back(report.verdict());
    return verdicts;
  }

  TemporaryFolder folder_;
  RemoteOptions options_;
  std::vector<FoundFile> files_;
  std::unique_ptr<FakeServer> server_;
  std::mutex mutex_;
  std::vector<v1::InstanceReport> answers_;
  std::vector<int> counts_;
};

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

TEST_F(RemoteInspectorTest, ABrokenConnectionIsOvercomeBySendingAgain) {
  AddFiles(5);
  std::vector<std::string> lost_ids;
  std::vector<std::string> ids;
  ASSERT_TRUE(Inspect([&](int call, Stream* stream) {
                if (call == 0) {
                  Answer(*ReadUpload(stream), v1::VERDICT_CLEAR, stream);
                  lost_ids.push_back(ReadUpload(stream)->header.request_id());
                  return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
                }
                while (const auto upload = ReadUpload(stream)) {
                  ids.push_back(upload->header.request_id());
                  Answer(*upload, v1::VERDICT_CLEAR, stream);
                }
                return grpc::Status::OK;
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
  EXPECT_EQ(ids.at(0), lost_ids.at(0));
  EXPECT_EQ(ids.size(), 4u);
}

TEST_F(RemoteInspectorTest, AnObjectThatBreaksEveryConnectionIsGivenUpAlone) {
  AddFiles(6);
  ASSERT_TRUE(Inspect([&](int, Stream* stream) {
                while (const auto upload = ReadUpload(stream)) {
                  if (upload->content == "object 2") {
                    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
                  }
                  Answer(*upload, v1::VERDICT_CLEAR, stream);
                }
                return grpc::Status::OK;
              }).ok());
  for (size_t i = 0; i < files_.size(); ++i) {
    EXPECT_EQ(Verdicts()[i],
              i == 2 ? v1::VERDICT_INDETERMINATE : v1::VERDICT_CLEAR);
  }
}

TEST_F(RemoteInspectorTest, AServerThatStartsIsWaitedForWithoutBlame) {
  AddFiles(2);
  options_.max_attempts = 1;
  ASSERT_TRUE(Inspect([](int call, Stream* stream) {
                if (call < 3) {
                  return ToGrpc(Error(Reason::kServerStarting, "Not yet."));
                }
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
}

TEST_F(RemoteInspectorTest, RetriesEnd) {
  AddFiles(2);
  options_.max_fruitless_calls = 4;
  const absl::Status status = Inspect([](int, Stream*) {
    return ToGrpc(Error(Reason::kServerDraining, "Going."));
  });
  EXPECT_EQ(ReasonOf(status), Reason::kServerDraining);
  EXPECT_EQ(server_->calls(), 4);
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_INDETERMINATE));
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

TEST_F(RemoteInspectorTest, ARefusalEndsTheScanWithTheServersReason) {
  AddFiles(3);
  const absl::Status status = Inspect([](int, Stream*) {
    return ToGrpc(Error(Reason::kTextNotAllowed, "Not here."));
  });
  EXPECT_EQ(ReasonOf(status), Reason::kTextNotAllowed);
  EXPECT_EQ(server_->calls(), 1);
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_INDETERMINATE));
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
