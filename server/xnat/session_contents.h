// What a session holds in XNAT.
#ifndef BURNTIN_SERVER_XNAT_SESSION_CONTENTS_H_
#define BURNTIN_SERVER_XNAT_SESSION_CONTENTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/xnat/xnat_connection.h"

namespace burntin {

// How many files the session's scans have, XNAT's own SNAPSHOTS of their images
// left out: the number of its objects. SESSION_INCOMPLETE if the session itself
// holds files beside burntin's reports, for nobody inspects these;
// SESSION_NOT_FOUND, XNAT_REFUSED, XNAT_UNAVAILABLE.
absl::StatusOr<int> CountSessionObjects(XnatConnection* connection,
                                        const std::string& experiment_id);

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_SESSION_CONTENTS_H_
