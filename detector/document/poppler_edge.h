// The one way into Poppler, which throws, prints, and draws on where it finds
// damage. Private to detector/document.
#ifndef BURNTIN_DETECTOR_DOCUMENT_POPPLER_EDGE_H_
#define BURNTIN_DETECTOR_DOCUMENT_POPPLER_EDGE_H_

#include <cstdint>
#include <exception>
#include <string_view>
#include <type_traits>

#include "absl/status/statusor.h"
#include "detector/base/error.h"

namespace burntin {

// Keeps Poppler from writing its messages, which may quote the document, to
// the standard streams. Before its first call.
void SilencePoppler();

// How often Poppler has complained of damage on this thread.
int64_t PopplerComplaints();

// Runs `call` and turns whatever it throws into an error with `reason` and
// `message`.
template <typename Call>
auto PopplerCall(Reason reason, std::string_view message, Call call)
    -> absl::StatusOr<std::invoke_result_t<Call>> {
  try {
    return call();
  } catch (const std::exception&) {
    return Error(reason, message);
  }
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_POPPLER_EDGE_H_
