#include "server/xnat/xnat_url.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "detector/base/error.h"
#include "wire/host_port.h"

namespace burntin {
namespace {

using ParsedUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Empty if the URL has no such part.
std::string PartOf(const ParsedUrl& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

std::string WithoutBrackets(const std::string& host) {
  if (host.size() < 2 || host.front() != '[') return host;
  return host.substr(1, host.size() - 2);
}

}  // namespace

absl::Status CheckXnatUrl(const std::string& url, bool allow_plaintext) {
  const ParsedUrl parsed(curl_url(), &curl_url_cleanup);
  const bool valid =
      parsed != nullptr &&
      curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
  const std::string scheme = valid ? PartOf(parsed, CURLUPART_SCHEME) : "";
  const bool has_more = valid && (!PartOf(parsed, CURLUPART_USER).empty() ||
                                  !PartOf(parsed, CURLUPART_PASSWORD).empty() ||
                                  !PartOf(parsed, CURLUPART_QUERY).empty() ||
                                  !PartOf(parsed, CURLUPART_FRAGMENT).empty());
  if ((scheme != "https" && scheme != "http") || has_more) {
    return Error(Reason::kInvalidArgument,
                 "XNAT's address is not a URL without user and query. Write "
                 "it as in https://xnat.example.org.");
  }
  const std::string host = WithoutBrackets(PartOf(parsed, CURLUPART_HOST));
  if (scheme == "https" || allow_plaintext || IsLoopback(host)) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               "XNAT is another machine, and the connection to it would not "
               "be encrypted. Use https, or set xnat.allow_plaintext to true "
               "in a network that you trust.");
}

std::string EscapeUrl(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  const bool only_dots = text == "." || text == "..";
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '_' ||
                        c == '~' || (c == '.' && !only_dots));
    if (plain) {
      escaped += c;
    } else {
      escaped += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return escaped;
}

}  // namespace burntin
