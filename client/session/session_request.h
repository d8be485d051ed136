// What a server is asked about a session that was inspected. Pure.
#ifndef BURNTIN_CLIENT_SESSION_SESSION_REQUEST_H_
#define BURNTIN_CLIENT_SESSION_SESSION_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "burntin/v1/report.pb.h"
#include "burntin/v1/routing_service.pb.h"

namespace burntin {

// One file of the session.
struct InspectedFile {
  v1::InstanceReport report;
  std::string sha256;  // of the file's bytes; empty: it could not be read
};

// The study that most files name, and all files. A file that names no object
// or could not be read is not listed, but expected; so the server finds the
// session incomplete. Fails with INVALID_ARGUMENT if no file names a study.
absl::StatusOr<v1::DecideSessionRequest> MakeRequest(
    const std::vector<InspectedFile>& files,
    const v1::SessionLocation& location);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_SESSION_SESSION_REQUEST_H_
