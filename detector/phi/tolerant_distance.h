// Compares text with what a recogniser made of it: an edit distance in which
// characters that look alike are cheap to exchange.
#ifndef BURNTIN_DETECTOR_PHI_TOLERANT_DISTANCE_H_
#define BURNTIN_DETECTOR_PHI_TOLERANT_DISTANCE_H_

#include <optional>
#include <string_view>

namespace burntin {

// What one exchange of look-alikes costs, as in 0/O or rn/m. Any other
// exchange, a lost or an added character costs 1.
inline constexpr double kLookalikeCost = 0.25;

struct TolerantHit {
  double distance = 0;  // >= 0; 0 when the characters are the same
  int begin = 0;        // characters [begin, end) of the searched text
  int end = 0;
};

// The place in `text` that is nearest to `pattern`, when its distance is at
// most `limit`. Both are folded and compact (normalize.h). Time and memory
// grow with pattern.size() * text.size().
std::optional<TolerantHit> TolerantFind(std::string_view pattern,
                                        std::string_view text, double limit);

// The distance between the whole of `a` and the whole of `b`.
double TolerantDistance(std::string_view a, std::string_view b);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_TOLERANT_DISTANCE_H_
