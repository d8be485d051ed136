// A pool whose workers do what their scripts say.
#ifndef BURNTIN_TESTS_DETECTOR_ISOLATION_WORKER_POOL_FIXTURE_H_
#define BURNTIN_TESTS_DETECTOR_ISOLATION_WORKER_POOL_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "detector/isolation/worker_pool.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

inline constexpr DicomLimits kLimits = {
    .file_bytes = 1 << 20, .pixels_per_frame = 1'000'000, .frames = 100};

class WorkerPoolTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<WorkerPool>> TryToCreate() {
    return WorkerPool::Create(options_);
  }
  std::unique_ptr<WorkerPool> Create() {
    auto pool = TryToCreate();
    EXPECT_THAT(pool, IsOk());
    return *std::move(pool);
  }
  absl::StatusOr<std::unique_ptr<DicomObject>> Open(WorkerPool& pool,
                                                    const std::string& script) {
    const std::string name = "object" + std::to_string(objects_++);
    return pool.Open(folder_.Write(name, script), kLimits);
  }

  const TempDir folder_;
  WorkerPoolOptions options_{.program = SCRIPTED_DECODER,
                             .memory_bytes = int64_t{1} << 30};
  std::atomic<int> objects_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_ISOLATION_WORKER_POOL_FIXTURE_H_
