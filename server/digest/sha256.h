// digest: SHA-256, which names bytes in reports, decisions and protocols.
#ifndef BURNTIN_SERVER_DIGEST_SHA256_H_
#define BURNTIN_SERVER_DIGEST_SHA256_H_

#include <string>
#include <string_view>

namespace burntin {

// 64 lower-case hexadecimal digits.
std::string TextSha256(std::string_view bytes);

// That of all that the file at `path` holds; empty if it cannot be read.
std::string FileSha256(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DIGEST_SHA256_H_
