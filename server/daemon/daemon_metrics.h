// What of the server's parts is read when metrics are collected. Owns none of
// the parts, which outlive the last collection.
#ifndef BURNTIN_SERVER_DAEMON_DAEMON_METRICS_H_
#define BURNTIN_SERVER_DAEMON_DAEMON_METRICS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "detector/detector.h"
#include "server/config/config.h"
#include "server/evidence/evidence_store.h"
#include "server/gate/gate.h"
#include "server/metrics/metric_registry.h"
#include "server/protocol/protocol_store.h"
#include "server/report_cache/caching_detector.h"
#include "server/upload/byte_budget.h"

namespace burntin {

struct MeasuredParts {
  Gate* gate = nullptr;
  ByteBudget* uploads = nullptr;
  const ProtocolStore* protocol = nullptr;
};

// Calls, uploads and the protocol; `config` says how many may be.
void AddServerMetrics(const ServerConfig& config, const MeasuredParts& parts,
                      MetricRegistry* registry);

// Pictures, of which there may be `total_bytes`.
void AddEvidenceMetrics(const EvidenceStore* store, int64_t total_bytes,
                        MetricRegistry* registry);

// Keeps the decoder alive as long as the registry. Nothing where objects are
// decoded in this process.
void AddDecoderMetrics(const Decoder& decoder, MetricRegistry* registry);

// Reports that were made before.
void AddCacheMetrics(const CachingDetector* cache, MetricRegistry* registry);

// What runs: the version, and each model's digest.
void AddBuildMetrics(const std::string& version, MetricRegistry* registry);
void AddModelMetrics(const std::vector<ModelVersion>& models,
                     MetricRegistry* registry);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_DAEMON_METRICS_H_
