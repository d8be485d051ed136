// What a server needs to speak TLS.
#ifndef BURNTIN_SERVER_HOST_TLS_H_
#define BURNTIN_SERVER_HOST_TLS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace burntin {

// Paths of PEM files.
struct TlsFiles {
  std::string certificate;  // the server's own, then those that vouch for it
  std::string key;          // of that certificate; not for everyone to read
  // Authorities of the callers' certificates. Empty: callers are not asked for
  // one. A caller may also have none, and a token instead; one whose
  // certificate no authority vouches for is not let in at all.
  std::string client_authorities;
};

// Fails with INVALID_ARGUMENT, naming the file, if one cannot be read or is
// not what it should be, if everyone may read the key, if the key is not the
// certificate's, and if the certificate has expired.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeTlsCredentials(
    const TlsFiles& files);

}  // namespace burntin

#endif  // BURNTIN_SERVER_HOST_TLS_H_
