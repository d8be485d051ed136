// Limits that keep an execution of a fuzz target short.
#ifndef BURNTIN_TESTS_FUZZ_FUZZ_LIMITS_H_
#define BURNTIN_TESTS_FUZZ_FUZZ_LIMITS_H_

#include <cstdint>

namespace burntin {

inline constexpr int64_t kFuzzPixels = 1 << 18;
inline constexpr int kFuzzFrames = 16;
inline constexpr int64_t kFuzzFileBytes = 1 << 22;

}  // namespace burntin

#endif  // BURNTIN_TESTS_FUZZ_FUZZ_LIMITS_H_
