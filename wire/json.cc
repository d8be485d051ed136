#include "wire/json.h"

#include <google/protobuf/util/json_util.h>

#include "detector/base/error.h"

namespace burntin {

absl::StatusOr<std::string> ToJsonLine(const v1::ScanEvent& event) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string line;
  if (!google::protobuf::util::MessageToJsonString(event, &line, options)
           .ok()) {
    return Error(Reason::kInternalFailure,
                 "An event could not be written as JSON. Report this with "
                 "the version that --version prints.");
  }
  return line;
}

}  // namespace burntin
