// A server of the contract that a test writes down, and a remote inspector
// that asks it.
#ifndef BURNTIN_TESTS_CLIENT_REMOTE_FIXTURE_H_
#define BURNTIN_TESTS_CLIENT_REMOTE_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "client/inspect/remote_inspector.h"
#include "detector/base/error.h"
#include "tests/client/temporary_folder.h"
#include "wire/grpc_status.h"
#include "wire/trace_context.h"

namespace burntin {

using Stream = grpc::ServerReaderWriter<v1::InspectStreamResponse,
                                        v1::InspectStreamRequest>;

// One object as the server got it.
struct Upload {
  v1::InstanceHeader header;
  std::string content;
  std::vector<size_t> chunk_bytes;
};

// Reads the next object, or nothing at the end of the stream.
inline std::optional<Upload> ReadUpload(Stream* stream) {
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

inline void Answer(const Upload& upload, v1::Verdict verdict, Stream* stream) {
  v1::InspectStreamResponse response;
  response.set_request_id(upload.header.request_id());
  v1::InstanceReport* report = response.mutable_event()->mutable_instance();
  report->set_verdict(verdict);
  report->set_frames_total(1);
  report->set_frames_inspected(1);
  report->set_inspected_in_full(true);
  report->set_sop_instance_uid(upload.content.substr(0, 16));
  stream->Write(response);
}

// Handles the call with a number, counted from 0.
using Handler = std::function<grpc::Status(int call, Stream* stream)>;

class FakeServer final : public v1::DetectionService::Service {
 public:
  explicit FakeServer(Handler handler) : handler_(std::move(handler)) {}

  grpc::Status InspectStream(grpc::ServerContext* context,
                             Stream* stream) override {
    const auto& metadata = context->client_metadata();
    const auto [first, last] = metadata.equal_range(kTraceparentKey);
    {
      const std::lock_guard lock(mutex_);
      for (auto entry = first; entry != last; ++entry) {
        traceparents_.emplace_back(entry->second.data(), entry->second.size());
      }
    }
    context->AddTrailingMetadata(kRequestIdKey, "0123456789abcdef");
    return handler_(calls_++, stream);
  }

  int calls() const { return calls_; }

  std::vector<std::string> traceparents() {
    const std::lock_guard lock(mutex_);
    return traceparents_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> traceparents_;  // guarded by mutex_
  const Handler handler_;
  std::atomic<int> calls_ = 0;
};

inline grpc::Status AnswerAllClear(Stream* stream) {
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

  // How many answers have come so far.
  int Answers() {
    const std::lock_guard lock(mutex_);
    return std::accumulate(counts_.begin(), counts_.end(), 0);
  }

  std::vector<v1::Verdict> Verdicts() {
    EXPECT_THAT(counts_,
                ::testing::Each(1));  // each exactly once, in every test
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

}  // namespace burntin

#endif  // BURNTIN_TESTS_CLIENT_REMOTE_FIXTURE_H_
