// Nothing that may identify a person reaches the log, at its most verbose.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kUid[] = "1.2.826.0.1.3680043.9.9999";

InstanceReport FullOfPhi() {
  InstanceReport report;
  report.verdict = Verdict::kIdentifying;
  report.header.study_instance_uid = kUid;
  report.header.series_instance_uid = kUid;
  report.header.sop_instance_uid = kUid;
  report.header.manufacturer = "DOE and sons";
  report.header.identifiers = {{"PatientName", PhiText("DOE^JANE")}};
  report.reasons = {{Reason::kHeaderMatch, "PatientName is in the pixels."}};
  Finding finding;
  finding.match.reading.text = PhiText("DOE JANE 1970");
  finding.match.matched_attribute = "PatientName";
  report.findings = {finding};
  return report;
}

v1::InstanceHeader HeaderWithPhi(const std::string& bytes) {
  v1::InstanceHeader header = HeaderFor(bytes, "request-7");
  header.set_path("/archive/DOE^JANE/1.dcm");
  header.mutable_options()->set_include_text(true);
  return header;
}

// Calls of every kind: answered, broken, refused.
void CallEverything(TestServer* server) {
  const auto stub = server->Stub();
  const auto send = [&](std::vector<v1::InspectInstanceRequest> messages) {
    grpc::ClientContext context;
    Send(stub.get(), messages, &context);
  };
  const std::string bytes = "PN DOE^JANE";
  const auto header = HeaderMessage(HeaderWithPhi(bytes));
  send({header, ChunkMessage(bytes)});
  send({header, header});
  send({header, ChunkMessage("DOE")});
  send({ChunkMessage(bytes)});
  grpc::ClientContext context;
  const auto stream = stub->InspectStream(&context);
  v1::InspectStreamRequest message;
  *message.mutable_header() = HeaderWithPhi(bytes);
  stream->Write(message);
  message.set_chunk(bytes);
  stream->Write(message);
  stream->WritesDone();
  v1::InspectStreamResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(LogWithoutPhiTest, HoldsNoNameNoPathNoUidNoText) {
  TestServer server({.include_text = true});
  server.detector.answer = [](const auto&, const auto&) { return FullOfPhi(); };
  server.Open();
  testing::internal::CaptureStderr();
  CallEverything(&server);
  server.host().Drain(std::chrono::minutes(1));
  const std::string logged =
      server.log_text() + testing::internal::GetCapturedStderr();
  EXPECT_THAT(logged, HasSubstr("object_inspected"));
  EXPECT_THAT(logged, HasSubstr("inspection_started"));
  EXPECT_THAT(logged, HasSubstr("request-7"));
  EXPECT_THAT(logged, HasSubstr("VERDICT_IDENTIFYING"));
  EXPECT_THAT(logged, HasSubstr("HEADER_MATCH"));
  EXPECT_THAT(logged, HasSubstr("UPLOAD_INCOMPLETE"));
  EXPECT_THAT(logged, Not(HasSubstr("DOE")));
  EXPECT_THAT(logged, Not(HasSubstr("JANE")));
  EXPECT_THAT(logged, Not(HasSubstr("archive")));
  EXPECT_THAT(logged, Not(HasSubstr(kUid)));
}

}  // namespace
}  // namespace burntin
