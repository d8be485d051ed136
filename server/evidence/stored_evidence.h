// Shows the pictures that were kept with a case.
#ifndef BURNTIN_SERVER_EVIDENCE_STORED_EVIDENCE_H_
#define BURNTIN_SERVER_EVIDENCE_STORED_EVIDENCE_H_

#include <utility>

#include "server/evidence/evidence_store.h"
#include "server/evidence/picture_taker.h"
#include "server/quarantine/evidence_source.h"

namespace burntin {

class StoredEvidence final : public EvidenceSource {
 public:
  // Does not own the store, which outlives it.
  StoredEvidence(EvidenceStore* store, PictureShrinker shrink)
      : store_(store), shrink_(std::move(shrink)) {}

  // One frame of each finding was kept, so that no other can be shown.
  absl::StatusOr<Evidence> Render(const CaseFile& file,
                                  const v1::Finding& finding,
                                  std::optional<int> frame_index,
                                  int max_side) override;

  absl::Status CheckKept(const CaseFile& file) override;

 private:
  EvidenceStore* const store_;
  const PictureShrinker shrink_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_EVIDENCE_STORED_EVIDENCE_H_
