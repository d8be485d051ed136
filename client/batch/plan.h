// batch: answers for the instances of an archive, in any number of runs and
// tasks, each instance once. This header: the plan, which never changes once
// it is there.
//
// A batch is a folder, which its owner alone may read, since it holds paths:
//   plan.json       how many instances there are; it is written last
//   manifest.tsv    one instance a line, in the order of the walk
//   manifest.index  where each part begins in it, and the part's checksum
//   parts/*.log     the answers, see part_log.h
// A part is a run of `part_size` instances. Parts are the unit of work, of
// locking and of sharing among tasks.
#ifndef BURNTIN_CLIENT_BATCH_PLAN_H_
#define BURNTIN_CLIENT_BATCH_PLAN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/walk/walk.h"

namespace burntin {

struct Plan {
  int64_t instances = 0;
  int64_t bytes = 0;      // of all instances, when they were planned
  int64_t skipped = 0;    // files that are not DICOM
  int64_t part_size = 0;  // instances of each part but the last, >= 1
  std::string id;         // 8 hexadecimal digits; names the manifest's content

  int64_t parts() const { return (instances + part_size - 1) / part_size; }
  // Number of instances of `part`, in [0, parts()).
  int64_t SizeOf(int64_t part) const;
};

// Lists what is at and below `paths` into the folder `batch`, which is made.
// Paths become absolute. `planned` is called after each instance with their
// number so far. Memory does not grow with the number of instances. Fails with
// INVALID_ARGUMENT if there is a plan already, a path does not exist, nothing
// was found or the folder cannot be written. What a plan left that was cut off
// is overwritten.
absl::StatusOr<Plan> WritePlan(const std::string& batch,
                               const std::vector<std::string>& paths,
                               int64_t part_size,
                               const LooksLikeDicomFunction& looks_like_dicom,
                               const std::function<void(int64_t)>& planned);

// Fails with INVALID_ARGUMENT if `batch` holds no whole plan.
absl::StatusOr<Plan> ReadPlan(const std::string& batch);

// The instances of `part`, in [0, plan.parts()). Takes time by the size of the
// part, not of the plan. Fails with INVALID_ARGUMENT if the manifest is not the
// one that was planned.
absl::StatusOr<std::vector<FoundFile>> ReadPart(const std::string& batch,
                                                const Plan& plan, int64_t part);

// The file with the answers of `part`.
std::string PartLogPath(const std::string& batch, int64_t part);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_PLAN_H_
