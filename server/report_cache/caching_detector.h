// report_cache: reports that were made before, found by all that they depend
// on, so that nothing is inspected twice.
//
// A report is found by the object's bytes and the detector's fingerprint, and
// by nothing else (report_key.h): what sessions are routed by, a protocol for
// example, is no part of it, so that a report outlives each change of that and
// only decisions are made anew. Kept are reports of objects that were inspected
// in full and whose report would come out the same
// (InstanceReport::repeatable). All others, INDETERMINATE ones without
// exception, are made again each time: what stopped the inspection, memory or
// time or a decoder, may not do so again.
//
// PHI: records hold values of the header that a report shows or rules look at,
// never the patient's identifiers. Recognised texts stay in memory, and only if
// they were asked for; who asks for texts that were not kept has the object
// inspected. A record is sealed to its key by a digest, which finds damage;
// whoever may write to the database can forge one, as they can anything else in
// it.
#ifndef BURNTIN_SERVER_REPORT_CACHE_CACHING_DETECTOR_H_
#define BURNTIN_SERVER_REPORT_CACHE_CACHING_DETECTOR_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "detector/detector.h"
#include "server/report_cache/flights.h"
#include "server/report_cache/report_record.h"
#include "server/report_cache/report_tier.h"

namespace burntin {

struct ReportCacheParts {
  // Null: there is none. What is found in the database is kept in memory, too.
  std::unique_ptr<ReportTier> memory;
  std::unique_ptr<ReportTier> database;
  // Whether a file may change while it is inspected. Then its bytes are looked
  // at again before its report is kept.
  bool files_may_change = true;
};

// Where a report came from.
enum class CacheAnswer {
  kMemory,
  kDatabase,
  kShared,     // waited for another's inspection of equal bytes
  kInspected,  // nothing was found
  kWithout,    // there is no key: the file cannot be read, or no fingerprint
};
inline constexpr int kCacheAnswers = 5;

struct CacheCounts {
  std::array<int64_t, kCacheAnswers> answers = {};  // by the enum's number
  int64_t broken = 0;  // records that were damaged, and removed
};

// Asks `detector` for what was not asked before. All of it is a detector:
// answers are equal but for `from_cache`, `timings` and, in reports from the
// cache, the header's identifiers. `progress` is not called where nothing is
// inspected.
class CachingDetector final : public Detector {
 public:
  CachingDetector(std::unique_ptr<Detector> detector, ReportCacheParts parts);

  InstanceReport Inspect(const std::string& path,
                         const InspectOptions& options) override;

  std::vector<ModelVersion> models() const override {
    return detector_->models();
  }
  std::string fingerprint() const override { return fingerprint_; }

  CacheCounts counts() const;
  // Null where there is none.
  const ReportTier* memory() const { return parts_.memory.get(); }
  const ReportTier* database() const { return parts_.database.get(); }

 private:
  InstanceReport InspectOrThrow(const std::string& path,
                                const InspectOptions& options);
  InstanceReport FindOrInspect(const std::string& key, const std::string& path,
                               const InspectOptions& options);
  InstanceReport Lead(const std::string& key, const std::string& path,
                      const InspectOptions& options, Flights::Ticket* ticket);
  // With texts if `texts`, which only memory may have.
  std::optional<DecodedReport> Find(const std::string& key, bool texts);
  std::optional<DecodedReport> FindIn(ReportTier* tier, const std::string& key);
  void Keep(const std::string& key, const InstanceReport& report, bool texts);
  void Count(CacheAnswer answer);

  const std::unique_ptr<Detector> detector_;
  const ReportCacheParts parts_;
  const std::string fingerprint_;
  Flights flights_;
  std::array<std::atomic<int64_t>, kCacheAnswers> answers_ = {};
  std::atomic<int64_t> broken_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_CACHING_DETECTOR_H_
