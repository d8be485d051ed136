#include "server/daemon/daemon_metrics.h"

#include <utility>

namespace burntin {
namespace {

SampledMetric One(const char* name, const char* help, double value) {
  return {{name, help}, MetricKind::kGauge, {{{}, value}}};
}

SampledMetric Constant(const char* name, const char* help) {
  return {{name, help}, MetricKind::kGauge, {}};
}

MetricSample Labelled(const char* label, const char* value, int64_t number) {
  return {{{label, value}}, static_cast<double>(number)};
}

SampledMetric CacheAnswers(const CacheCounts& counts) {
  const auto answered = [&](const char* by, CacheAnswer answer) {
    return Labelled("answer", by,
                    counts.answers.at(static_cast<size_t>(answer)));
  };
  return {{"burntin_report_cache_lookups_total",
           "Objects whose report was looked for, by where it came from; "
           "inspected: nowhere."},
          MetricKind::kCounter,
          {answered("memory", CacheAnswer::kMemory),
           answered("database", CacheAnswer::kDatabase),
           answered("shared", CacheAnswer::kShared),
           answered("inspected", CacheAnswer::kInspected),
           answered("without", CacheAnswer::kWithout)}};
}

std::vector<SampledMetric> MeasureCache(const CachingDetector& cache) {
  SampledMetric reports = {
      {"burntin_report_cache_reports", "Reports that are kept."}};
  SampledMetric bytes = {
      {"burntin_report_cache_bytes", "Bytes that kept reports take."}};
  SampledMetric evicted = {{"burntin_report_cache_evictions_total",
                            "Reports that made room for others."},
                           MetricKind::kCounter};
  SampledMetric failures = {{"burntin_report_cache_failures_total",
                             "Times that reports could not be looked for or "
                             "kept there."},
                            MetricKind::kCounter};
  const auto add = [&](const char* tier, const ReportTier* kept) {
    if (kept == nullptr) return;
    const TierCounts counts = kept->counts();
    reports.samples.push_back(Labelled("tier", tier, counts.reports));
    bytes.samples.push_back(Labelled("tier", tier, counts.bytes));
    evicted.samples.push_back(Labelled("tier", tier, counts.evicted));
    failures.samples.push_back(Labelled("tier", tier, counts.failures));
  };
  add("memory", cache.memory());
  add("database", cache.database());
  const CacheCounts counts = cache.counts();
  return {CacheAnswers(counts),
          {{"burntin_report_cache_broken_total",
            "Kept reports that were damaged and removed."},
           MetricKind::kCounter,
           {{{}, static_cast<double>(counts.broken)}}},
          std::move(reports),
          std::move(bytes),
          std::move(evicted),
          std::move(failures)};
}

}  // namespace

void AddServerMetrics(const ServerConfig& config, const MeasuredParts& parts,
                      MetricRegistry* registry) {
  registry->AddSource([parts, max_calls = config.max_calls,
                       total_bytes = config.upload_total_bytes] {
    const auto snapshot = parts.protocol->Current();
    return std::vector<SampledMetric>{
        One("burntin_serving",
            "1 while calls are let in: models are loaded and nothing stops.",
            parts.gate->is_open() ? 1 : 0),
        One("burntin_calls_admitted",
            "Calls that were let in and go on; burntin_calls_limit bounds "
            "them.",
            parts.gate->calls()),
        One("burntin_calls_limit",
            "server.max_calls; a call above it is refused with "
            "TOO_MANY_REQUESTS.",
            max_calls),
        One("burntin_upload_held_bytes",
            "Bytes of objects that are held for inspection now.",
            static_cast<double>(parts.uploads->taken_bytes())),
        One("burntin_upload_capacity_bytes",
            "upload.total_bytes; an upload that does not fit waits.",
            static_cast<double>(total_bytes)),
        One("burntin_uploads_waiting", "Uploads that wait for room now.",
            parts.uploads->waiting()),
        One("burntin_protocol_loaded",
            "1 if a routing protocol decides; 0: everything is quarantined.",
            snapshot->protocol != nullptr ? 1 : 0),
        One("burntin_protocol_broken",
            "1 while the protocol's file is broken, whatever decides.",
            snapshot->trouble.empty() ? 0 : 1),
        One("burntin_protocol_outdated",
            "1 while the protocol's file is broken and the last good one "
            "decides.",
            snapshot->outdated ? 1 : 0)};
  });
}

void AddEvidenceMetrics(const EvidenceStore* store, int64_t total_bytes,
                        MetricRegistry* registry) {
  registry->AddSource([store, total_bytes] {
    return std::vector<SampledMetric>{
        One("burntin_evidence_stored_bytes",
            "Bytes of the pictures that are kept as evidence.",
            static_cast<double>(store->bytes())),
        One("burntin_evidence_capacity_bytes",
            "evidence.total_bytes; beyond, no pictures are kept.",
            static_cast<double>(total_bytes))};
  });
}

void AddDecoderMetrics(const Decoder& decoder, MetricRegistry* registry) {
  if (!decoder.processes) return;
  registry->AddSource([decoder] {
    const DecoderProcesses now = decoder.processes();
    const auto ended = [](const char* cause, int64_t processes) {
      return MetricSample{{{"cause", cause}}, static_cast<double>(processes)};
    };
    return std::vector<SampledMetric>{
        One("burntin_decoder_processes", "Processes that decode objects now.",
            now.running),
        {{"burntin_decoder_processes_started_total",
          "Processes that were started to decode objects."},
         MetricKind::kCounter,
         {{{}, static_cast<double>(now.started)}}},
        {{"burntin_decoder_processes_ended_total",
          "Processes that decoded objects and ended: crashed, killed because "
          "they took too long, or retired as planned."},
         MetricKind::kCounter,
         {ended("crashed", now.crashed), ended("timed_out", now.timed_out),
          ended("retired", now.retired)}}};
  });
}

void AddCacheMetrics(const CachingDetector* cache, MetricRegistry* registry) {
  registry->AddSource([cache] { return MeasureCache(*cache); });
}

void AddBuildMetrics(const std::string& version, MetricRegistry* registry) {
  SampledMetric build =
      Constant("burntin_build_info", "Always 1; the version of burntind.");
  build.samples.push_back({{{"version", version}}, 1});
  registry->AddSource([build] { return std::vector<SampledMetric>{build}; });
}

void AddModelMetrics(const std::vector<ModelVersion>& models,
                     MetricRegistry* registry) {
  SampledMetric info =
      Constant("burntin_model_info",
               "Always 1; a model or library that takes part in inspections.");
  for (const ModelVersion& model : models) {
    info.samples.push_back(
        {{{"name", model.name}, {"sha256", model.sha256}}, 1});
  }
  registry->AddSource([info] { return std::vector<SampledMetric>{info}; });
}

}  // namespace burntin
