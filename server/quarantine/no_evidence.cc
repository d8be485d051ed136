#include "detector/base/error.h"
#include "server/quarantine/evidence_source.h"

namespace burntin {

absl::StatusOr<Evidence> NoEvidence::Render(const v1::Case& /*quarantine_case*/,
                                            const v1::Finding& /*finding*/,
                                            std::optional<int> /*frame_index*/,
                                            int /*max_side*/) {
  return Error(Reason::kEvidenceUnavailable,
               "This server cannot read the archive's pixels. Look at the "
               "object in its archive; keep the case.");
}

}  // namespace burntin
