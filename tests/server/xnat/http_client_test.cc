#include "server/xnat/http_client.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "server/trace/call_trace.h"
#include "tests/server/metrics/exposition.h"
#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

constexpr char kTraceparent[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

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

TEST_F(HttpClientTest, ARequestForACallBelongsToItsTrace) {
  const auto trace = std::make_shared<const CallTrace>(
      "method", std::vector<std::string_view>{kTraceparent},
      std::vector<std::string_view>{"vendor=1"});
  {
    const TraceScope scope(trace);
    ASSERT_THAT(LogIn({}, stub().url()).answer, IsOk());
  }
  ASSERT_THAT(LogIn({}, stub().url()).answer, IsOk());
  const nlohmann::json traces = stub().State().at("traces");
  const nlohmann::json expected = {{Traceparent(trace->context()), "vendor=1"},
                                   {nullptr, nullptr}};
  EXPECT_EQ(traces, expected);
}

TEST_F(HttpClientTest, RequestsAreCountedByTheirAnswer) {
  MetricRegistry registry;
  const XnatMetrics metrics(&registry);
  const HttpClient client({.base_url = stub().url(), .metrics = &metrics});
  EXPECT_THAT(client.Send({.path = "/data/projects"}).answer, IsOk());
  stub().SetFaults({{{"on", "login"}, {"answer", "cut"}}});
  EXPECT_FALSE(
      client.Send({.method = "POST", .path = "/data/JSESSION"}).answer.ok());
  const std::string requests = "burntin_xnat_requests_total{method=";
  EXPECT_THAT(
      ValueOf(registry.Text(), requests + "\"GET\",outcome=\"client_error\"}"),
      testing::Optional(1.0));
  EXPECT_THAT(
      ValueOf(registry.Text(), requests + "\"POST\",outcome=\"unreachable\"}"),
      testing::Optional(1.0));
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
