#include "client/protocol/protocol_check.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_split.h"
#include "burntin/v1/routing_service.pb.h"
#include "detector/base/error.h"
#include "tests/client/fake_inspector.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kProtocol[] = R"(version: 1
rules:
  - {name: us, when: {modality: US}, then: quarantine}
  - {name: ct, when: {modality: CT}, then: {to_project: A}}
)";

// The header that a file of "DICM|study|modality|model" stands for.
absl::StatusOr<Header> HeaderOfFile(const std::string& path) {
  const std::vector<std::string> parts = absl::StrSplit(ReadFile(path), '|');
  if (parts.size() != 4) return Error(Reason::kFileMalformed, "Broken.");
  Header header;
  header.sop_instance_uid = path.substr(path.rfind('/') + 1);
  header.study_instance_uid = parts[1];
  header.modality = parts[2];
  header.manufacturer_model_name = parts[3];
  header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  return header;
}

class ProtocolCheckTest : public testing::Test {
 protected:
  ProtocolCheckTest() {
    environment_.out = &out_;
    environment_.err = &err_;
    environment_.looks_like_dicom = BeginsWithDicm;
    environment_.make_header_reader = [](const ScanArguments&)
        -> absl::StatusOr<ProtocolCheckEnvironment::HeaderReader> {
      return HeaderOfFile;
    };
    environment_.make_inspector = [this](const ScanArguments&)
        -> absl::StatusOr<std::unique_ptr<Inspector>> {
      return std::make_unique<FakeInspector>(inspection_);
    };
    arguments_.protocol_file = settings_.Write("protocol.yaml", kProtocol);
    arguments_.paths = {folder_.path()};
  }

  void Object(const std::string& name, const std::string& study,
              const std::string& modality, const std::string& model = "M") {
    folder_.Write(name, "DICM|" + study + "|" + modality + "|" + model);
  }

  void UseDasher(const std::string& modalities, const std::string& models) {
    arguments_.protocol_file = settings_.Write(
        "protocol.txt", "0008,0060 Modality " + modalities +
                            "\n0008,1090 ManufacturersModelName " + models +
                            "\n");
    arguments_.hospital_project = "HOSPITAL";
  }

  int Run() { return CheckProtocol(arguments_, environment_); }

  std::vector<v1::CheckedSession> Lines() {
    std::vector<v1::CheckedSession> sessions;
    std::istringstream lines(out_.str());
    for (std::string line; std::getline(lines, line);) {
      EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(
                      line, &sessions.emplace_back())
                      .ok());
    }
    return sessions;
  }

  TemporaryFolder folder_;
  TemporaryFolder settings_;
  ProtocolCheckArguments arguments_;
  ProtocolCheckEnvironment environment_;
  absl::Status inspection_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ProtocolCheckTest, ByHeadersAloneNothingGoesOut) {
  Object("clear", "1.2", "CT");
  EXPECT_EQ(Run(), kExitNotAllOut);
  EXPECT_THAT(out_.str(), HasSubstr("INSPECT FIRST, rule \"ct\", line 4"));
  EXPECT_THAT(out_.str(), HasSubstr("if CLEAR: OUT to A, rule \"ct\", line 4"));
  EXPECT_THAT(err_.str(), HasSubstr("by the headers alone"));
}

TEST_F(ProtocolCheckTest, AnInspectedClearSessionGoesOut) {
  arguments_.inspect = true;
  Object("clear1", "1.2", "CT");
  Object("clear2", "1.2", "CT");
  EXPECT_EQ(Run(), kExitAllOut);
  EXPECT_THAT(out_.str(), HasSubstr("OUT to A, rule \"ct\", line 4"));
  EXPECT_THAT(err_.str(), HasSubstr("1 session of 2 files: 1 out to A"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("by the headers alone")));
}

TEST_F(ProtocolCheckTest, OneObjectWithTextHoldsItsSession) {
  arguments_.inspect = true;
  Object("clear1", "1.2", "CT");
  Object("review1", "1.2", "CT");
  Object("clear2", "3.4", "CT");
  EXPECT_EQ(Run(), kExitNotAllOut);
  EXPECT_THAT(err_.str(),
              HasSubstr("2 sessions of 3 files: 1 out to A, 1 quarantined"));
}

TEST_F(ProtocolCheckTest, TellsWhyTheRulesBeforeDidNotFire) {
  Object("clear", "1.2", "CT");
  Run();
  EXPECT_THAT(
      out_.str(),
      HasSubstr("passes  line 3 \"us\": It is not so that Modality is US."));
}

TEST_F(ProtocolCheckTest, TellsWhichFileDecided) {
  Object("a", "1.2", "CT");
  Object("b", "1.2", "US");
  EXPECT_EQ(Run(), kExitNotAllOut);
  EXPECT_THAT(out_.str(), HasSubstr("QUARANTINE, rule \"us\", line 3"));
  EXPECT_THAT(out_.str(), HasSubstr("tried on " + (folder_ / "b")));
}

TEST_F(ProtocolCheckTest, AFileThatCannotBeReadIsHeldAndMayBelongAnywhere) {
  arguments_.inspect = true;
  Object("clear", "1.2", "CT");
  folder_.Write("broken", "DICM|x");
  EXPECT_EQ(Run(), kExitNotAllOut);
  EXPECT_THAT(out_.str(), HasSubstr("(no study)  1 file whose header cannot be "
                                    "read or names no study\n  QUARANTINE"));
  EXPECT_THAT(err_.str(), HasSubstr("let none out"));
}

TEST_F(ProtocolCheckTest, AnObjectWithoutStudyIsHeld) {
  arguments_.inspect = true;
  Object("clear", "", "CT");
  EXPECT_EQ(Run(), kExitNotAllOut);
}

TEST_F(ProtocolCheckTest, AnEmptyFileIsHeld) {
  arguments_.inspect = true;
  folder_.Write("empty.dcm", "");
  EXPECT_EQ(Run(), kExitNotAllOut);
}

TEST_F(ProtocolCheckTest, JsonLinesSayTheSame) {
  arguments_.format = ScanFormat::kJsonLines;
  UseDasher("RTSTRUCT", "ALLOW ALL");
  Object("a", "1.2", "CT");
  EXPECT_EQ(Run(), kExitNotAllOut);
  const std::vector<v1::CheckedSession> lines = Lines();
  ASSERT_EQ(lines.size(), 1U);
  const v1::CheckedSession& session = lines[0];
  EXPECT_EQ(session.study_instance_uid(), "1.2");
  EXPECT_EQ(session.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_FALSE(session.inspected());
  EXPECT_EQ(session.decision_if_clear().target_project(), "QUARANTINE");
  EXPECT_THAT(session.modalities(), ElementsAre("CT"));
  EXPECT_EQ(session.deciding_path(), folder_ / "a");
  EXPECT_EQ(session.trace_size(), 1);
  ASSERT_EQ(session.dasher_size(), 1);
  EXPECT_EQ(session.dasher(0).project(), "HOSPITAL");
  EXPECT_TRUE(session.dasher_differs());
}

TEST_F(ProtocolCheckTest, TellsWhereDasherSplitsASession) {
  UseDasher("CT", "ALLOW ALL");
  Object("a", "1.2", "CT");
  Object("b", "1.2", "OT");
  EXPECT_EQ(Run(), kExitNotAllOut);
  EXPECT_THAT(out_.str(), HasSubstr("DASHER: HOSPITAL (1 file) and QUARANTINE "
                                    "(1 file), so it splits the session"));
  EXPECT_THAT(err_.str(), HasSubstr("DASHER differs for 1"));
}

TEST_F(ProtocolCheckTest, TellsWhereDasherAgrees) {
  UseDasher("CT", "ALLOW ALL");
  Object("a", "1.2", "CT");
  Run();
  EXPECT_THAT(out_.str(), HasSubstr("DASHER: HOSPITAL\n"));
  EXPECT_THAT(err_.str(), HasSubstr("DASHER differs for 0"));
}

TEST_F(ProtocolCheckTest, AYamlProtocolIsComparedWithADashersFile) {
  arguments_.dasher_file = settings_.Write(
      "protocol.txt",
      "0008,0060 Modality US\n0008,1090 ManufacturersModelName ALLOW ALL\n");
  arguments_.hospital_project = "A";
  Object("a", "1.2", "US");
  Run();
  EXPECT_THAT(out_.str(), HasSubstr("DASHER: A, which differs"));
}

TEST_F(ProtocolCheckTest, ABrokenProtocolFailsWithAllItsErrors) {
  arguments_.protocol_file = settings_.Write(
      "protocol.yaml", "version: 1\nrules:\n  - {name: a}\n  - {nam: b}\n");
  EXPECT_EQ(Run(), kExitCheckFailed);
  EXPECT_THAT(out_.str(), IsEmpty());
  EXPECT_THAT(err_.str(), HasSubstr("protocol.yaml:3:5: "));
  EXPECT_THAT(err_.str(), HasSubstr("protocol.yaml:4:6: "));
}

TEST_F(ProtocolCheckTest, WithoutAPathItChecksTheProtocolAlone) {
  arguments_.paths = {};
  EXPECT_EQ(Run(), kExitAllOut);
  EXPECT_THAT(err_.str(), HasSubstr("a protocol of 2 rules"));
}

TEST_F(ProtocolCheckTest, NoticesAreTold) {
  arguments_.paths = {};
  arguments_.protocol_file = settings_.Write(
      "protocol.yaml",
      "version: 1\nrules:\n  - {name: a, when: {modality: PET}, then: "
      "quarantine}\n");
  Run();
  EXPECT_THAT(err_.str(), HasSubstr("protocol.yaml:3:32: "));
}

TEST_F(ProtocolCheckTest, WhatKeepsItFromCheckingFails) {
  EXPECT_EQ(Run(), kExitCheckFailed);  // no file
  Object("a", "1.2", "CT");
  arguments_.inspect = true;
  inspection_ = Error(Reason::kInternalFailure, "Broken.");
  EXPECT_EQ(Run(), kExitCheckFailed);
  arguments_.inspect = false;
  arguments_.paths.push_back(folder_ / "missing");
  EXPECT_EQ(Run(), kExitCheckFailed);
  arguments_.paths.pop_back();
  arguments_.dasher_file = settings_.Write("d.txt", "");
  EXPECT_EQ(Run(), kExitCheckFailed);  // no hospital project
  arguments_.dasher_file.clear();
  arguments_.protocol_file = settings_ / "missing.yaml";
  EXPECT_EQ(Run(), kExitCheckFailed);
}

TEST_F(ProtocolCheckTest, AProjectHasToBeAnId) {
  arguments_.paths = {};
  arguments_.quarantine_project = "HELD";
  EXPECT_EQ(Run(), kExitAllOut);
  for (const char* project : {"", "A B", "unassigned"}) {
    arguments_.quarantine_project = project;
    EXPECT_EQ(Run(), kExitCheckFailed) << project;
  }
  arguments_.quarantine_project = "HELD";
  arguments_.hospital_project = "A B";
  EXPECT_EQ(Run(), kExitCheckFailed);
}

TEST_F(ProtocolCheckTest, ASessionOfWhichAPartWasSeenIsHeld) {
  arguments_.inspect = true;
  arguments_.protocol_file = settings_.Write(
      "all.yaml",
      "version: 1\nrules:\n  - {name: all, when: {verdict: [CLEAR, REVIEW, "
      "IDENTIFYING]}, then: {to_project: A}}\n");
  Object("identifying1", "1.2", "CT");
  EXPECT_EQ(Run(), kExitAllOut);
  Object("identifying_part", "1.2", "CT");
  EXPECT_EQ(Run(), kExitNotAllOut);
}

TEST_F(ProtocolCheckTest, ResultsThatCannotBeWrittenFail) {
  Object("a", "1.2", "CT");
  out_.setstate(std::ios::badbit);
  EXPECT_EQ(Run(), kExitCheckFailed);
}

TEST_F(ProtocolCheckTest, WhatAHeaderSaysCannotSteerTheTerminal) {
  Object("a", "1.2", "CT\x1B[2J", "M\x1B[31m");
  Run();
  EXPECT_THAT(out_.str(), Not(HasSubstr("\x1B")));
}

}  // namespace
}  // namespace burntin
