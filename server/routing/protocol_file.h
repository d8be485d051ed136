// Reads the text of a protocol's file: all of it, or nothing.
#ifndef BURNTIN_SERVER_ROUTING_PROTOCOL_FILE_H_
#define BURNTIN_SERVER_ROUTING_PROTOCOL_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

// INVALID_ARGUMENT if the file is not a regular one, cannot be read to its end
// or has more than 1 MiB. The sentence does not name the file.
absl::StatusOr<std::string> ReadProtocolFile(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_PROTOCOL_FILE_H_
