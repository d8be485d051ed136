#include <algorithm>

#include "tests/testutil/stream_maker.h"

namespace burntin {

Samples MakeSamples(int rows, int columns, int channels, int precision,
                    bool is_signed) {
  Samples samples{rows, columns, channels, precision, is_signed, {}};
  const int64_t most = (int64_t{1} << precision) - 1;
  const int64_t lowest = is_signed ? -(most + 1) / 2 : 0;
  uint32_t noise = 1;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      for (int channel = 0; channel < channels; ++channel) {
        noise = noise * 1664525 + 1013904223;
        const int64_t ramp =
            most * (channel == 1 ? y : x) / std::max(1, columns + rows - 2);
        const int64_t value = noise % 16 == 0 ? noise : ramp + channel;
        samples.values.push_back(static_cast<int32_t>(lowest + (value & most)));
      }
    }
  }
  // Both ends of the range.
  samples.values.front() = static_cast<int32_t>(lowest);
  samples.values.back() = static_cast<int32_t>(lowest + most);
  return samples;
}

}  // namespace burntin
