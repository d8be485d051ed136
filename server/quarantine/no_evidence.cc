#include "detector/base/error.h"
#include "server/quarantine/evidence_source.h"

namespace burntin {
namespace {

absl::Status KeepsNone() {
  return Error(Reason::kEvidenceUnavailable,
               "This server keeps no pictures. Set evidence.directory, and "
               "have the session inspected and decided again; keep the case "
               "otherwise.");
}

}  // namespace

absl::StatusOr<Evidence> NoEvidence::Render(const CaseFile& /*file*/,
                                            const v1::Finding& /*finding*/,
                                            std::optional<int> /*frame_index*/,
                                            int /*max_side*/) {
  return KeepsNone();
}

absl::Status NoEvidence::CheckKept(const CaseFile& file) {
  const bool has_none =
      file.findings_without_picture.size() ==
      static_cast<size_t>(file.quarantine_case.findings_size());
  return has_none ? absl::OkStatus() : KeepsNone();
}

}  // namespace burntin
