// How a command says that it failed.
#ifndef BURNTIN_CLIENT_OUTPUT_FAILURE_H_
#define BURNTIN_CLIENT_OUTPUT_FAILURE_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "client/output/wording.h"

namespace burntin {

// Tells people why.
inline void TellFailure(const absl::Status& status, std::ostream* err) {
  *err << "burntin: " << TerminalSafe(std::string(status.message())) << '\n'
       << std::flush;
}

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_FAILURE_H_
