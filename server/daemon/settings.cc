#include "server/daemon/settings.h"

#include <string>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/host/tls.h"
#include "server/metrics/exposer.h"
#include "server/xnat/xnat_session_mover.h"
#include "server/xnat/xnat_url.h"

namespace burntin {
namespace {

// Else another burntind would look after a move that still goes on.
absl::Status CheckLease(const ServerConfig& config) {
  const auto longest = std::chrono::ceil<std::chrono::seconds>(
      LongestMove(ToXnatOptions(config)));
  if (config.quarantine_move_lease > longest) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "quarantine.move_lease_seconds is " +
                   std::to_string(config.quarantine_move_lease.count()) +
                   ", and with its time-outs a move in XNAT may take " +
                   std::to_string(longest.count()) +
                   " seconds. Raise it above that, or lower "
                   "xnat.move_timeout_seconds or "
                   "xnat.request_timeout_seconds.");
}

}  // namespace

absl::Status CheckSettings(const ServerConfig& config) {
  RETURN_IF_ERROR(CheckConfig(config));
  if (!config.metrics_listen.empty()) {
    RETURN_IF_ERROR(CheckMetricsAddress(config.metrics_listen));
  }
  if (config.xnat_url.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckXnatUrl(config.xnat_url, config.xnat_allow_plaintext));
  return CheckLease(config);
}

DetectionOptions ToDetectionOptions(const ServerConfig& config) {
  DetectionOptions options;
  options.upload.file_bytes = config.file_bytes;
  options.upload.memory_bytes = config.upload_memory_bytes;
  options.upload.spool_directory = config.spool_directory;
  options.objects_per_stream = config.objects_per_stream;
  options.total_bytes = config.upload_total_bytes;
  options.idle_timeout = config.idle_timeout;
  return options;
}

XnatOptions ToXnatOptions(const ServerConfig& config) {
  XnatOptions options;
  options.url = config.xnat_url;
  options.credentials_file = config.xnat_credentials_file;
  options.ca_file = config.xnat_authorities_file;
  options.request_timeout = config.xnat_request_timeout;
  options.move_timeout = config.xnat_move_timeout;
  options.settle_time = config.xnat_settle_time;
  return options;
}

EvidenceStoreOptions ToEvidenceOptions(const ServerConfig& config) {
  return {.directory = config.evidence_directory,
          .total_bytes = config.evidence_total_bytes};
}

PictureOptions ToPictureOptions(const ServerConfig& config) {
  return {.max_side = config.evidence_max_side,
          .pictures_per_object = config.evidence_pictures_per_object,
          .session_bytes = config.evidence_session_bytes};
}

absl::StatusOr<std::vector<KnownIdentity>> IdentitiesFrom(
    const ServerConfig& config) {
  if (config.identity_file.empty()) return std::vector<KnownIdentity>();
  return LoadIdentities(config.identity_file);
}

ProtocolFileOptions ToProtocolOptions(const ServerConfig& config) {
  ProtocolFileOptions options;
  options.path = config.protocol_file;
  options.site.quarantine_project = config.quarantine_project;
  options.site.hospital_project = config.hospital_project;
  // The watch keeps the time; the store only has to look when it is told to.
  options.poll_interval = std::chrono::milliseconds(0);
  return options;
}

absl::StatusOr<HostOptions> ToHostOptions(const ServerConfig& config) {
  HostOptions options;
  options.listen = config.listen;
  options.reflection = config.reflection;
  options.max_calls = config.max_calls;
  options.allow_plaintext = config.allow_plaintext;
  if (config.tls_certificate_file.empty()) return options;
  ASSIGN_OR_RETURN(
      options.credentials,
      MakeTlsCredentials(
          {.certificate = config.tls_certificate_file,
           .key = config.tls_key_file,
           .client_authorities = config.tls_client_authorities_file}));
  return options;
}

}  // namespace burntin
