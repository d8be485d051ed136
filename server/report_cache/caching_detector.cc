#include "server/report_cache/caching_detector.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "detector/base/error.h"
#include "server/report_cache/report_key.h"

namespace burntin {
namespace {

bool WasCancelled(const InstanceReport& report) {
  return std::any_of(
      report.reasons.begin(), report.reasons.end(),
      [](const VerdictReason& why) { return why.code == Reason::kCancelled; });
}

// What the report of one says to others.
Landing Shared(InstanceReport report, bool has_texts) {
  report.header.identifiers.clear();
  report.from_cache = true;
  return {.kind = Landing::Kind::kShared,
          .report = std::make_shared<const InstanceReport>(std::move(report)),
          .has_texts = has_texts};
}

}  // namespace

CachingDetector::CachingDetector(std::unique_ptr<Detector> detector,
                                 ReportCacheParts parts)
    : detector_(std::move(detector)),
      parts_(std::move(parts)),
      fingerprint_(detector_->fingerprint()) {}

InstanceReport CachingDetector::Inspect(const std::string& path,
                                        const InspectOptions& options) {
  try {
    return InspectOrThrow(path, options);
  } catch (...) {  // of what is around the detector, which does not throw
    return FailedReport(Reason::kInternalFailure,
                        "The object could not be inspected, perhaps for want "
                        "of memory. Look at it by hand.");
  }
}

InstanceReport CachingDetector::InspectOrThrow(const std::string& path,
                                               const InspectOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const std::optional<std::string> key = ReportKey(fingerprint_, path);
  if (!key) {
    Count(CacheAnswer::kWithout);
    return detector_->Inspect(path, options);
  }
  InstanceReport report = FindOrInspect(*key, path, options);
  if (report.from_cache) {
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    report.timings = {.total_ms = taken.count()};
  }
  return report;
}

InstanceReport CachingDetector::FindOrInspect(const std::string& key,
                                              const std::string& path,
                                              const InspectOptions& options) {
  while (true) {
    const std::unique_ptr<Flights::Ticket> ticket = flights_.Join(key);
    if (ticket->leads()) return Lead(key, path, options, ticket.get());
    const std::optional<Landing> landing = ticket->Await(options.cancelled);
    if (!landing) {
      return FailedReport(
          Reason::kCancelled,
          "The inspection was cancelled. Send the object again.");
    }
    if (landing->kind == Landing::Kind::kOwn) {
      Count(CacheAnswer::kInspected);
      return detector_->Inspect(path, options);
    }
    if (landing->kind == Landing::Kind::kShared &&
        (landing->has_texts || !options.texts)) {
      Count(CacheAnswer::kShared);
      return *landing->report;
    }
  }
}

InstanceReport CachingDetector::Lead(const std::string& key,
                                     const std::string& path,
                                     const InspectOptions& options,
                                     Flights::Ticket* ticket) {
  if (std::optional<DecodedReport> found = Find(key, options.texts)) {
    ticket->Land(Shared(found->report, found->has_texts));
    return std::move(found->report);
  }
  Count(CacheAnswer::kInspected);
  InstanceReport report = detector_->Inspect(path, options);
  if (!report.repeatable) {
    ticket->Land({.kind = WasCancelled(report) ? Landing::Kind::kAbandoned
                                               : Landing::Kind::kOwn});
    return report;
  }
  // A report of other bytes than those of the key is nobody else's.
  if (parts_.files_may_change && ReportKey(fingerprint_, path) != key) {
    return report;
  }
  Keep(key, report, options.texts);
  ticket->Land(Shared(report, /*has_texts=*/true));
  return report;
}

std::optional<DecodedReport> CachingDetector::Find(const std::string& key,
                                                   bool texts) {
  std::optional<DecodedReport> found = FindIn(parts_.memory.get(), key);
  if (found && (found->has_texts || !texts)) {
    Count(CacheAnswer::kMemory);
    return found;
  }
  if (texts) return std::nullopt;
  found = FindIn(parts_.database.get(), key);
  if (!found) return std::nullopt;
  Count(CacheAnswer::kDatabase);
  if (parts_.memory != nullptr) {
    const std::optional<std::string> record =
        EncodeReport(key, found->report, /*with_texts=*/false);
    if (record) parts_.memory->Put(key, *record);
  }
  return found;
}

std::optional<DecodedReport> CachingDetector::FindIn(ReportTier* tier,
                                                     const std::string& key) {
  if (tier == nullptr) return std::nullopt;
  const std::optional<std::string> record = tier->Find(key);
  if (!record) return std::nullopt;
  std::optional<DecodedReport> decoded = DecodeReport(key, *record);
  if (!decoded) {
    ++broken_;
    tier->Remove(key);
  }
  return decoded;
}

void CachingDetector::Keep(const std::string& key, const InstanceReport& report,
                           bool texts) {
  const std::optional<std::string> without =
      EncodeReport(key, report, /*with_texts=*/false);
  if (!without) return;
  if (parts_.database != nullptr) parts_.database->Put(key, *without);
  if (parts_.memory == nullptr) return;
  if (!texts) {
    parts_.memory->Put(key, *without);
  } else if (const auto with = EncodeReport(key, report, /*with_texts=*/true)) {
    parts_.memory->Put(key, *with);
  }
}

void CachingDetector::Count(CacheAnswer answer) {
  ++answers_.at(static_cast<size_t>(answer));
}

CacheCounts CachingDetector::counts() const {
  CacheCounts counts;
  for (size_t i = 0; i < answers_.size(); ++i) counts.answers[i] = answers_[i];
  counts.broken = broken_;
  return counts;
}

}  // namespace burntin
