// The program itself, as far as it gets without models.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <regex>
#include <string>

#include "server/config/config.h"
#include "server/identity/identities.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;

struct Ended {
  int exit_status = -1;
  std::string output;  // of both streams
};

Ended RunBurntind(const std::string& arguments) {
  Ended ended;
  FILE* pipe = popen((BURNTIND " " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  while (const size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    ended.output.append(buffer.data(), size);
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) ended.exit_status = WEXITSTATUS(status);
  return ended;
}

TEST(BurntindTest, DoesNotStartWithoutTheLedgerThatItShouldKeep) {
  const std::string path = testing::TempDir() + "/no_ledger.yaml";
  std::ofstream(path) << "server: {listen: \"127.0.0.1:0\"}\n"
                      << "ledger: {database: /does/not/exist/ledger}\n";
  const Ended ended = RunBurntind("--config " + path);
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr("ledger"));
}

TEST(BurntindTest, PrintsItsDefaultConfiguration) {
  const Ended ended = RunBurntind("--print-default-config");
  EXPECT_EQ(ended.exit_status, 0);
  EXPECT_EQ(ended.output, DefaultConfigText());
}

TEST(BurntindTest, AnUnknownFlagIsAnError) {
  EXPECT_EQ(RunBurntind("--no-such-flag").exit_status, 2);
}

TEST(BurntindTest, AnErrorInTheConfigurationNamesItsLine) {
  const std::string path = testing::TempDir() + "/burntind_test.yaml";
  std::ofstream(path) << "server:\n  listne: x\n";
  const Ended ended = RunBurntind("--config " + path);
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr(path + ":2: "));
}

TEST(BurntindTest, DoesNotListenInPlaintextForOtherMachines) {
  EXPECT_EQ(RunBurntind("--listen 0.0.0.0:0").exit_status, 2);
}

TEST(BurntindTest, MakesATokenAndTheEntryThatItFits) {
  const Ended ended =
      RunBurntind("token gate-way --role reviewer --role submitter");
  EXPECT_EQ(ended.exit_status, 0);
  std::smatch found;
  ASSERT_TRUE(std::regex_search(ended.output, found,
                                std::regex("gate-way\\.([0-9a-f]{64})\n")));
  const std::string secret = found[1];
  // The entry is the last that is on the other stream.
  ASSERT_TRUE(std::regex_search(ended.output, found,
                                std::regex("  - name: .*\n    .*\n    .*\n")));
  const auto identities =
      ParseIdentities("identities:\n" + found.str(), "printed");
  ASSERT_THAT(identities, IsOk());
  const KnownIdentity& known = identities->at(0);
  EXPECT_EQ(known.identity.name, "gate-way");
  EXPECT_THAT(known.identity.roles,
              testing::ElementsAre(Role::kSubmitter, Role::kReviewer));
  EXPECT_TRUE(known.token->Matches(secret));
}

TEST(BurntindTest, ATokenNeedsANameAndARole) {
  EXPECT_EQ(RunBurntind("token").exit_status, 2);
  EXPECT_EQ(RunBurntind("token gateway").exit_status, 2);
  EXPECT_EQ(RunBurntind("token gateway --role root").exit_status, 2);
  EXPECT_EQ(RunBurntind("token gate.way --role admin").exit_status, 2);
}

struct CannotStart {
  const char* name;
  const char* config;
  const char* named;  // what the message has to name
};

class BurntindConfigTest : public testing::TestWithParam<CannotStart> {};

TEST_P(BurntindConfigTest, DoesNotStart) {
  const TempDir folder;
  const std::string path = folder.Write("burntind.yaml", GetParam().config);
  const Ended ended =
      RunBurntind("--listen 127.0.0.1:0 --workers 1 --config " + path);
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr(GetParam().named));
}

INSTANTIATE_TEST_SUITE_P(
    Burntind, BurntindConfigTest,
    testing::Values(
        CannotStart{"WithoutItsIdentityFile", "identity: {file: /no/such}",
                    "/no/such"},
        CannotStart{"WithoutItsCertificate",
                    "tls: {certificate_file: /no/such, key_file: /nor/such}",
                    "/no/such"},
        CannotStart{"WithACertificateAlone",
                    "tls: {certificate_file: /no/such}", "tls.key_file"},
        CannotStart{"WithAnXnatInPlaintext",
                    "xnat: {url: \"http://xnat.example.org\", "
                    "credentials_file: /no/such}",
                    "xnat.allow_plaintext"},
        CannotStart{"WithALeaseThatAMoveMayOutlast",
                    "xnat: {url: \"https://xnat.example.org\", "
                    "credentials_file: /no/such}\n"
                    "quarantine: {move_lease_seconds: 900}",
                    "quarantine.move_lease_seconds"},
        CannotStart{"WithAnXnatThatIsNoAddress",
                    "xnat: {url: xnat, credentials_file: /no/such}",
                    "https://"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(BurntindTest, AnAddressFileThatCannotBeWrittenIsAnError) {
  const Ended ended = RunBurntind(
      "--listen 127.0.0.1:0 --workers 1 --address-file /does/not/exist/a");
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr("--address-file"));
}

TEST(BurntindTest, ASpoolDirectoryThatDoesNotExistIsAnError) {
  const std::string path = testing::TempDir() + "/burntind_spool.yaml";
  std::ofstream(path) << "upload:\n  spool_directory: /does/not/exist\n";
  const Ended ended =
      RunBurntind("--listen 127.0.0.1:0 --workers 1 --config " + path);
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr("upload.spool_directory"));
}

TEST(BurntindTest, ADecoderThatCannotBeRunIsAnError) {
  const std::string path = testing::TempDir() + "/burntind_decoder.yaml";
  std::ofstream(path) << "decoder:\n  program: /does/not/exist\n";
  const Ended ended =
      RunBurntind("--listen 127.0.0.1:0 --workers 1 --config " + path);
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr("/does/not/exist"));
  EXPECT_THAT(ended.output, HasSubstr("decoder.program"));
}

TEST(BurntindTest, WithoutModelsItEndsAndSaysWhatToDo) {
  const std::string address_file = testing::TempDir() + "/burntind_address";
  const Ended ended = RunBurntind(
      "--listen 127.0.0.1:0 --workers 1 --models /does/not/exist "
      "--address-file " +
      address_file);
  EXPECT_EQ(ended.exit_status, 2);
  EXPECT_THAT(ended.output, HasSubstr("models/fetch"));
  EXPECT_THAT(ended.output, HasSubstr("detector_failed"));
  std::string address;
  std::getline(std::ifstream(address_file), address);
  EXPECT_THAT(address, testing::StartsWith("127.0.0.1:"));
}

}  // namespace
}  // namespace burntin
