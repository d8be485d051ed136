// Calls that end early: what is sent again, and when the scan ends.
#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/client/remote_fixture.h"

namespace burntin {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

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
  options_.refusal_patience = std::chrono::milliseconds(0);
  const absl::Status status = Inspect([](int, Stream*) {
    return ToGrpc(Error(Reason::kServerDraining, "Going."));
  });
  EXPECT_EQ(ReasonOf(status), Reason::kServerDraining);
  EXPECT_EQ(server_->calls(), 4);
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_INDETERMINATE));
}

TEST_F(RemoteInspectorTest, AServerMayStartForLongerThanRetriesLast) {
  AddFiles(1);
  options_.max_fruitless_calls = 2;
  ASSERT_TRUE(Inspect([](int call, Stream* stream) {
                if (call < 10) {
                  return ToGrpc(Error(Reason::kServerStarting, "Not yet."));
                }
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
}

TEST_F(RemoteInspectorTest, AServerWithTooManyCallsIsWaitedForWithoutBlame) {
  AddFiles(3);
  options_.max_attempts = 1;
  options_.max_fruitless_calls = 2;
  ASSERT_TRUE(Inspect([](int call, Stream* stream) {
                if (call < 4) {
                  return ToGrpc(Error(Reason::kTooManyRequests, "Full."));
                }
                return AnswerAllClear(stream);
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
}

TEST_F(RemoteInspectorTest, PatienceWithAFullServerEnds) {
  AddFiles(1);
  options_.max_fruitless_calls = 3;
  options_.refusal_patience = std::chrono::milliseconds(0);
  const absl::Status status = Inspect([](int, Stream*) {
    return ToGrpc(Error(Reason::kTooManyRequests, "Full."));
  });
  EXPECT_EQ(ReasonOf(status), Reason::kTooManyRequests);
  EXPECT_EQ(server_->calls(), 3);
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_INDETERMINATE));
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

TEST_F(RemoteInspectorTest, AScanWhoseOnlyFileVanishedIsAnsweredAndWell) {
  AddFiles(1);
  std::filesystem::remove(files_[0].path);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                EXPECT_FALSE(ReadUpload(stream).has_value());
                return ToGrpc(Error(Reason::kUploadHeaderMissing, "None."));
              }).ok());
  EXPECT_THAT(Verdicts(), ElementsAre(v1::VERDICT_INDETERMINATE));
  EXPECT_EQ(answers_[0].reasons(0).code(), "FILE_UNREADABLE");
}

TEST_F(RemoteInspectorTest, AConnectionThatBreaksAfterTheLastAnswerIsNoFault) {
  AddFiles(2);
  ASSERT_TRUE(Inspect([](int, Stream* stream) {
                AnswerAllClear(stream);
                return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
              }).ok());
  EXPECT_THAT(Verdicts(), Each(v1::VERDICT_CLEAR));
  EXPECT_EQ(server_->calls(), 1);
}

TEST_F(RemoteInspectorTest, AfterTheLastObjectsTimeoutNoServerIsAwaited) {
  AddFiles(1);
  options_.object_timeout = std::chrono::milliseconds(50);
  ASSERT_TRUE(Inspect([this](int, Stream* stream) {
                ReadUpload(stream);
                while (Answers() == 0) std::this_thread::yield();
                return grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
              }).ok());
  EXPECT_EQ(server_->calls(), 1);
  EXPECT_EQ(answers_.at(0).reasons(0).code(), "DEADLINE_EXCEEDED");
}

}  // namespace
}  // namespace burntin
