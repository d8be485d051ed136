// Where records of reports are kept: in memory, and in a database.
#ifndef BURNTIN_SERVER_REPORT_CACHE_REPORT_TIER_H_
#define BURNTIN_SERVER_REPORT_CACHE_REPORT_TIER_H_

#include <cstdint>
#include <optional>
#include <string>

namespace burntin {

struct TierCounts {
  int64_t reports = 0;   // that are kept now
  int64_t bytes = 0;     // that they take, with what keeping them takes
  int64_t evicted = 0;   // since the start, to make room
  int64_t failures = 0;  // since the start, of what keeps them
};

// Holds so many bytes at most; when it is full the least recently used go
// first. What cannot be kept or found is no error: it is inspected again. A
// record is any bytes; a key has 64 hexadecimal digits. Any number of threads
// may call at the same time.
class ReportTier {
 public:
  virtual ~ReportTier() = default;

  // The record of this key, which counts as used now; nothing if there is none.
  virtual std::optional<std::string> Find(const std::string& key) = 0;

  // Keeps a record in the place of any other of this key. It counts as used
  // now. One that is larger than all there is room for is not kept.
  virtual void Put(const std::string& key, const std::string& record) = 0;

  virtual void Remove(const std::string& key) = 0;

  virtual TierCounts counts() const = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_REPORT_TIER_H_
