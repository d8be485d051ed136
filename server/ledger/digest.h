// Keyed digests and names that nobody can guess. Pure, but for RandomHex.
#ifndef BURNTIN_SERVER_LEDGER_DIGEST_H_
#define BURNTIN_SERVER_LEDGER_DIGEST_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace burntin {

// HMAC-SHA-256 under `key`, as 64 lower-case hexadecimal digits.
std::string HmacSha256Hex(std::string_view key, std::string_view bytes);

// `bytes` random bytes from the system, in hexadecimal. INTERNAL_FAILURE.
absl::StatusOr<std::string> RandomHex(int bytes);

// Whether they are equal, in a time that does not tell where they differ.
bool EqualInConstantTime(std::string_view a, std::string_view b);

// Whether `text` is 64 lower-case hexadecimal digits.
bool IsSha256Hex(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_DIGEST_H_
