// One HTTP exchange with one server: deadline, bounded answer, checked
// certificate, and the knowledge whether the request may have arrived.
#ifndef BURNTIN_SERVER_XNAT_HTTP_CLIENT_H_
#define BURNTIN_SERVER_XNAT_HTTP_CLIENT_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "server/xnat/xnat_metrics.h"

namespace burntin {

// A name and its secret. Neither ever reaches a log.
struct HttpCredentials {
  std::string user;
  std::string secret;
};

struct HttpRequest {
  std::string method = "GET";
  std::string path;          // escaped, with its query; starts with "/"
  std::string body;          // sent if not empty, or if the method is PUT
  std::string content_type;  // of the body
  std::string session;       // value of the cookie JSESSIONID; empty: none
  std::optional<HttpCredentials> credentials;  // HTTP basic authentication
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
  int64_t max_answer_bytes = int64_t{16} << 20;
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;  // lower case, without parameters
  std::string body;
  std::string new_session;  // the JSESSIONID that the answer sets; often empty
};

struct HttpOutcome {
  // Fails with XNAT_UNAVAILABLE; the message names neither path nor body.
  absl::StatusOr<HttpAnswer> answer;
  // Whether the server may have got the request. False only if surely not.
  bool may_have_arrived = true;
};

struct HttpClientOptions {
  std::string base_url;                  // as CheckXnatUrl takes it
  std::string ca_file;                   // PEM; empty: the system's authorities
  const XnatMetrics* metrics = nullptr;  // not owned; null: not counted
};

// What a call asks for carries the call's `traceparent`. Follows no redirect,
// keeps no cookies, uses no proxy, tries nothing twice. Any number of threads
// may send at the same time.
class HttpClient {
 public:
  explicit HttpClient(HttpClientOptions options);

  HttpOutcome Send(const HttpRequest& request) const;

 private:
  HttpOutcome Exchange(const HttpRequest& request) const;

  HttpClientOptions options_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_HTTP_CLIENT_H_
