#include "client/command/scan_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ScanCommandTest : public testing::Test {
 protected:
  ScanCommandTest() : command_(ScanEnvironment{.out = &out_, .err = &err_}) {
    command_.AddTo(&app_);
  }

  void Parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());  // as CLI11 wants a vector
    app_.parse(words);
  }

  std::ostringstream out_;
  std::ostringstream err_;
  CLI::App app_;
  ScanCommand command_;
};

TEST_F(ScanCommandTest, EveryOptionReachesTheScan) {
  Parse({"scan",
         "--server",
         "host:1",
         "--format",
         "jsonl",
         "--report",
         "r.html",
         "--text",
         "--workers",
         "3",
         "--quiet",
         "--timeout",
         "9",
         "--allow-plaintext",
         "--in-process-decoding",
         "--tls-authorities",
         "ca.pem",
         "--tls-certificate",
         "c.pem",
         "--tls-key",
         "k.pem",
         "--token-file",
         "t",
         "a",
         "b"});
  const ScanArguments& arguments = command_.arguments();
  EXPECT_TRUE(command_.IsAsked());
  EXPECT_THAT(arguments.paths, ElementsAre("a", "b"));
  EXPECT_EQ(arguments.server, "host:1");
  EXPECT_EQ(arguments.format, ScanFormat::kJsonLines);
  EXPECT_EQ(arguments.report_path, "r.html");
  EXPECT_TRUE(arguments.text);
  EXPECT_EQ(arguments.workers, 3);
  EXPECT_TRUE(arguments.allow_plaintext);
  EXPECT_EQ(arguments.access.authorities_file, "ca.pem");
  EXPECT_EQ(arguments.access.certificate_file, "c.pem");
  EXPECT_EQ(arguments.access.key_file, "k.pem");
  EXPECT_EQ(arguments.access.token_file, "t");
  EXPECT_TRUE(arguments.in_process_decoding);
  EXPECT_TRUE(arguments.quiet);
}

TEST_F(ScanCommandTest, EveryOptionOfAScanWithoutServerReachesTheScan) {
  Parse({"scan", "--models", "m", "--languages", "deu", "--runtime", "opencv",
         "--networks", "pp-ocr", "--thorough", "--compare-with", "nothing",
         "--benign-vocabulary", "w.txt", "--cache", "c", "a"});
  EXPECT_EQ(command_.arguments().cache_file, "c");
  EXPECT_EQ(command_.arguments().model_directory, "m");
  EXPECT_EQ(command_.arguments().languages, "deu");
  EXPECT_EQ(command_.arguments().runtime, InferenceRuntime::kOpenCv);
  EXPECT_EQ(command_.arguments().networks, NetworkChoice::kPpOcr);
  EXPECT_TRUE(command_.arguments().thorough);
  EXPECT_EQ(command_.arguments().compare_with, Comparison::kNothing);
  EXPECT_EQ(command_.arguments().benign_vocabulary_file, "w.txt");
}

TEST_F(ScanCommandTest, FramesAreComparedUnlessItSaysOtherwise) {
  Parse({"scan", "a"});
  EXPECT_EQ(command_.arguments().compare_with, Comparison::kFrames);
  EXPECT_THROW(Parse({"scan", "--compare-with", "junk", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, WhatAServerWouldIgnoreIsRefused) {
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--models", "m", "a"}),
               CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--languages", "deu", "a"}),
               CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--thorough", "a"}),
               CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--benign-vocabulary",
                      "w.txt", "a"}),
               CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--runtime", "auto", "a"}),
               CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--networks", "own", "a"}),
               CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--server", "host:1", "--cache", "c", "a"}),
               CLI::ParseError);
}

TEST_F(ScanCommandTest, ACacheThatKeepsNoTextIsRefusedWhereTextIsAskedFor) {
  EXPECT_THROW(Parse({"scan", "--text", "--cache", "c", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, WhatIsOnlyForAServerIsRefusedWithoutOne) {
  EXPECT_THROW(Parse({"scan", "--timeout", "9", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--allow-plaintext", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--token-file", "t", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--tls-authorities", "c", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, AnEmptyServerIsRefused) {
  EXPECT_THROW(Parse({"scan", "--server", "", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, APathIsRequired) {
  EXPECT_THROW(Parse({"scan"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, AnUnknownFormatIsRefused) {
  EXPECT_THROW(Parse({"scan", "--format", "xml", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--format", "7", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, AnUnknownRuntimeIsRefused) {
  EXPECT_THROW(Parse({"scan", "--runtime", "torch", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--runtime", "7", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, UnknownNetworksAreRefused) {
  EXPECT_THROW(Parse({"scan", "--networks", "none", "a"}), CLI::ParseError);
  EXPECT_THROW(Parse({"scan", "--networks", "7", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, ZeroWorkersAreRefused) {
  EXPECT_THROW(Parse({"scan", "--workers", "0", "a"}), CLI::ParseError);
}

TEST_F(ScanCommandTest, TheHelpTellsTheExitStatus) {
  EXPECT_THAT(app_.get_subcommand("scan")->help(), HasSubstr("Exit status:"));
}

TEST_F(ScanCommandTest, AMissingPathExitsWithTwo) {
  Parse({"scan", "/there/is/no/such/path"});
  EXPECT_EQ(command_.Run(), kExitFailed);
}

}  // namespace
}  // namespace burntin
