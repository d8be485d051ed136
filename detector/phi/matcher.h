// phi: says whether the words on a plane identify a person, by the header's
// own identifiers, by the shape of dates and numbers, and by a vocabulary of
// words that are known to say nothing about anybody.
#ifndef BURNTIN_DETECTOR_PHI_MATCHER_H_
#define BURNTIN_DETECTOR_PHI_MATCHER_H_

#include <memory>
#include <span>
#include <vector>

#include "detector/base/header.h"
#include "detector/base/region.h"

namespace burntin {

// Immutable once made, so any number of threads may use one object.
class PhiMatcher {
 public:
  // Compiles the patterns and the benign vocabulary; some tens of
  // milliseconds.
  static std::unique_ptr<PhiMatcher> Create();

  virtual ~PhiMatcher() = default;

  // One match for each region, in their order. `regions` are those of one
  // plane, whose reading order they need not follow: words of one identifier
  // may be spread over neighbouring boxes. A region whose readings are all
  // empty or doubtful is kUnreadable, never kBenign.
  virtual std::vector<Match> MatchPlane(std::span<const TextRegion> regions,
                                        const Header& header) const = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_MATCHER_H_
