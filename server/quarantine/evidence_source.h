// Where the picture of a finding comes from.
#ifndef BURNTIN_SERVER_QUARANTINE_EVIDENCE_SOURCE_H_
#define BURNTIN_SERVER_QUARANTINE_EVIDENCE_SOURCE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "server/ledger/records.h"

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
  // that shows `finding`, which is one of the case's. `max_side` >= 1.
  // EVIDENCE_UNAVAILABLE if it cannot be shown.
  virtual absl::StatusOr<Evidence> Render(const CaseFile& file,
                                          const v1::Finding& finding,
                                          std::optional<int> frame_index,
                                          int max_side) = 0;

  // Whether the picture of each of the case's findings that has one is still
  // there and as it was, so that what an admin decides by can be looked at
  // later. Else EVIDENCE_UNAVAILABLE.
  virtual absl::Status CheckKept(const CaseFile& file) = 0;
};

// Has no pictures: what a server has that keeps none. Without them nothing that
// has some can be released.
class NoEvidence final : public EvidenceSource {
 public:
  absl::StatusOr<Evidence> Render(const CaseFile& file,
                                  const v1::Finding& finding,
                                  std::optional<int> frame_index,
                                  int max_side) override;
  absl::Status CheckKept(const CaseFile& file) override;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_EVIDENCE_SOURCE_H_
