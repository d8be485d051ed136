// daemon: joins the server's parts to one process and runs it.
#ifndef BURNTIN_SERVER_DAEMON_DAEMON_H_
#define BURNTIN_SERVER_DAEMON_DAEMON_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/runner.h"
#include "detector/detector.h"
#include "server/config/config.h"
#include "server/daemon/memory_trim.h"
#include "server/daemon/quarantine_office.h"
#include "server/decision/decision_metrics.h"
#include "server/decision/routing_service.h"
#include "server/detection/detection_service.h"
#include "server/detection/inspection_metrics.h"
#include "server/detection/inspector.h"
#include "server/evidence/evidence_store.h"
#include "server/evidence/picture_taker.h"
#include "server/gate/gate.h"
#include "server/host/call_metrics.h"
#include "server/host/grpc_host.h"
#include "server/host/stop_signals.h"
#include "server/identity/entrance.h"
#include "server/log/log.h"
#include "server/metrics/exposer.h"
#include "server/metrics/metric_registry.h"
#include "server/protocol/protocol_store.h"
#include "server/reports/report_store.h"
#include "server/xnat/xnat_connection.h"
#include "server/xnat/xnat_metrics.h"

namespace burntin {

// For one thread, and before the process has another. Logs to standard error.
class Daemon {
 public:
  // `config` as CheckSettings takes it.
  Daemon(ServerConfig config, std::vector<KnownIdentity> identities);

  // Serves until the process is asked to stop, or until the detector cannot be
  // made, and says why. Writes the address that was bound to `address_file`,
  // unless that is empty. Once.
  absl::Status Run(const std::string& address_file);

 private:
  absl::StatusOr<std::unique_ptr<GrpcHost>> StartHost();
  absl::Status ServeMetrics();
  absl::Status OpenEvidence();
  absl::StatusOr<Decoder> StartDecoder();
  absl::Status Load(GrpcHost* host);
  void UseCache();
  void CheckXnat();
  void OnRefused(const Refusal& refusal);

  // In the order in which they are made.
  StopSignals signals_;  // first: every other thread inherits its mask
  const ServerConfig config_;
  Log log_;
  MetricRegistry registry_;
  const InspectionMetrics inspection_metrics_;
  const DecisionMetrics decision_metrics_;
  const XnatMetrics xnat_metrics_;
  CallMetrics call_metrics_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Detector> detector_;
  // Of what `detector_` decodes with.
  std::unique_ptr<MemoryTrim> decoder_trim_;
  Gate gate_;
  Doorman doorman_;
  Entrance entrance_;
  MemoryReportStore reports_;
  ProtocolStore protocol_;
  Inspector inspector_;
  DetectionService detection_;
  XnatConnection xnat_;                       // used only if there is a URL
  std::unique_ptr<EvidenceStore> evidence_;   // none without a directory
  std::unique_ptr<PictureTaker> pictures_;    // with `evidence_`
  std::unique_ptr<QuarantineOffice> office_;  // none without ledger.database
  std::unique_ptr<RoutingService> routing_;
  std::unique_ptr<MetricExposer> exposer_;  // last: it asks the others
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_DAEMON_H_
