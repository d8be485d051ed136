#include "server/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "detector/base/error.h"

namespace burntin {
namespace {

using ::testing::StartsWith;
using ::testing::UnorderedElementsAreArray;

std::string MessageFor(const std::string& text) {
  const absl::StatusOr<ServerConfig> config = ParseConfig(text, "f.yaml");
  EXPECT_EQ(ReasonOf(config.status()), Reason::kInvalidArgument);
  return std::string(config.status().message());
}

TEST(ConfigTest, TheDefaultFileHoldsTheDefaults) {
  const absl::StatusOr<ServerConfig> config =
      ParseConfig(DefaultConfigText(), "default");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(*config == ServerConfig());
}

TEST(ConfigTest, TheDefaultFileNamesEveryKey) {
  std::vector<std::string> named;
  for (const auto& section : YAML::Load(std::string(DefaultConfigText()))) {
    for (const auto& key : section.second) {
      named.push_back(section.first.as<std::string>() + "." +
                      key.first.as<std::string>());
    }
  }
  EXPECT_THAT(named, UnorderedElementsAreArray(ConfigKeys()));
}

TEST(ConfigTest, AnEmptyFileIsTheDefaults) {
  EXPECT_TRUE(*ParseConfig("", "f") == ServerConfig());
  EXPECT_TRUE(*ParseConfig("# nothing\n", "f") == ServerConfig());
  EXPECT_TRUE(*ParseConfig("server:\n", "f") == ServerConfig());
}

TEST(ConfigTest, FramesAreComparedUnlessItSaysOtherwise) {
  EXPECT_EQ(ParseConfig("", "f")->compare_with, Comparison::kFrames);
  EXPECT_EQ(ParseConfig("detector: {compare_with: nothing}", "f")->compare_with,
            Comparison::kNothing);
  EXPECT_FALSE(ParseConfig("detector: {compare_with: junk}", "f").ok());
}

TEST(ConfigTest, KeysAreTakenOver) {
  const absl::StatusOr<ServerConfig> config = ParseConfig(
      "server:\n  listen: \"[::1]:0\"\n  drain_timeout_seconds: 5\n"
      "  idle_timeout_seconds: 7\n"
      "upload: {total_bytes: 9}\n"
      "tls: {certificate_file: /c, key_file: /k, client_authorities_file: /a}\n"
      "identity: {file: /i}\n"
      "xnat: {url: \"https://x\", credentials_file: /s, authorities_file: /b,\n"
      "  allow_plaintext: true, request_timeout_seconds: 14,\n"
      "  move_timeout_seconds: 15, settle_seconds: 16}\n"
      "evidence: {directory: /e, total_bytes: 17, session_bytes: 18,\n"
      "  pictures_per_object: 19, max_side: 256, undecided_seconds: 3601}\n"
      "detector: {workers: 3, include_text: true, runtime: opencv,\n"
      "  networks: own, thorough: true, compare_with: series,\n"
      "  benign_vocabulary_file: /w}\n"
      "decoder: {isolation: false, program: /d, memory_bytes: 536870912,\n"
      "  open_timeout_seconds: 11, frame_timeout_seconds: 12,\n"
      "  objects_per_process: 13}\n"
      "ledger: {database: /l, connections: 5}\n"
      "quarantine: {project: Q_1, approvers: 2, move_lease_seconds: 61,\n"
      "  reconcile_interval_seconds: 62}\n"
      "limits: {file_bytes: 1099511627776}\n"
      "cache: {memory_bytes: 20, database_bytes: 0}\n"
      "routing: {protocol_file: /p.yaml, hospital_project: H-1,\n"
      "  reload_interval_seconds: 9, report_memory_bytes: 10}\n",
      "f");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen, "[::1]:0");
  EXPECT_EQ(config->drain_timeout, std::chrono::seconds(5));
  EXPECT_EQ(config->idle_timeout, std::chrono::seconds(7));
  EXPECT_EQ(config->upload_total_bytes, 9);
  EXPECT_EQ(config->tls_certificate_file, "/c");
  EXPECT_EQ(config->tls_key_file, "/k");
  EXPECT_EQ(config->tls_client_authorities_file, "/a");
  EXPECT_EQ(config->identity_file, "/i");
  EXPECT_EQ(config->xnat_url, "https://x");
  EXPECT_EQ(config->xnat_credentials_file, "/s");
  EXPECT_EQ(config->xnat_authorities_file, "/b");
  EXPECT_TRUE(config->xnat_allow_plaintext);
  EXPECT_EQ(config->xnat_request_timeout, std::chrono::seconds(14));
  EXPECT_EQ(config->xnat_move_timeout, std::chrono::seconds(15));
  EXPECT_EQ(config->xnat_settle_time, std::chrono::seconds(16));
  EXPECT_EQ(config->evidence_directory, "/e");
  EXPECT_EQ(config->evidence_total_bytes, 17);
  EXPECT_EQ(config->evidence_session_bytes, 18);
  EXPECT_EQ(config->evidence_pictures_per_object, 19);
  EXPECT_EQ(config->evidence_max_side, 256);
  EXPECT_EQ(config->evidence_undecided_time, std::chrono::seconds(3'601));
  EXPECT_EQ(config->workers, 3);
  EXPECT_TRUE(config->include_text);
  EXPECT_EQ(config->runtime, InferenceRuntime::kOpenCv);
  EXPECT_EQ(config->networks, NetworkChoice::kOwn);
  EXPECT_TRUE(config->thorough);
  EXPECT_EQ(config->compare_with, Comparison::kSeries);
  EXPECT_EQ(config->benign_vocabulary_file, "/w");
  EXPECT_FALSE(config->decoder_isolation);
  EXPECT_EQ(config->decoder_program, "/d");
  EXPECT_EQ(config->decoder_memory_bytes, int64_t{1} << 29);
  EXPECT_EQ(config->decoder_open_timeout, std::chrono::seconds(11));
  EXPECT_EQ(config->decoder_frame_timeout, std::chrono::seconds(12));
  EXPECT_EQ(config->decoder_objects_per_process, 13);
  EXPECT_EQ(config->ledger_database, "/l");
  EXPECT_EQ(config->ledger_connections, 5);
  EXPECT_EQ(config->quarantine_approvers, 2);
  EXPECT_EQ(config->quarantine_move_lease, std::chrono::seconds(61));
  EXPECT_EQ(config->quarantine_reconcile_interval, std::chrono::seconds(62));
  EXPECT_EQ(config->file_bytes, int64_t{1} << 40);
  EXPECT_EQ(config->cache_memory_bytes, 20);
  EXPECT_EQ(config->cache_database_bytes, 0);
  EXPECT_EQ(config->protocol_file, "/p.yaml");
  EXPECT_EQ(config->quarantine_project, "Q_1");
  EXPECT_EQ(config->hospital_project, "H-1");
  EXPECT_EQ(config->reload_interval, std::chrono::seconds(9));
  EXPECT_EQ(config->report_memory_bytes, 10);
}

struct ErrorCase {
  const char* name;
  const char* text;
  const char* where;
};

class ConfigErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(ConfigErrorTest, NamesTheLine) {
  EXPECT_THAT(MessageFor(GetParam().text), StartsWith(GetParam().where));
}

INSTANTIATE_TEST_SUITE_P(
    Config, ConfigErrorTest,
    testing::Values(
        ErrorCase{"AnUnknownKey", "server:\n  reflection: true\n  listne: x\n",
                  "f.yaml:3: "},
        ErrorCase{"AnUnknownSection", "\nservre:\n  listen: x\n", "f.yaml:2: "},
        ErrorCase{"ARepeatedKey", "server:\n  max_calls: 1\n  max_calls: 2\n",
                  "f.yaml:3: "},
        ErrorCase{"ARepeatedSection",
                  "log:\n  level: info\nlog:\n  level: off\n", "f.yaml:3: "},
        ErrorCase{"AWrongType", "server:\n  max_calls: many\n", "f.yaml:2: "},
        ErrorCase{"ANumberOutOfRange", "server:\n  max_calls: 0\n",
                  "f.yaml:2: "},
        ErrorCase{"TooLittleMemoryToDecode",
                  "decoder:\n  memory_bytes: 536870911\n", "f.yaml:2: "},
        ErrorCase{"ANumberTooLargeForItsType",
                  "limits:\n  frames: 99999999999999999999\n", "f.yaml:2: "},
        ErrorCase{"NoApprover", "quarantine:\n  approvers: 0\n", "f.yaml:2: "},
        ErrorCase{"AnUnknownLevel", "log:\n  level: loud\n", "f.yaml:2: "},
        ErrorCase{"AListForAValue", "server:\n  listen: [a, b]\n",
                  "f.yaml:2: "},
        ErrorCase{"AValueForASection", "server: 7\n", "f.yaml:1: "},
        ErrorCase{"AValueForTheFile", "just text\n", "f.yaml:1: "},
        ErrorCase{"BrokenYaml", "server:\n  listen: [a\n", "f.yaml:"},
        ErrorCase{"ASecondDocument",
                  "log:\n  level: off\n---\nlog:\n  level: info\n",
                  "f.yaml:4: "},
        ErrorCase{"AKeyThatIsAList", "server:\n  ? [a]\n  : b\n", "f.yaml:2"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(ConfigTest, AMissingFileIsAnError) {
  EXPECT_EQ(ReasonOf(LoadConfig("/does/not/exist.yaml").status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(LoadConfig("/").status()), Reason::kInvalidArgument);
}

TEST(ConfigTest, PlaintextStaysOnThisMachineUnlessAllowed) {
  ServerConfig config;
  EXPECT_TRUE(CheckConfig(config).ok());
  config.listen = "0.0.0.0:50051";
  EXPECT_EQ(ReasonOf(CheckConfig(config)), Reason::kInvalidArgument);
  config.allow_plaintext = true;
  EXPECT_TRUE(CheckConfig(config).ok());
  // Tokens never do.
  config.identity_file = "identities.yaml";
  EXPECT_EQ(ReasonOf(CheckConfig(config)), Reason::kInvalidArgument);
  config.listen = "[::1]:50051";
  EXPECT_TRUE(CheckConfig(config).ok());
}

TEST(ConfigTest, WithTlsTheServerListensForOtherMachines) {
  ServerConfig config;
  config.listen = "0.0.0.0:50051";
  config.tls_certificate_file = "certificate.pem";
  config.tls_key_file = "key.pem";
  config.identity_file = "identities.yaml";
  config.tls_client_authorities_file = "authorities.pem";
  EXPECT_TRUE(CheckConfig(config).ok());
}

TEST(ConfigTest, KeysThatNeedEachOtherAreRefusedAlone) {
  for (std::string ServerConfig::*alone :
       {&ServerConfig::tls_certificate_file, &ServerConfig::tls_key_file,
        &ServerConfig::tls_client_authorities_file, &ServerConfig::xnat_url,
        &ServerConfig::xnat_credentials_file,
        &ServerConfig::evidence_directory}) {
    ServerConfig config;
    config.*alone = "x";
    EXPECT_EQ(ReasonOf(CheckConfig(config)), Reason::kInvalidArgument);
  }
}

}  // namespace
}  // namespace burntin
