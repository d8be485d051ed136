// reports: the reports that this server made, for those who decide by them.
#ifndef BURNTIN_SERVER_REPORTS_REPORT_STORE_H_
#define BURNTIN_SERVER_REPORTS_REPORT_STORE_H_

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "burntin/v1/report.pb.h"
#include "detector/base/mutex.h"
#include "server/ledger/records.h"
#include "server/routing/decide_session.h"

namespace burntin {

// A picture that was kept of an object's findings.
struct KeptPicture {
  EvidenceReference reference;
  std::vector<int> regions;      // those of the report that it is of, ascending
  bool of_whole_object = false;  // stands for the object as a whole, too
};

// One object's report.
struct StoredReport {
  std::string sha256;   // of the object's bytes
  InstanceFacts facts;  // its assessment is always set
  // As it was sent, but without `path` and without recognised text.
  v1::InstanceReport report;
  std::vector<KeptPicture> pictures;
};

// Any number of threads may call at the same time.
class ReportStore {
 public:
  virtual ~ReportStore() = default;

  // Keeps `report` as the latest of its object, unless these bytes have one
  // that was inspected in full and this one is INDETERMINATE. One without SOP
  // Instance UID cannot be asked for and is not kept.
  virtual void Put(StoredReport report) = 0;

  // The latest report on exactly these bytes, under this UID. With an empty
  // `sha256` that of the only bytes known under it; of several the worst
  // counts, and none does if they differ in study or in what rules look at.
  // Null if there is none.
  virtual std::shared_ptr<const StoredReport> Find(
      const std::string& sop_instance_uid, const std::string& sha256) const = 0;

  // SOP Instance UIDs of the objects of this study that have a report.
  virtual std::set<std::string> ObjectsOf(
      const std::string& study_instance_uid) const = 0;
};

// Lives in memory. When it is full it forgets the oldest, so that their
// objects count as not inspected.
class MemoryReportStore final : public ReportStore {
 public:
  // Holds about so many bytes.
  explicit MemoryReportStore(int64_t most_bytes) : most_bytes_(most_bytes) {}

  void Put(StoredReport report) override;
  std::shared_ptr<const StoredReport> Find(
      const std::string& sop_instance_uid,
      const std::string& sha256) const override;
  std::set<std::string> ObjectsOf(
      const std::string& study_instance_uid) const override;

  int64_t bytes() const;

 private:
  struct Entry {
    std::shared_ptr<const StoredReport> report;
    int64_t bytes = 0;
  };
  using Entries = std::list<Entry>;  // the oldest first

  void Forget(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int64_t most_bytes_;
  mutable Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);
  // By SOP Instance UID, the oldest first.
  std::unordered_map<std::string, std::vector<Entries::iterator>> by_uid_
      ABSL_GUARDED_BY(mutex_);
  // By Study Instance UID: how many entries each SOP Instance UID has.
  std::unordered_map<std::string, std::map<std::string, int>> by_study_
      ABSL_GUARDED_BY(mutex_);
  int64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORTS_REPORT_STORE_H_
