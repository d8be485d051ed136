// Records of reports in this process's memory.
#ifndef BURNTIN_SERVER_REPORT_CACHE_MEMORY_TIER_H_
#define BURNTIN_SERVER_REPORT_CACHE_MEMORY_TIER_H_

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

#include "detector/base/mutex.h"
#include "server/report_cache/report_tier.h"

namespace burntin {

class MemoryTier final : public ReportTier {
 public:
  // Keeping one record takes about so many bytes beside the record.
  static constexpr int64_t kBytesBeside = 320;

  explicit MemoryTier(int64_t most_bytes) : most_bytes_(most_bytes) {}

  std::optional<std::string> Find(const std::string& key) override;
  void Put(const std::string& key, const std::string& record) override;
  void Remove(const std::string& key) override;
  TierCounts counts() const override;

 private:
  struct Entry {
    std::string key;
    std::string record;
  };
  using Entries = std::list<Entry>;  // the least recently used first

  void Forget(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int64_t most_bytes_;
  mutable Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);
  std::unordered_map<std::string, Entries::iterator> by_key_
      ABSL_GUARDED_BY(mutex_);
  TierCounts counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_MEMORY_TIER_H_
