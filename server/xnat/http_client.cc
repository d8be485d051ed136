#include "server/xnat/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include "detector/base/error.h"
#include "server/trace/call_trace.h"

namespace burntin {
namespace {

// A browser's name would have XNAT ask for its token against forged requests.
constexpr char kUserAgent[] = "burntind";
constexpr std::string_view kSessionCookie = "JSESSIONID=";
constexpr long kConnectTimeoutMs = 20'000;
constexpr int64_t kMaxHeaderBytes = 64 << 10;

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// What one exchange has received so far.
struct Received {
  HttpAnswer answer;
  int64_t max_bytes = 0;
  int64_t header_bytes = 0;
  bool too_large = false;
};

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(
      lower.begin(), lower.end(), lower.begin(),
      [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

size_t TakeBody(char* bytes, size_t size, size_t count, void* user) {
  auto* received = static_cast<Received*>(user);
  std::string& body = received->answer.body;
  if (static_cast<int64_t>(body.size() + size * count) > received->max_bytes) {
    received->too_large = true;
    return 0;
  }
  body.append(bytes, size * count);
  return size * count;
}

size_t TakeHeader(char* bytes, size_t size, size_t count, void* user) {
  auto* received = static_cast<Received*>(user);
  const std::string_view line(bytes, size * count);
  received->header_bytes += static_cast<int64_t>(line.size());
  if (received->header_bytes > kMaxHeaderBytes) {
    received->too_large = true;
    return 0;
  }
  const size_t value = line.find(kSessionCookie);
  if (value != std::string_view::npos &&
      Lower(line.substr(0, 11)) == "set-cookie:") {
    const std::string_view rest = line.substr(value + kSessionCookie.size());
    received->answer.new_session = rest.substr(0, rest.find_first_of("; \r\n"));
  }
  return line.size();
}

void SetRequest(CURL* curl, const HttpRequest& request) {
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (!request.body.empty() || request.method == "PUT" ||
      request.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  }
  if (request.credentials) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl, CURLOPT_USERNAME, request.credentials->user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD,
                     request.credentials->secret.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(request.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
}

void SetSafety(CURL* curl, const HttpClientOptions& options) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION,
                   static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) {
    // Of these authorities only, not of the system's folder as well.
    curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, kUserAgent);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
                   static_cast<long>(CURL_HTTP_VERSION_1_1));
}

Headers MakeHeaders(const HttpRequest& request) {
  curl_slist* list = nullptr;
  const auto add = [&](const std::string& line) {
    list = curl_slist_append(list, line.c_str());
  };
  // The body is sent at once, so that a refusal cannot be taken for silence.
  add("Expect:");
  add("Content-Type: " + (request.content_type.empty()
                              ? std::string("application/octet-stream")
                              : request.content_type));
  if (!request.session.empty()) {
    add("Cookie: " + std::string(kSessionCookie) + request.session);
  }
  if (const CallTracePtr trace = CurrentTrace()) {
    add(std::string(kTraceparentKey) + ": " + Traceparent(trace->context()));
    const std::string& state = trace->context().state;
    if (!state.empty()) add(std::string(kTracestateKey) + ": " + state);
  }
  return {list, &curl_slist_free_all};
}

absl::Status Unavailable(CURLcode code, bool too_large) {
  if (too_large) {
    return Error(Reason::kXnatUnavailable,
                 "XNAT's answer is larger than it may be. Check that its "
                 "address is XNAT's.");
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION ||
      code == CURLE_SSL_CACERT_BADFILE) {
    return Error(Reason::kXnatUnavailable,
                 "XNAT's certificate could not be verified. Give the "
                 "authority's certificate by xnat.authorities_file.");
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return Error(Reason::kXnatUnavailable,
                 "XNAT did not answer in time. Try again.");
  }
  return Error(Reason::kXnatUnavailable,
               "The connection to XNAT failed. Check xnat.url and that XNAT "
               "runs.");
}

}  // namespace

HttpClient::HttpClient(HttpClientOptions options)
    : options_(std::move(options)) {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(kReady);
  while (!options_.base_url.empty() && options_.base_url.back() == '/') {
    options_.base_url.pop_back();
  }
}

HttpOutcome HttpClient::Send(const HttpRequest& request) const {
  const auto start = std::chrono::steady_clock::now();
  HttpOutcome outcome = Exchange(request);
  if (options_.metrics != nullptr) {
    const std::chrono::duration<double> taken =
        std::chrono::steady_clock::now() - start;
    options_.metrics->Count(request.method,
                            outcome.answer.ok() ? outcome.answer->status : 0,
                            taken.count());
  }
  return outcome;
}

HttpOutcome HttpClient::Exchange(const HttpRequest& request) const {
  const Handle curl(curl_easy_init(), &curl_easy_cleanup);
  if (curl == nullptr) {
    return {Unavailable(CURLE_FAILED_INIT, /*too_large=*/false),
            /*may_have_arrived=*/false};
  }
  const std::string url = options_.base_url + request.path;
  const Headers headers = MakeHeaders(request);
  Received received;
  received.max_bytes = request.max_answer_bytes;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  SetSafety(curl.get(), options_);
  SetRequest(curl.get(), request);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &TakeBody);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, &TakeHeader);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &received);
  const CURLcode code = curl_easy_perform(curl.get());

  long status = 0;
  long request_bytes = 0;
  const char* type = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_REQUEST_SIZE, &request_bytes);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &type);
  if (code != CURLE_OK) {
    return {Unavailable(code, received.too_large),
            /*may_have_arrived=*/request_bytes > 0};
  }
  received.answer.status = static_cast<int>(status);
  if (type != nullptr) {
    const std::string_view full = type;
    received.answer.content_type = Lower(full.substr(0, full.find(';')));
  }
  return {std::move(received.answer), /*may_have_arrived=*/true};
}

}  // namespace burntin
