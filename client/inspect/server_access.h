// How to reach a server: encrypted or not, and as whom.
#ifndef BURNTIN_CLIENT_INSPECT_SERVER_ACCESS_H_
#define BURNTIN_CLIENT_INSPECT_SERVER_ACCESS_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace burntin {

// Paths; PEM but for the token's, which holds one line.
struct ServerAccess {
  std::string authorities_file;  // of the server; empty: not encrypted
  std::string certificate_file;  // of this side, with its key; empty: none
  std::string key_file;
  std::string token_file;  // empty: no token
};

// Without authorities_file, not encrypted. Fails with INVALID_ARGUMENT if a
// file cannot be read, or if a certificate is given and no encryption.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsFor(
    const ServerAccess& access);

// The token, or nothing. Fails with INVALID_ARGUMENT if the file cannot be
// read or holds no single word.
absl::StatusOr<std::string> ReadToken(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_SERVER_ACCESS_H_
