#include "wire/json.h"

#include <google/protobuf/util/json_util.h>

#include "detector/base/error.h"

namespace burntin {

absl::StatusOr<std::string> ToJsonLine(
    const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string line;
  if (!google::protobuf::util::MessageToJsonString(message, &line, options)
           .ok()) {
    return Error(Reason::kInternalFailure,
                 "A message could not be written as JSON. Report this with "
                 "the version that --version prints.");
  }
  return line;
}

}  // namespace burntin
