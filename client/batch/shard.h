// Which parts of a batch one task works on. Pure.
#ifndef BURNTIN_CLIENT_BATCH_SHARD_H_
#define BURNTIN_CLIENT_BATCH_SHARD_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace burntin {

// Task `index` of `count` tasks has the parts whose number leaves `index` when
// divided by `count`. Each part belongs to exactly one task, whatever `count`
// is, so a batch may be gone on with by another number of tasks.
struct Shard {
  int64_t index = 0;  // [0, count)
  int64_t count = 1;  // >= 1

  bool Has(int64_t part) const { return part % count == index; }
};

// Reads "INDEX/COUNT", as in "0/4". Fails with INVALID_ARGUMENT.
absl::StatusOr<Shard> ParseShard(const std::string& text);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_SHARD_H_
