// Lookup tables and palettes out of their attributes' words.
#ifndef BURNTIN_DETECTOR_VIEWS_PALETTE_H_
#define BURNTIN_DETECTOR_VIEWS_PALETTE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/views/views.h"

namespace burntin {

// A table of `descriptor`'s three values (PS3.3 C.7.6.3.1.5): the number of
// entries (0 stands for 65536), the first mapped value (in two's complement
// if `is_signed`) and the bits of an entry. `data` holds an entry in each
// word or, for 8 bits, perhaps two. FILE_MALFORMED when they do not fit.
absl::StatusOr<LookUpTable> MakeLookUpTable(
    absl::Span<const uint16_t> descriptor, bool is_signed,
    absl::Span<const uint16_t> data);

// The entries that segments stand for (PS3.3 C.7.9.2), 65536 at most.
// FILE_MALFORMED for segments that are cut, refer to none, or make more.
absl::StatusOr<std::vector<uint16_t>> ExpandSegments(
    absl::Span<const uint16_t> segments);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_PALETTE_H_
