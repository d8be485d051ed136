#include "server/xnat/http_client.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

class HttpClientTest : public XnatFixture {
 protected:
  // As much as may be sent without a login.
  HttpOutcome LogIn(HttpRequest request, const std::string& url,
                    const std::string& ca_file = "") {
    request.method = "POST";
    request.path = "/data/JSESSION";
    request.credentials = HttpCredentials{"burntin", "secret"};
    return HttpClient({.base_url = url, .ca_file = ca_file}).Send(request);
  }
};

TEST_F(HttpClientTest, AnAnswerHasStatusTypeAndBody) {
  const HttpOutcome outcome = LogIn({}, stub().url() + "/");
  ASSERT_THAT(outcome.answer, IsOk());
  EXPECT_EQ(outcome.answer->status, 200);
  EXPECT_EQ(outcome.answer->content_type, "text/plain");
  EXPECT_EQ(outcome.answer->body.size(), 32);
  EXPECT_TRUE(outcome.may_have_arrived);
}

TEST_F(HttpClientTest, NothingArrivesWhereNobodyListens) {
  XnatStub gone;
  const std::string url = gone.url();
  gone.Stop();
  const HttpOutcome outcome = LogIn({}, url);
  EXPECT_THAT(outcome.answer, FailsWith(Reason::kXnatUnavailable));
  EXPECT_FALSE(outcome.may_have_arrived);
}

TEST_F(HttpClientTest, ARequestWithoutAnAnswerMayHaveArrived) {
  for (const char* how : {"cut", "hang"}) {
    stub().SetFaults({{{"on", "login"}, {"answer", how}}});
    const HttpOutcome outcome =
        LogIn({.timeout = std::chrono::milliseconds(300)}, stub().url());
    EXPECT_THAT(outcome.answer, FailsWith(Reason::kXnatUnavailable)) << how;
    EXPECT_TRUE(outcome.may_have_arrived) << how;
  }
}

TEST_F(HttpClientTest, AnAnswerThatIsTooLargeIsAnError) {
  const HttpOutcome fits = LogIn({.max_answer_bytes = 32}, stub().url());
  EXPECT_THAT(fits.answer, IsOk());
  const HttpOutcome outcome = LogIn({.max_answer_bytes = 31}, stub().url());
  EXPECT_THAT(outcome.answer, FailsWith(Reason::kXnatUnavailable));
  EXPECT_TRUE(outcome.may_have_arrived);
}

// A certificate of its own authority, for localhost.
class HttpClientTlsTest : public HttpClientTest {
 protected:
  HttpClientTlsTest() {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
        "-days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost "
        "-keyout " +
        key_ + " -out " + certificate_ + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
  }

  const std::string key_ = folder_.File("key.pem");
  const std::string certificate_ = folder_.File("certificate.pem");
};

TEST_F(HttpClientTlsTest, ACertificateOfTheGivenAuthorityIsTrusted) {
  const XnatStub tls(certificate_, key_);
  EXPECT_THAT(LogIn({}, tls.url(), certificate_).answer, IsOk());
}

TEST_F(HttpClientTlsTest, ACertificateOfNoKnownAuthorityGetsNothing) {
  XnatStub tls(certificate_, key_);
  const HttpOutcome outcome = LogIn({}, tls.url());
  EXPECT_THAT(outcome.answer, FailsWith(Reason::kXnatUnavailable));
  EXPECT_FALSE(outcome.may_have_arrived);
  EXPECT_EQ(XnatStub::Count(tls.State(), "login"), 0);
}

TEST_F(HttpClientTlsTest, ACertificateForAnotherNameGetsNothing) {
  XnatStub tls(certificate_, key_);
  const std::string url = "https://127.0.0.1:" + std::to_string(tls.port());
  EXPECT_THAT(LogIn({}, url, certificate_).answer,
              FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(XnatStub::Count(tls.State(), "login"), 0);
}

TEST_F(HttpClientTlsTest, AnAuthorityFileThatIsNotThereGetsNothing) {
  XnatStub tls(certificate_, key_);
  EXPECT_THAT(LogIn({}, tls.url(), folder_.File("none")).answer,
              FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(XnatStub::Count(tls.State(), "login"), 0);
}

}  // namespace
}  // namespace burntin
