// Speaks to XNAT as burntind's own account: logs in, keeps the session, and
// notices when XNAT has forgotten it.
#ifndef BURNTIN_SERVER_XNAT_XNAT_CONNECTION_H_
#define BURNTIN_SERVER_XNAT_XNAT_CONNECTION_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/mutex.h"
#include "server/log/log.h"
#include "server/xnat/http_client.h"

namespace burntin {

struct XnatOptions {
  std::string url;  // as CheckXnatUrl takes it
  // A file with one line USER:SECRET, or ALIAS:SECRET of an alias token, that
  // only its owner and group may read. It is read at each login, so that a
  // token can be changed while the server runs.
  std::string credentials_file;
  std::string ca_file;  // PEM; empty: the system's authorities
  std::chrono::milliseconds request_timeout = std::chrono::seconds(30);
  // XNAT answers a move when the files are moved.
  std::chrono::milliseconds move_timeout = std::chrono::minutes(10);
  // How often, and how far apart, to look for a move that was not answered.
  int looks = 10;
  std::chrono::milliseconds between_looks = std::chrono::seconds(3);
  // How long a move may go on in XNAT after nobody waits for it any more.
  std::chrono::milliseconds settle_time = std::chrono::minutes(15);
};

// The one line of a credentials file. Fails with INVALID_ARGUMENT if it cannot
// be read, everyone may read it, or it is not NAME:SECRET.
absl::StatusOr<HttpCredentials> ReadXnatCredentials(const std::string& path);

// An HTTP answer that XNAT gave to burntind's account, and to no guest. Any
// number of threads may call at the same time.
class XnatConnection {
 public:
  // Owns neither; both outlive the connection. `metrics`, if it is not null,
  // counts the requests.
  XnatConnection(const XnatOptions& options, Log* log,
                 const XnatMetrics* metrics = nullptr);

  // Gets JSON. Logs in where needed, and once more if XNAT seems to have
  // forgotten the session: 401, a redirect, HTML instead of JSON, a session
  // that it has begun anew. "Not found" and "forbidden" are believed only
  // after XNAT has named an account that is no guest's.
  // Fails with XNAT_UNAVAILABLE, and with XNAT_REFUSED if the login fails.
  absl::StatusOr<HttpAnswer> Get(const std::string& path);

  // As Get, for an answer of any kind that has at most `max_bytes`.
  absl::StatusOr<HttpAnswer> GetFile(const std::string& path,
                                     int64_t max_bytes);

  // Sends a request that changes something. It is repeated, after a login,
  // only if XNAT has answered 401, so that it has done nothing.
  HttpOutcome Change(HttpRequest request);

  // Logs in anew and checks that the account is no guest's.
  absl::Status Login();

 private:
  absl::StatusOr<std::string> Session();
  void Forget(const std::string& session);
  absl::StatusOr<std::string> StartSession()
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<HttpAnswer> GetTwice(const HttpRequest& request, bool json);
  bool IsOurs(const HttpAnswer& answer, const std::string& session, bool json);
  absl::Status CheckAccount(const std::string& session);

  const XnatOptions options_;
  const HttpClient http_;
  Log* log_;
  Mutex mutex_;
  std::string session_ ABSL_GUARDED_BY(mutex_);  // empty: not logged in
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_XNAT_CONNECTION_H_
