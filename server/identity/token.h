// Bearer tokens. A token is "NAME.SECRET": who calls, and 256 random bits in
// hexadecimal digits. The server keeps only a salted hash of the secret.
#ifndef BURNTIN_SERVER_IDENTITY_TOKEN_H_
#define BURNTIN_SERVER_IDENTITY_TOKEN_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace burntin {

// 1 to 64 of the letters A-Z and a-z, digits, "-" and "_".
bool IsIdentityName(std::string_view name);

struct Token {
  std::string name;
  std::string secret;
};

// Splits a token; nothing if it is none.
std::optional<Token> ParseToken(std::string_view text);

// "scrypt$14,8,1$SALT$HASH" (N = 2^14, r = 8, p = 1), as the identity file
// holds it.
class TokenHash {
 public:
  // Fails with INVALID_ARGUMENT for any other text.
  static absl::StatusOr<TokenHash> Parse(std::string_view text);

  // Of a secret, with a random salt.
  static TokenHash Of(const std::string& secret);

  // Some 40 ms and 16 MiB, whatever the secret is.
  bool Matches(const std::string& secret) const;

  std::string ToString() const;

 private:
  TokenHash(std::string salt, std::string hash)
      : salt_(std::move(salt)), hash_(std::move(hash)) {}

  std::string salt_;  // bytes
  std::string hash_;  // bytes
};

// A secret that nobody else has: 64 hexadecimal digits.
std::string RandomSecret();

// HMAC-SHA-256 of `text`, for looking up what was verified before.
std::string KeyedDigest(const std::string& key, std::string_view text);

// Takes the same time for any two texts of the same size.
bool SameBytes(std::string_view a, std::string_view b);

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_TOKEN_H_
