// The configuration in the words of the modules that it is for, and what only
// several of its keys together can tell.
#ifndef BURNTIN_SERVER_DAEMON_SETTINGS_H_
#define BURNTIN_SERVER_DAEMON_SETTINGS_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/config/config.h"
#include "server/detection/detection_service.h"
#include "server/evidence/evidence_store.h"
#include "server/evidence/picture_taker.h"
#include "server/host/grpc_host.h"
#include "server/identity/identities.h"
#include "server/protocol/protocol_store.h"
#include "server/xnat/xnat_connection.h"

namespace burntin {

// CheckConfig, and that the metrics' and XNAT's addresses may be used and that
// a move's lease is longer than a move may take. INVALID_ARGUMENT names the
// keys.
absl::Status CheckSettings(const ServerConfig& config);

DetectionOptions ToDetectionOptions(const ServerConfig& config);
XnatOptions ToXnatOptions(const ServerConfig& config);
EvidenceStoreOptions ToEvidenceOptions(const ServerConfig& config);
PictureOptions ToPictureOptions(const ServerConfig& config);
ProtocolFileOptions ToProtocolOptions(const ServerConfig& config);

// Reads the files of `tls`.
absl::StatusOr<HostOptions> ToHostOptions(const ServerConfig& config);

// Reads the file of `identity.file`; nobody without one.
absl::StatusOr<std::vector<KnownIdentity>> IdentitiesFrom(
    const ServerConfig& config);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_SETTINGS_H_
