#include "server/identity/doorman.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using std::chrono::system_clock;

constexpr system_clock::time_point kNow{std::chrono::hours(500'000)};
constexpr char kInspect[] = "/burntin.v1.DetectionService/InspectInstance";
constexpr char kInspectSession[] =
    "/burntin.v1.DetectionService/InspectSession";
constexpr char kListCases[] = "/burntin.v1.QuarantineService/ListCases";
constexpr char kExplain[] = "/burntin.v1.RoutingService/ExplainProtocol";

// A caller with a token, and the token.
struct WithToken {
  explicit WithToken(const std::string& name, RoleSet roles = {Role::kReviewer})
      : secret(RandomSecret()), bearer("Bearer " + name + "." + secret) {
    known.identity = {name, std::move(roles)};
    known.token = TokenHash::Of(secret);
  }
  std::string secret;
  std::string bearer;
  KnownIdentity known;
};

KnownIdentity WithCertificate(const std::string& name,
                              const std::string& certificate) {
  KnownIdentity known;
  known.identity = {name, {Role::kReviewer}};
  known.certificate = certificate;
  return known;
}

CallFacts Call(const std::string& authorization = "",
               const std::string& method = kListCases) {
  CallFacts facts;
  facts.method = method;
  facts.peer = "ipv4:192.0.2.7:1234";
  if (!authorization.empty()) facts.authorization = {authorization};
  return facts;
}

class DoormanTest : public testing::Test {
 protected:
  Doorman Make(std::vector<KnownIdentity> identities) {
    return Doorman(std::move(identities), [this] { return now_; });
  }

  system_clock::time_point now_ = kNow;
  WithToken jane_{"jane"};
};

TEST_F(DoormanTest, ACallerWithItsTokenIsLetIn) {
  Doorman doorman(Make({jane_.known}));
  for (int call = 0; call < 2; ++call) {
    const auto caller = doorman.Decide(Call(jane_.bearer));
    ASSERT_THAT(caller, IsOk());
    EXPECT_EQ(caller->name, "jane");
    EXPECT_EQ(caller->role, "reviewer");
    EXPECT_EQ(caller->peer_address, "192.0.2.7");
  }
}

TEST_F(DoormanTest, TheSchemeIsWrittenInAnyCase) {
  Doorman doorman(Make({jane_.known}));
  EXPECT_THAT(doorman.Decide(Call("bEARER jane." + jane_.secret)), IsOk());
}

TEST_F(DoormanTest, WrongCredentialsAreRefused) {
  Doorman doorman(Make({jane_.known, WithToken("joe").known,
                        WithCertificate("ann", "dns:ann")}));
  for (const std::string& header :
       {"Bearer jane." + RandomSecret(), "Bearer joe." + jane_.secret,
        "Bearer ann." + jane_.secret, "Bearer nobody." + jane_.secret,
        "Basic jane." + jane_.secret, std::string("Bearer"),
        std::string("Bearer "), "jane." + jane_.secret, jane_.bearer + " "}) {
    EXPECT_THAT(doorman.Decide(Call(header)),
                FailsWith(Reason::kCredentialsInvalid))
        << header.substr(0, 12);
  }
  EXPECT_THAT(doorman.Decide(Call()), FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, TwoTokensAreNone) {
  Doorman doorman(Make({jane_.known}));
  CallFacts facts = Call(jane_.bearer);
  facts.authorization.push_back(jane_.bearer);
  EXPECT_THAT(doorman.Decide(facts), FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, AWrongTokenIsNotMadeGoodByACertificate) {
  Doorman doorman(Make({jane_.known, WithCertificate("ann", "dns:ann")}));
  CallFacts facts = Call("Bearer jane." + RandomSecret());
  facts.certificate_names = {"dns:ann"};
  EXPECT_THAT(doorman.Decide(facts), FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, ATokenEndsOnItsDayAlsoIfItWasRightBefore) {
  jane_.known.expire_time = kNow + std::chrono::seconds(1);
  Doorman doorman(Make({jane_.known}));
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer)), IsOk());
  now_ = *jane_.known.expire_time;
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer)),
              FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, ACertificateIsKnownByAnyOfItsNames) {
  for (const char* name : {"dns:a.example.org", "uri:spiffe://site/a",
                           "email:a@example.org", "subject:CN=a,O=Site"}) {
    Doorman doorman(Make({WithCertificate("ann", name)}));
    CallFacts facts = Call();
    facts.certificate_names = {"dns:other", name, "subject:CN=other"};
    const auto caller = doorman.Decide(facts);
    ASSERT_THAT(caller, IsOk()) << name;
    EXPECT_EQ(caller->name, "ann");
  }
}

TEST_F(DoormanTest, ACertificateOfNobodyOrOfTwoIsRefused) {
  Doorman doorman(Make({WithCertificate("ann", "dns:ann"),
                        WithCertificate("bob", "dns:bob"), jane_.known}));
  CallFacts facts = Call();
  const std::vector<std::vector<std::string>> strangers = {
      {}, {"dns:annie"}, {"uri:ann"}, {"ann"}, {""}, {"dns:ann", "dns:bob"}};
  for (const std::vector<std::string>& names : strangers) {
    facts.certificate_names = names;
    EXPECT_THAT(doorman.Decide(facts), FailsWith(Reason::kCredentialsInvalid));
  }
}

TEST_F(DoormanTest, ACertificateOfACallerThatIsNoneAnyMoreIsRefused) {
  KnownIdentity ann = WithCertificate("ann", "dns:ann");
  ann.expire_time = kNow;
  Doorman doorman(Make({ann}));
  CallFacts facts = Call();
  facts.certificate_names = {"dns:ann"};
  EXPECT_THAT(doorman.Decide(facts), FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, AnAdminLooksAsAReviewerDoesAndIsNothingElse) {
  const WithToken admin("admin-only", {Role::kAdmin});
  Doorman doorman(Make({admin.known, jane_.known}));
  EXPECT_EQ(doorman.Decide(Call(admin.bearer))->role, "admin");
  EXPECT_EQ(doorman.Decide(Call(admin.bearer, kExplain))->role, "admin");
  EXPECT_THAT(doorman.Decide(Call(admin.bearer, kInspect)),
              FailsWith(Reason::kRoleMissing));
  EXPECT_THAT(doorman.Decide(
                  Call(jane_.bearer, "/burntin.v1.QuarantineService/KeepCase")),
              FailsWith(Reason::kRoleMissing));
}

TEST_F(DoormanTest, AMethodThatIsNotListedIsForNobody) {
  const WithToken all("all", {Role::kSubmitter, Role::kReviewer, Role::kAdmin});
  Doorman doorman(Make({all.known}));
  EXPECT_THAT(doorman.Decide(Call(all.bearer, "/burntin.v1.New/Method")),
              FailsWith(Reason::kRoleMissing));
  EXPECT_THAT(Make({}).Decide(Call("", "/burntin.v1.New/Method")),
              FailsWith(Reason::kRoleMissing));
}

TEST_F(DoormanTest, HealthIsOpenToEverybody) {
  Doorman doorman(Make({jane_.known}));
  const auto caller = doorman.Decide(Call("", "/grpc.health.v1.Health/Check"));
  ASSERT_THAT(caller, IsOk());
  EXPECT_EQ(caller->name, kAnonymous);
  EXPECT_EQ(caller->role, "");
}

TEST_F(DoormanTest, WithoutIdentitiesObjectsThatAreSentAreInspectedAndNoMore) {
  Doorman doorman(Make({}));
  EXPECT_EQ(doorman.Decide(Call("", kInspect))->name, kAnonymous);
  EXPECT_THAT(doorman.Decide(Call("", kInspectSession)),
              FailsWith(Reason::kCredentialsInvalid));
  EXPECT_THAT(doorman.Decide(Call("", kListCases)),
              FailsWith(Reason::kCredentialsInvalid));
  // Who shows a token expects to be known.
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer, kInspect)),
              FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, WithIdentitiesNobodyElseIsLetIn) {
  EXPECT_THAT(Make({jane_.known}).Decide(Call("", kInspect)),
              FailsWith(Reason::kCredentialsInvalid));
}

TEST_F(DoormanTest, WhoGuessesIsStoppedAndLetTryAgainLater) {
  Doorman doorman(Make({jane_.known}));
  for (int i = 0; i < FailureLimiter::kFailures; ++i) {
    EXPECT_THAT(doorman.Decide(Call("Bearer jane." + RandomSecret())),
                FailsWith(Reason::kCredentialsInvalid));
  }
  // Now not even the right one is tried.
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer)),
              FailsWith(Reason::kTooManyFailures));
  CallFacts elsewhere = Call(jane_.bearer);
  elsewhere.peer = "ipv4:192.0.2.8:1234";
  EXPECT_THAT(doorman.Decide(elsewhere), IsOk());
  now_ += FailureLimiter::kRefill;
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer)), IsOk());
}

// A broken client beside it does not shut a good one out.
TEST_F(DoormanTest, ATokenThatWasRightBeforePassesWhileOthersGuess) {
  Doorman doorman(Make({jane_.known}));
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer)), IsOk());
  for (int i = 0; i < 2 * FailureLimiter::kFailures; ++i) {
    EXPECT_FALSE(doorman.Decide(Call("Bearer x")).ok());
  }
  EXPECT_THAT(doorman.Decide(Call(jane_.bearer)), IsOk());
  EXPECT_THAT(doorman.Decide(Call("Bearer x")),
              FailsWith(Reason::kTooManyFailures));
}

TEST_F(DoormanTest, ManyMayAskAtTheSameTime) {
  Doorman doorman(Make({jane_.known}));
  std::vector<std::thread> threads;
  std::vector<int> good(4);
  for (int& count : good) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        count += doorman.Decide(Call(jane_.bearer)).ok() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(good, testing::Each(50));
}

}  // namespace
}  // namespace burntin
