// phi: says whether the words on a plane identify a person, by the header's
// own identifiers, by the shape of dates and numbers, and by a vocabulary of
// words that are known to say nothing about anybody.
#ifndef BURNTIN_DETECTOR_PHI_MATCHER_H_
#define BURNTIN_DETECTOR_PHI_MATCHER_H_

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "detector/base/header.h"
#include "detector/base/region.h"
#include "detector/phi/benign_vocabulary.h"

namespace burntin {

struct HeaderTerms;

// What a matcher looks for on all planes of one object. Holds identifying
// text. Immutable, so any number of threads may use one object.
class PreparedHeader {
 public:
  // `terms` are those of `header`, or null for a matcher that needs none.
  // `is_complete`: all that the header says of people is looked for.
  explicit PreparedHeader(Header header,
                          std::shared_ptr<const HeaderTerms> terms = nullptr,
                          bool is_complete = true)
      : header_(std::move(header)),
        terms_(std::move(terms)),
        is_complete_(is_complete) {}

  const Header& header() const { return header_; }
  const HeaderTerms* terms() const { return terms_.get(); }
  // False: text that is benign by itself may still repeat the header, so an
  // object with this header is not fully inspected.
  bool is_complete() const { return is_complete_; }

 private:
  Header header_;
  std::shared_ptr<const HeaderTerms> terms_;
  bool is_complete_;
};

// Immutable once made, so any number of threads may use one object.
class PhiMatcher {
 public:
  // Compiles the patterns and the benign vocabulary; some tens of
  // milliseconds.
  static std::unique_ptr<PhiMatcher> Create();
  // The same with a vocabulary of the caller's, as `BenignVocabulary::ForSite`
  // makes it.
  static std::unique_ptr<PhiMatcher> Create(BenignVocabulary vocabulary);

  virtual ~PhiMatcher() = default;

  // One match for each region, in their order. `regions` are those of one
  // plane, whose reading order they need not follow: words of one identifier
  // may be spread over neighbouring boxes. A region whose readings are all
  // empty or doubtful is kUnreadable, never kBenign.
  virtual std::vector<Match> MatchPlane(std::span<const TextRegion> regions,
                                        const Header& header) const = 0;

  // For an object of many planes: the work on the header is done once, and
  // MatchPrepared then gives what MatchPlane gives for that header.
  virtual PreparedHeader Prepare(const Header& header) const {
    return PreparedHeader(header);
  }
  virtual std::vector<Match> MatchPrepared(
      std::span<const TextRegion> regions,
      const PreparedHeader& prepared) const {
    return MatchPlane(regions, prepared.header());
  }
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_MATCHER_H_
