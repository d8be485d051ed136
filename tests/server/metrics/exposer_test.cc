#include "server/metrics/exposer.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <vector>

#include "detector/base/error.h"
#include "server/xnat/http_client.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Is connected, and asks for nothing.
class SilentCaller {
 public:
  explicit SilentCaller(const std::string& address)
      : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const std::string port = address.substr(address.rfind(':') + 1);
    sockaddr_in server = {};
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.sin_port = htons(static_cast<uint16_t>(std::stoi(port)));
    connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&server),
                         sizeof(server)) == 0;
  }
  ~SilentCaller() { close(socket_); }
  SilentCaller(const SilentCaller&) = delete;
  SilentCaller& operator=(const SilentCaller&) = delete;

  void Say(const std::string& text) const {
    send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
  }

  // Whether the server ends the connection, in less than its library's own
  // half minute.
  bool IsSentAway() const {
    const timeval patience = {.tv_sec = 20, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    std::array<char, 512> answer = {};
    ssize_t got = 0;
    do {
      got = recv(socket_, answer.data(), answer.size(), 0);
    } while (got > 0);
    return connected_ && (got == 0 || errno == ECONNRESET);
  }

 private:
  const int socket_;
  bool connected_ = false;
};

HttpAnswer Get(const std::string& address, const std::string& path) {
  HttpRequest request;
  request.path = path;
  auto answer =
      HttpClient({.base_url = "http://" + address}).Send(request).answer;
  EXPECT_THAT(answer, IsOk());
  return answer.ok() ? *answer : HttpAnswer();
}

TEST(ExposerTest, ServesTheMetricsOfTheMoment) {
  MetricRegistry registry;
  Counter* const counter = registry.AddCounter({"things_total", "Help."});
  registry.AddSource([] {
    return std::vector<SampledMetric>{
        {{"level", "Help."}, MetricKind::kGauge, {{{}, 4}}}};
  });
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  const std::string address = (*exposer)->address();
  EXPECT_THAT(address, StartsWith("127.0.0.1:"));
  EXPECT_THAT(address, Not(HasSubstr(":0")));
  EXPECT_THAT(Get(address, "/metrics").body, HasSubstr("things_total 0\n"));
  counter->Increment();
  const HttpAnswer answer = Get(address, "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.content_type, StartsWith("text/plain"));
  EXPECT_THAT(answer.body, HasSubstr("things_total 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("level 4\n"));
}

TEST(ExposerTest, CallersThatSayNothingKeepNobodyWaiting) {
  MetricRegistry registry;
  registry.AddCounter({"things_total", "Help."});
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  const SilentCaller first((*exposer)->address());
  const SilentCaller second((*exposer)->address());
  const SilentCaller third((*exposer)->address());
  EXPECT_THAT(Get((*exposer)->address(), "/metrics").body,
              HasSubstr("things_total 0\n"));
  EXPECT_TRUE(first.IsSentAway());
}

// Libraries' thread-local memory is taken from the threads' stacks as well.
TEST(ExposerTest, SourcesHaveRoomOnTheStack) {
  MetricRegistry registry;
  registry.AddSource([] {
    std::array<volatile char, 512 * 1024> room;
    for (size_t i = 0; i < room.size(); i += 1024) room[i] = 1;
    return std::vector<SampledMetric>{
        {{"level", "Help."}, MetricKind::kGauge, {{{}, room[0] + 1.0}}}};
  });
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  EXPECT_THAT(Get((*exposer)->address(), "/metrics").body,
              HasSubstr("level 2\n"));
}

TEST(ExposerTest, ARequestThatDoesNotEndIsNotHeardOut) {
  MetricRegistry registry;
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  const SilentCaller caller((*exposer)->address());
  caller.Say("GET /metrics HTTP/1.1\r\nX: " + std::string(100'000, 'x'));
  EXPECT_TRUE(caller.IsSentAway());
}

TEST(ExposerTest, StopsBesideACallerThatIsNotDone) {
  MetricRegistry registry;
  auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  const SilentCaller caller((*exposer)->address());
  caller.Say("GET /metrics HTTP/1.1\r\n");
  exposer->reset();
  EXPECT_TRUE(caller.IsSentAway());
}

TEST(ExposerTest, NothingCanBeSentToIt) {
  MetricRegistry registry;
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  const SilentCaller caller((*exposer)->address());
  caller.Say(
      "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_TRUE(caller.IsSentAway());
}

TEST(ExposerTest, ServesNothingElse) {
  MetricRegistry registry;
  const auto exposer = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  for (const char* path : {"/", "/metrics/../etc/passwd", "/debug"}) {
    EXPECT_EQ(Get((*exposer)->address(), path).status, 404) << path;
  }
}

TEST(ExposerTest, AnAddressThatIsTakenIsNamed) {
  MetricRegistry registry;
  const auto first = MetricExposer::Start("127.0.0.1:0", &registry);
  ASSERT_THAT(first, IsOk());
  const auto second = MetricExposer::Start((*first)->address(), &registry);
  EXPECT_THAT(second, FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr((*first)->address()));
}

TEST(ExposerTest, AnAddressHasNumbersOrIsLocalhost) {
  for (const char* good : {"127.0.0.1:9464", "0.0.0.0:0", "localhost:9464"}) {
    EXPECT_THAT(CheckMetricsAddress(good), IsOk()) << good;
  }
  for (const char* bad :
       {"", "9464", "127.0.0.1", "metrics.example.org:9464", "[::1]:9464",
        "127.0.0.1:9464,0.0.0.0:80", "127.0.0.1:70000"}) {
    EXPECT_THAT(CheckMetricsAddress(bad), FailsWith(Reason::kInvalidArgument))
        << bad;
  }
}

TEST(ExposerTest, LocalhostIsTheLoopbackAddress) {
  MetricRegistry registry;
  const auto exposer = MetricExposer::Start("localhost:0", &registry);
  ASSERT_THAT(exposer, IsOk());
  EXPECT_THAT((*exposer)->address(), StartsWith("127.0.0.1:"));
}

}  // namespace
}  // namespace burntin
