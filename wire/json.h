// Messages as lines of proto3 JSON, the form of `--format jsonl`.
#ifndef BURNTIN_WIRE_JSON_H_
#define BURNTIN_WIRE_JSON_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

// One line, without a line feed. Fields with their default (0, "", false) are
// printed too, so that a reader sees `"framesTotal":0` and `"risk":0`; 64-bit
// integers are strings, as proto3 JSON has them. May hold PHI: the path, and
// the text if the message has it.
absl::StatusOr<std::string> ToJsonLine(
    const google::protobuf::Message& message);

}  // namespace burntin

#endif  // BURNTIN_WIRE_JSON_H_
