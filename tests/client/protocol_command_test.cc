#include "client/command/protocol_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ProtocolCommandTest : public testing::Test {
 protected:
  ProtocolCommandTest() : command_(ProtocolCheckEnvironment()) {
    command_.AddTo(&app_);
  }

  void Parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());  // as CLI11 wants a vector
    app_.parse(words);
  }

  CLI::App app_;
  ProtocolCommand command_;
};

TEST_F(ProtocolCommandTest, EveryOptionReachesTheCheck) {
  Parse({"protocol",
         "check",
         "--protocol",
         "p.txt",
         "--dasher",
         "d.txt",
         "--hospital-project",
         "H",
         "--quarantine-project",
         "Q",
         "--format",
         "jsonl",
         "--inspect",
         "--models",
         "m",
         "--languages",
         "deu",
         "--benign-vocabulary",
         "w.txt",
         "--workers",
         "3",
         "--in-process-decoding",
         "a",
         "b"});
  const ProtocolCheckArguments& arguments = command_.arguments();
  EXPECT_TRUE(command_.IsAsked());
  EXPECT_THAT(arguments.paths, ElementsAre("a", "b"));
  EXPECT_EQ(arguments.protocol_file, "p.txt");
  EXPECT_EQ(arguments.dasher_file, "d.txt");
  EXPECT_EQ(arguments.hospital_project, "H");
  EXPECT_EQ(arguments.quarantine_project, "Q");
  EXPECT_EQ(arguments.format, ScanFormat::kJsonLines);
  EXPECT_TRUE(arguments.inspect);
  EXPECT_EQ(arguments.inspection.model_directory, "m");
  EXPECT_EQ(arguments.inspection.languages, "deu");
  EXPECT_EQ(arguments.inspection.benign_vocabulary_file, "w.txt");
  EXPECT_EQ(arguments.inspection.workers, 3);
  EXPECT_TRUE(arguments.inspection.in_process_decoding);
}

TEST_F(ProtocolCommandTest, AProtocolHasToBeNamed) {
  EXPECT_THROW(Parse({"protocol", "check", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"protocol"}), CLI::ParseError);
}

TEST_F(ProtocolCommandTest, WhatACheckOfHeadersWouldIgnoreIsRefused) {
  EXPECT_THROW(
      Parse({"protocol", "check", "--protocol", "p.yaml", "--models", "m"}),
      CLI::ParseError);
}

TEST_F(ProtocolCommandTest, TheHelpExplainsTheExitStatus) {
  EXPECT_THAT(app_.get_subcommand("protocol")->get_subcommand("check")->help(),
              HasSubstr("Exit status:"));
}

}  // namespace
}  // namespace burntin
