#include "server/xnat/xnat_connection.h"

#include <gmock/gmock.h>

#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::nlohmann::json;

class XnatConnectionTest : public XnatFixture {};

TEST_F(XnatConnectionTest, LogsInOnceForManyRequests) {
  EXPECT_THAT(connection().Login(), IsOk());
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  EXPECT_EQ(XnatStub::Count(stub().State(), "login"), 1);
}

TEST_F(XnatConnectionTest, AnAliasTokenIsAsGoodAsAPassword) {
  const std::string token = "8a1d-alias:Zk3:with:colons";
  json world = QuarantineWorld();
  world["account"] = token;
  stub().SetWorld(world);
  SetCredentials(token);
  EXPECT_EQ(Project("E1"), "QUARANTINE");
}

TEST_F(XnatConnectionTest, AChangedTokenIsTakenAtTheNextLogin) {
  EXPECT_THAT(connection().Login(), IsOk());
  json world = QuarantineWorld();
  world["account"] = "other:one";
  stub().SetWorld(world);
  EXPECT_THAT(connection().Get("/data/experiments/E1"),
              FailsWith(Reason::kXnatRefused));
  SetCredentials("other:one");
  EXPECT_EQ(Project("E1"), "QUARANTINE");
}

TEST_F(XnatConnectionTest, AWrongSecretIsARefusalAndIsNotRepeated) {
  SetCredentials("burntin:wrong");
  EXPECT_THAT(connection().Login(), FailsWith(Reason::kXnatRefused));
  EXPECT_EQ(XnatStub::Count(stub().State(), "login"), 1);
}

TEST_F(XnatConnectionTest, ALoginPageInsteadOfASessionIsAnError) {
  stub().SetFaults({{{"on", "login"}, {"answer", "html"}}});
  EXPECT_THAT(connection().Login(), FailsWith(Reason::kXnatUnavailable));
}

// How XNAT shows that it has forgotten a session.
class ExpiryTest : public XnatFixture,
                   public testing::WithParamInterface<const char*> {
 protected:
  ExpiryTest() {
    json world = QuarantineWorld();
    world["strangers"] = GetParam();
    stub().SetWorld(world);
  }
};

TEST_P(ExpiryTest, AnExpiredSessionIsRenewedOnce) {
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  stub().Expire();
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  EXPECT_EQ(XnatStub::Count(stub().State(), "login"), 2);
}

TEST_P(ExpiryTest, ASessionThatExpiresBeforeAMoveDoesNotStopIt) {
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  stub().Expire();
  EXPECT_EQ(mover().Move(Release()).place, Place::kInTarget);
  EXPECT_EQ(ProjectOf(stub().State()), "HOSPITAL");
}

// A guest sees no session of that label in the target. That is no answer.
TEST_P(ExpiryTest, ALabelConflictIsNotMissedByAGuest) {
  json world = QuarantineWorld();
  world["strangers"] = GetParam();
  world["experiments"]["E2"] = {
      {"project", "HOSPITAL"}, {"label", kSessionLabel}, {"subject", "S1"}};
  stub().SetWorld(world);
  EXPECT_EQ(Project("E1"), "QUARANTINE");
  stub().SetFaults({{{"on", "target"}, {"answer", "expire"}}});
  EXPECT_THAT(mover().Move(Release()).why, FailsWith(Reason::kLabelConflict));
  EXPECT_EQ(stub().State().at("faults_left"), json::array());
}

TEST_P(ExpiryTest, AnXnatThatForgetsAtOnceIsAnErrorAndNoLoop) {
  stub().SetFaults({{{"on", "login"}, {"answer", "as_if"}, {"times", 100}}});
  EXPECT_THAT(connection().Get("/data/experiments/E1"),
              FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(XnatStub::Count(stub().State(), "login"), 2);
}

INSTANTIATE_TEST_SUITE_P(Xnat, ExpiryTest,
                         testing::Values("401", "login_page", "redirect",
                                         "guest", "silent_guest"),
                         [](const auto& tested) {
                           return std::string(tested.param).insert(0, "By_");
                         });

TEST_F(XnatConnectionTest, ARedirectToAnotherHostIsNotFollowed) {
  json world = QuarantineWorld();
  world["strangers"] = "redirect";
  stub().SetWorld(world);
  const HttpOutcome outcome = HttpClient({.base_url = stub().url()})
                                  .Send({.path = "/data/experiments/E1"});
  ASSERT_THAT(outcome.answer, IsOk());
  EXPECT_EQ(outcome.answer->status, 302);
}

struct CredentialsCase {
  const char* name;
  const char* text;
  int mode;
  bool good;
};

class CredentialsTest : public testing::TestWithParam<CredentialsCase> {};

TEST_P(CredentialsTest, AFileIsReadStrictly) {
  const TempDir folder;
  const std::string path = folder.Write("c", GetParam().text);
  chmod(path.c_str(), static_cast<mode_t>(GetParam().mode));
  const auto read = ReadXnatCredentials(path);
  if (GetParam().good) {
    ASSERT_THAT(read, IsOk());
    EXPECT_EQ(read->user, "user");
    EXPECT_EQ(read->secret, "a:b c");
  } else {
    EXPECT_THAT(read, FailsWith(Reason::kInvalidArgument));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Xnat, CredentialsTest,
    testing::Values(CredentialsCase{"OneLine", "user:a:b c\n", 0600, true},
                    CredentialsCase{"ForTheGroup", "user:a:b c", 0640, true},
                    CredentialsCase{"ForEveryone", "user:a:b c", 0644, false},
                    CredentialsCase{"NoColon", "user\n", 0600, false},
                    CredentialsCase{"NoUser", ":secret\n", 0600, false},
                    CredentialsCase{"NoSecret", "user:\n", 0600, false},
                    CredentialsCase{"TwoLines", "user:a\nb:c\n", 0600, false},
                    CredentialsCase{"Empty", "", 0600, false}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(XnatCredentialsTest, AFileThatIsMissingOrAFolderIsAnError) {
  const TempDir folder;
  EXPECT_THAT(ReadXnatCredentials(folder.File("none")),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ReadXnatCredentials(folder.path()),
              FailsWith(Reason::kInvalidArgument));
}

}  // namespace
}  // namespace burntin
