#include "server/identity/identities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

const std::string& Hash() {
  static const auto* const kHash = new std::string(
      "scrypt$14,8,1$" + std::string(32, '0') + "$" + std::string(64, '1'));
  return *kHash;
}

std::string TwoIdentities() {
  return "identities:\n  - name: gateway\n    roles: [submitter]\n    token: " +
         Hash() +
         "\n    expires: 2027-06-30\n  - name: jane\n    roles: [reviewer, "
         "admin]\n    certificate: \"dns:jane.example.org\"\n";
}

TEST(IdentitiesTest, AFileIsRead) {
  const auto identities = ParseIdentities(TwoIdentities(), "f");
  ASSERT_THAT(identities, IsOk());
  ASSERT_EQ(identities->size(), 2);
  const KnownIdentity& gateway = identities->at(0);
  EXPECT_EQ(gateway.identity.name, "gateway");
  EXPECT_THAT(gateway.identity.roles, ElementsAre(Role::kSubmitter));
  EXPECT_EQ(gateway.token->ToString(), Hash());
  // The last second of the day, in seconds since 1970: 2027-06-30T23:59:59Z.
  const auto last = std::chrono::system_clock::from_time_t(1'814'399'999);
  EXPECT_LT(last, *gateway.expire_time);
  EXPECT_EQ(last + std::chrono::seconds(1), *gateway.expire_time);
  const KnownIdentity& jane = identities->at(1);
  EXPECT_THAT(jane.identity.roles, ElementsAre(Role::kReviewer, Role::kAdmin));
  EXPECT_EQ(jane.certificate, "dns:jane.example.org");
  EXPECT_FALSE(jane.token);
  EXPECT_FALSE(jane.expire_time);
}

TEST(IdentitiesTest, AnEntryThatWasMadeIsRead) {
  const std::string secret = RandomSecret();
  const Identity ann{"ann", {Role::kAdmin, Role::kReviewer}};
  const auto identities = ParseIdentities(
      "identities:\n" + IdentityEntry(ann, TokenHash::Of(secret)), "f");
  ASSERT_THAT(identities, IsOk());
  EXPECT_EQ(identities->at(0).identity.name, "ann");
  EXPECT_EQ(identities->at(0).identity.roles, ann.roles);
  EXPECT_TRUE(identities->at(0).token->Matches(secret));
}

struct BadCase {
  const char* name;
  std::string text;
  const char* where;
};

class BadIdentitiesTest : public testing::TestWithParam<BadCase> {};

TEST_P(BadIdentitiesTest, NameTheLine) {
  const auto identities = ParseIdentities(GetParam().text, "f.yaml");
  ASSERT_THAT(identities, FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(std::string(identities.status().message()),
              StartsWith(GetParam().where));
}

std::string One(const std::string& lines) {
  return "identities:\n  - name: a\n" + lines;
}

std::string WithRoles(const std::string& lines) {
  return One("    roles: [admin]\n" + lines);
}

INSTANTIATE_TEST_SUITE_P(
    Identity, BadIdentitiesTest,
    testing::Values(
        BadCase{"Empty", "", "f.yaml:1: "},
        BadCase{"NoList", "identities: a\n", "f.yaml:1: "},
        BadCase{"AnEmptyList", "identities: []\n", "f.yaml:1: "},
        BadCase{"MoreThanTheList", TwoIdentities() + "more: 1\n", "f.yaml:1: "},
        BadCase{"TwoDocuments", TwoIdentities() + "---\na: b\n", "f.yaml:1: "},
        BadCase{"NoYaml", "identities: [\n", "f.yaml:"},
        BadCase{"NoName",
                "identities:\n  - roles: [admin]\n    token: " + Hash() + "\n",
                "f.yaml:2: "},
        BadCase{"AStrangeName",
                "identities:\n  - roles: [admin]\n    name: a.b\n",
                "f.yaml:3: "},
        BadCase{"TheServersOwnName", "identities:\n  - name: burntind\n",
                "f.yaml:2: "},
        BadCase{"TheNameOfNobody", "identities:\n  - name: anonymous\n",
                "f.yaml:2: "},
        BadCase{"NoRole", One("    token: " + Hash() + "\n"), "f.yaml:2: "},
        BadCase{"AnEmptyRole", One("    roles: []\n    token: " + Hash()),
                "f.yaml:2: "},
        BadCase{"AnUnknownRole", One("    roles: [root]\n"), "f.yaml:3: "},
        BadCase{"OneRoleAsText", One("    roles: admin\n"), "f.yaml:3: "},
        BadCase{"NoCredential", WithRoles(""), "f.yaml:2: "},
        BadCase{"ATokenInPlain", WithRoles("    token: hunter2\n"),
                "f.yaml:4: "},
        BadCase{"ACertificateWithoutKind",
                WithRoles("    certificate: a.org\n"), "f.yaml:4: "},
        BadCase{"ACertificateWithoutName",
                WithRoles("    certificate: \"dns:\"\n"), "f.yaml:4: "},
        BadCase{"AnUnknownKey", WithRoles("    tokne: x\n"), "f.yaml:4: "},
        BadCase{"ARepeatedKey", WithRoles("    roles: [admin]\n"),
                "f.yaml:4: "},
        BadCase{"NoSuchDay", WithRoles("    expires: 2027-02-29\n"),
                "f.yaml:4: "},
        BadCase{"ADayInAnotherForm", WithRoles("    expires: 30.06.2027\n"),
                "f.yaml:4: "},
        BadCase{"ANameTwice",
                TwoIdentities() + "  - name: jane\n    roles: [admin]\n    "
                                  "certificate: \"dns:b\"\n",
                "f.yaml:9: "},
        BadCase{"ACertificateTwice",
                TwoIdentities() + "  - name: joe\n    roles: [admin]\n    "
                                  "certificate: \"dns:jane.example.org\"\n",
                "f.yaml:9: "}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(IdentitiesTest, AFileThatEveryoneMayWriteIsRefused) {
  const TempDir folder;
  const std::string path = folder.Write("identities.yaml", TwoIdentities());
  chmod(path.c_str(), 0644);
  EXPECT_THAT(LoadIdentities(path), IsOk());
  chmod(path.c_str(), 0646);
  EXPECT_THAT(LoadIdentities(path), FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(LoadIdentities(folder.File("none")),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(LoadIdentities(folder.path()),
              FailsWith(Reason::kInvalidArgument));
}

}  // namespace
}  // namespace burntin
