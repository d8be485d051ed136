#include "server/host/tls.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/server/identity/certificates.h"
#include "tests/server/identity/guarded_server.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

constexpr char kListCases[] = "/burntin.v1.QuarantineService/ListCases";

class TlsTest : public testing::Test {
 protected:
  std::unique_ptr<GuardedServer> Serve(
      std::vector<KnownIdentity> identities) const {
    GuardedOptions options;
    options.identities = std::move(identities);
    options.listen = "localhost:0";
    options.credentials =
        *MakeTlsCredentials({.certificate = server_.certificate,
                             .key = server_.key,
                             .client_authorities = authority_.path()});
    return std::make_unique<GuardedServer>(std::move(options));
  }

  // Reaches the server with this certificate, or without one.
  std::shared_ptr<grpc::Channel> Channel(
      GuardedServer* server, const CertificateFiles& own = {}) const {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = TextOf(authority_.path());
    if (!own.certificate.empty()) {
      options.pem_cert_chain = TextOf(own.certificate);
      options.pem_private_key = TextOf(own.key);
    }
    return grpc::CreateChannel(server->host().address(),
                               grpc::SslCredentials(options));
  }

  static KnownIdentity Jane(const std::string& certificate) {
    KnownIdentity jane;
    jane.identity = {"jane", {Role::kReviewer}};
    jane.certificate = certificate;
    return jane;
  }

  Authority authority_;
  CertificateFiles server_ = authority_.Issue("server", "DNS:localhost");
  CertificateFiles caller_ = authority_.Issue(
      "jane",
      "DNS:jane.example.org,URI:spiffe://site/jane,email:jane@example.org");
};

// The services do nothing: who is let in hears that.
MATCHER(IsLetIn, "") {
  *result_listener << "which is " << arg.error_code() << " "
                   << arg.error_message();
  return arg.error_code() == grpc::StatusCode::UNIMPLEMENTED;
}

TEST_F(TlsTest, ACallerIsKnownByEachKindOfNameOfItsCertificate) {
  for (const char* name :
       {"dns:jane.example.org", "uri:spiffe://site/jane",
        "email:jane@example.org", "subject:CN=jane,O=Site"}) {
    const auto server = Serve({Jane(name)});
    EXPECT_THAT(CallMethod(Channel(server.get(), caller_), kListCases),
                IsLetIn())
        << name;
  }
}

TEST_F(TlsTest, ACertificateThatNobodyNamedIsRefused) {
  const auto server = Serve({Jane("dns:other.example.org")});
  EXPECT_EQ(
      ReasonOfAnswer(CallMethod(Channel(server.get(), caller_), kListCases)),
      Reason::kCredentialsInvalid);
}

TEST_F(TlsTest, ACallerWithoutACertificateNeedsAToken) {
  const TokenCaller ann("ann", {Role::kReviewer});
  const auto server = Serve({Jane("dns:jane.example.org"), ann.known});
  const auto channel = Channel(server.get());
  EXPECT_EQ(ReasonOfAnswer(CallMethod(channel, kListCases)),
            Reason::kCredentialsInvalid);
  EXPECT_THAT(CallMethod(channel, kListCases, {ann.header}), IsLetIn());
}

TEST_F(TlsTest, ACertificateOfAnotherAuthorityIsNotLetInAtAll) {
  const TokenCaller ann("ann", {Role::kReviewer});
  const auto server = Serve({Jane("dns:jane.example.org"), ann.known});
  const Authority other;
  const CertificateFiles forged = other.Issue("jane", "DNS:jane.example.org");
  EXPECT_EQ(CallMethod(Channel(server.get(), forged), kListCases, {ann.header})
                .error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, AnExpiredCertificateIsNotLetInAtAll) {
  const auto server = Serve({Jane("dns:jane.example.org")});
  const CertificateFiles expired =
      authority_.Issue("late", "DNS:jane.example.org", /*days=*/-1);
  EXPECT_EQ(CallMethod(Channel(server.get(), expired), kListCases).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, PlaintextIsNotAnswered) {
  const TokenCaller ann("ann", {Role::kReviewer});
  const auto server = Serve({ann.known});
  EXPECT_EQ(CallMethod(grpc::CreateChannel(server->host().address(),
                                           grpc::InsecureChannelCredentials()),
                       kListCases, {ann.header})
                .error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, ACallerDoesNotTrustAServerOfAnotherAuthority) {
  const auto server = Serve({Jane("dns:jane.example.org")});
  const Authority other;
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = TextOf(other.path());
  EXPECT_EQ(CallMethod(grpc::CreateChannel(server->host().address(),
                                           grpc::SslCredentials(options)),
                       kListCases)
                .error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

// Without authorities nobody is asked for a certificate, so none counts.
TEST_F(TlsTest, WithoutAuthoritiesOnlyTokensCount) {
  const TokenCaller ann("ann", {Role::kReviewer});
  GuardedOptions options;
  options.identities = {Jane("dns:jane.example.org"), ann.known};
  options.listen = "localhost:0";
  options.credentials = *MakeTlsCredentials(
      {.certificate = server_.certificate, .key = server_.key});
  GuardedServer server(options);
  const auto channel = Channel(&server, caller_);
  EXPECT_EQ(ReasonOfAnswer(CallMethod(channel, kListCases)),
            Reason::kCredentialsInvalid);
  EXPECT_THAT(CallMethod(channel, kListCases, {ann.header}), IsLetIn());
}

TEST_F(TlsTest, FilesThatWouldNotServeAreErrorsAtTheStart) {
  const TempDir folder;
  const std::string junk = folder.Write("junk.pem", "junk");
  chmod(junk.c_str(), 0600);
  const std::string missing = folder.File("missing.pem");
  const CertificateFiles expired =
      authority_.Issue("old", "DNS:localhost", /*days=*/-1);
  for (const TlsFiles& files :
       {TlsFiles{missing, server_.key}, TlsFiles{server_.certificate, missing},
        TlsFiles{junk, server_.key}, TlsFiles{server_.certificate, junk},
        TlsFiles{server_.certificate, caller_.key},
        TlsFiles{server_.certificate, server_.key, missing},
        TlsFiles{server_.certificate, server_.key, junk},
        TlsFiles{folder.path(), server_.key},
        TlsFiles{expired.certificate, expired.key}}) {
    EXPECT_THAT(MakeTlsCredentials(files), FailsWith(Reason::kInvalidArgument))
        << files.certificate << " " << files.key;
  }
  chmod(server_.key.c_str(), 0644);
  EXPECT_THAT(MakeTlsCredentials({server_.certificate, server_.key}),
              FailsWith(Reason::kInvalidArgument));
  chmod(server_.key.c_str(), 0640);
  EXPECT_THAT(MakeTlsCredentials({server_.certificate, server_.key}), IsOk());
}

}  // namespace
}  // namespace burntin
