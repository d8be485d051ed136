// XNAT's address, and what may be written behind it. Pure functions.
#ifndef BURNTIN_SERVER_XNAT_XNAT_URL_H_
#define BURNTIN_SERVER_XNAT_XNAT_URL_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace burntin {

// Whether `url` may be XNAT's address: https, or http to this machine alone
// (to others with `allow_plaintext`); a host, perhaps a port and a path; no
// user, query or fragment.
absl::Status CheckXnatUrl(const std::string& url, bool allow_plaintext);

// One part of a path, or one value of a query: whatever is not a letter, a
// digit, "-", "_", "." or "~" becomes %XX, byte by byte. "." and "..", which
// would change the path, are escaped as well.
std::string EscapeUrl(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_XNAT_URL_H_
