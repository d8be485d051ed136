// Where the picture of a finding comes from.
#ifndef BURNTIN_SERVER_QUARANTINE_EVIDENCE_SOURCE_H_
#define BURNTIN_SERVER_QUARANTINE_EVIDENCE_SOURCE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.pb.h"

namespace burntin {

struct Evidence {
  std::string png;      // PHI; at most 3 MiB
  int frame_index = 0;  // counted from 0
  double scale = 1;     // (0, 1]: picture pixels for each stored pixel
};

// Any number of threads may call at the same time.
class EvidenceSource {
 public:
  virtual ~EvidenceSource() = default;

  // The frame with the boxes of all findings on it drawn; by default the first
  // that shows `finding`. `max_side` >= 1. EVIDENCE_UNAVAILABLE if the pixels
  // cannot be read, INVALID_ARGUMENT if there is no such frame.
  virtual absl::StatusOr<Evidence> Render(const v1::Case& quarantine_case,
                                          const v1::Finding& finding,
                                          std::optional<int> frame_index,
                                          int max_side) = 0;
};

// Reads no pixels: what a server has that was told of no archive. Without
// pictures nothing that has some can be released.
class NoEvidence final : public EvidenceSource {
 public:
  absl::StatusOr<Evidence> Render(const v1::Case& quarantine_case,
                                  const v1::Finding& finding,
                                  std::optional<int> frame_index,
                                  int max_side) override;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_EVIDENCE_SOURCE_H_
