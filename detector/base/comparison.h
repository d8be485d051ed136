// With what a picture is compared, so that only what is new on it is looked at.
#ifndef BURNTIN_DETECTOR_BASE_COMPARISON_H_
#define BURNTIN_DETECTOR_BASE_COMPARISON_H_

#include <optional>
#include <string_view>

namespace burntin {

enum class Comparison {
  kNothing,  // every picture is looked at in full
  kFrames,   // with the frames before it of its own object
  kSeries,   // the only picture of an object also with others of its series
};

// What people call it: "nothing", "frames" or "series".
inline std::optional<Comparison> ParseComparison(std::string_view name) {
  if (name == "nothing") return Comparison::kNothing;
  if (name == "frames") return Comparison::kFrames;
  if (name == "series") return Comparison::kSeries;
  return std::nullopt;
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_COMPARISON_H_
