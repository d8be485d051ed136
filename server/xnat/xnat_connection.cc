#include "server/xnat/xnat_connection.h"

#include <sys/stat.h>

#include <fstream>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr int kOk = 200;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int64_t kMaxNameBytes = 4096;

absl::Status Refused() {
  return Error(Reason::kXnatRefused,
               "XNAT does not accept burntind's account. Check "
               "xnat.credentials_file, and whether the token has expired.");
}

absl::Status NotLoggedIn() {
  return Error(Reason::kXnatUnavailable,
               "XNAT answers as if burntind were not logged in, right after "
               "its login. Check xnat.url.");
}

bool IsHtml(const HttpAnswer& answer) {
  return answer.content_type == "text/html" ||
         answer.content_type == "application/xhtml+xml";
}

std::string Trimmed(const std::string& text) {
  constexpr char kSpaces[] = " \t\r\n";
  const size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

// XNAT may append "; XNAT_CSRF=..." to the session's name.
std::string SessionIn(const HttpAnswer& answer) {
  const std::string name = answer.body.substr(0, answer.body.find(';'));
  const std::string session = Trimmed(name);
  constexpr char kAllowed[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
  const bool valid = !session.empty() && session.size() <= 256 &&
                     session.find_first_not_of(kAllowed) == std::string::npos;
  return valid ? session : "";
}

}  // namespace

absl::StatusOr<HttpCredentials> ReadXnatCredentials(const std::string& path) {
  std::ifstream file(path);
  struct stat info {};
  if (!file.is_open() || stat(path.c_str(), &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return Error(Reason::kInvalidArgument,
                 "The file of xnat.credentials_file cannot be read. Check "
                 "its path and permissions.");
  }
  if ((info.st_mode & S_IRWXO) != 0) {
    return Error(Reason::kInvalidArgument,
                 "Everyone may read the file of xnat.credentials_file. Take "
                 "the right from others, as in chmod 640.");
  }
  std::string line;
  std::string more;
  std::getline(file, line);
  line = Trimmed(line);
  const size_t colon = line.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == line.size() ||
      (std::getline(file, more) && !Trimmed(more).empty())) {
    return Error(Reason::kInvalidArgument,
                 "The file of xnat.credentials_file does not hold one line "
                 "USER:SECRET.");
  }
  return HttpCredentials{line.substr(0, colon), line.substr(colon + 1)};
}

XnatConnection::XnatConnection(const XnatOptions& options, Log* log,
                               const XnatMetrics* metrics)
    : options_(options),
      http_({.base_url = options.url,
             .ca_file = options.ca_file,
             .metrics = metrics}),
      log_(log) {}

absl::Status XnatConnection::Login() {
  {
    const MutexLock lock(&mutex_);
    session_.clear();
  }
  ASSIGN_OR_RETURN(const std::string session, Session());
  return CheckAccount(session);
}

absl::StatusOr<std::string> XnatConnection::Session() {
  const MutexLock lock(&mutex_);
  if (!session_.empty()) return session_;
  ASSIGN_OR_RETURN(session_, StartSession());
  return session_;
}

// Not if another thread has logged in again meanwhile.
void XnatConnection::Forget(const std::string& session) {
  const MutexLock lock(&mutex_);
  if (session_ == session) session_.clear();
}

absl::StatusOr<std::string> XnatConnection::StartSession() {
  HttpRequest login;
  login.method = "POST";
  login.path = "/data/JSESSION";
  login.timeout = options_.request_timeout;
  login.max_answer_bytes = kMaxNameBytes;
  ASSIGN_OR_RETURN(login.credentials,
                   ReadXnatCredentials(options_.credentials_file));
  ASSIGN_OR_RETURN(const HttpAnswer answer, http_.Send(login).answer);
  if (answer.status == kUnauthorized || answer.status == kForbidden) {
    return Refused();
  }
  const std::string session = SessionIn(answer);
  if (answer.status != kOk || IsHtml(answer) || session.empty()) {
    return NotLoggedIn();
  }
  log_->Write(LogLevel::kInfo, "xnat_login");
  return session;
}

// Whom XNAT takes us for. An open XNAT serves guests, too.
absl::Status XnatConnection::CheckAccount(const std::string& session) {
  HttpRequest question;
  question.path = "/xapi/users/username";
  question.session = session;
  question.timeout = options_.request_timeout;
  question.max_answer_bytes = kMaxNameBytes;
  ASSIGN_OR_RETURN(const HttpAnswer answer, http_.Send(question).answer);
  const std::string name = Trimmed(answer.body);
  if (answer.status == kOk && IsOurs(answer, session, /*json=*/true) &&
      !name.empty() && name != "guest" && name != "\"guest\"") {
    return absl::OkStatus();
  }
  Forget(session);
  return NotLoggedIn();
}

bool XnatConnection::IsOurs(const HttpAnswer& answer,
                            const std::string& session, bool json) {
  const bool redirected = answer.status >= 300 && answer.status < 400;
  const bool another =
      !answer.new_session.empty() && answer.new_session != session;
  const bool login_page = json && answer.status == kOk && IsHtml(answer);
  return answer.status != kUnauthorized && !redirected && !another &&
         !login_page;
}

absl::StatusOr<HttpAnswer> XnatConnection::Get(const std::string& path) {
  HttpRequest request;
  request.path = path;
  return GetTwice(request, /*json=*/true);
}

absl::StatusOr<HttpAnswer> XnatConnection::GetFile(const std::string& path,
                                                   int64_t max_bytes) {
  HttpRequest request;
  request.path = path;
  request.max_answer_bytes = max_bytes;
  return GetTwice(request, /*json=*/false);
}

absl::StatusOr<HttpAnswer> XnatConnection::GetTwice(const HttpRequest& asked,
                                                    bool json) {
  HttpRequest request = asked;
  request.timeout = options_.request_timeout;
  for (int attempt = 0; attempt < 2; ++attempt) {
    ASSIGN_OR_RETURN(request.session, Session());
    ASSIGN_OR_RETURN(HttpAnswer answer, http_.Send(request).answer);
    const bool denial =
        answer.status == kNotFound || answer.status == kForbidden;
    if (IsOurs(answer, request.session, json) &&
        (!denial || CheckAccount(request.session).ok())) {
      return answer;
    }
    log_->Write(LogLevel::kInfo, "xnat_session_lost");
    Forget(request.session);
  }
  return NotLoggedIn();
}

HttpOutcome XnatConnection::Change(HttpRequest request) {
  for (int attempt = 0;; ++attempt) {
    absl::StatusOr<std::string> session = Session();
    if (!session.ok()) return {session.status(), /*may_have_arrived=*/false};
    request.session = *session;
    HttpOutcome outcome = http_.Send(request);
    if (!outcome.answer.ok()) return outcome;
    if (!IsOurs(*outcome.answer, request.session, /*json=*/false)) {
      Forget(request.session);
      if (outcome.answer->status == kUnauthorized && attempt == 0) continue;
    }
    return outcome;
  }
}

}  // namespace burntin
