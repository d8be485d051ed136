// One error type for the whole project: an `absl::Status` whose code is
// canonical, whose reason is one row of a table, and whose message is a
// sentence that says what to do next. Messages never hold PHI.
#ifndef BURNTIN_DETECTOR_BASE_ERROR_H_
#define BURNTIN_DETECTOR_BASE_ERROR_H_

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace burntin {

// Why something was refused, or was not fully inspected, or was held. The
// spelling of a reason (`ReasonName`) is API: proto/README.md lists each.
enum class Reason {
  // An object was not fully inspected.
  kNotDicom,
  kFileEmpty,
  kFileTruncated,
  kFileMalformed,
  kFileUnreadable,
  kFileTooLarge,
  kNoPixelData,
  kUnsupportedTransferSyntax,
  kUnsupportedPixelLayout,
  kUnsupportedPlace,
  kPixelDataTruncated,
  kFrameDecodeFailed,
  kSuspiciousPixels,
  kDecoderCrashed,
  kDecoderTimedOut,
  kFrameLimitExceeded,
  kPixelLimitExceeded,
  kModelNotLoaded,
  kEngineFailed,
  kCancelled,
  kDeadlineExceeded,
  kInternalFailure,
  // An object was inspected and held for what its pixels show.
  kHeaderMatch,
  kIdentifyingPattern,
  kUnprovenText,
  kUnreadableText,
  kBurnedInAnnotationYes,
  // A session was routed.
  kProtocolMissing,
  kProtocolOutdated,
  kSessionIncomplete,
  kSessionInconsistent,
  kInstanceNotInspected,
  kInspectionNeeded,
  kProtocolRule,
  kNoRuleMatched,
  kSessionWouldSplit,
  // A remote call was refused.
  kUploadHeaderMissing,
  kUploadHeaderRepeated,
  kUploadSizeMissing,
  kUploadTooLarge,
  kUploadChunkTooLarge,
  kUploadIncomplete,
  kUploadOverrun,
  kServerStarting,
  kServerDraining,
  kTooManyRequests,
  kNotImplemented,
  kTextNotAllowed,
  // A caller was refused.
  kCredentialsInvalid,
  kRoleMissing,
  kTooManyFailures,
  // A session in XNAT could not be found, moved or written to.
  kSessionNotFound,
  kSessionElsewhere,
  kTargetProjectUnknown,
  kLabelConflict,
  kXnatRefused,
  kXnatUnavailable,
  // A call about a session in quarantine was refused, or its ledger failed.
  kCaseNotFound,
  kFindingNotFound,
  kEvidenceUnavailable,
  kCaseAlreadyDecided,
  kCaseChanged,
  kFindingsNotAcknowledged,
  kEvidenceNotShown,
  kFindingsTruncated,
  kSecondApproverNeeded,
  kTargetDiffers,
  kLedgerUnavailable,
  kLedgerSchemaMismatch,
  kLedgerDamaged,
  // A program was called wrongly.
  kInvalidArgument,
};

// Every reason, in the order above.
std::vector<Reason> AllReasons();

// The reason's name on the wire, UPPER_SNAKE.
std::string_view ReasonName(Reason reason);

// The reason with this name; nothing for any other text.
std::optional<Reason> ReasonFromName(std::string_view name);

// The canonical code that an error with this reason carries.
absl::StatusCode ReasonCode(Reason reason);

// An error status; `message` is a sentence with a next step.
absl::Status Error(Reason reason, std::string_view message);

// The reason of a status made by `Error`; nothing for any other status.
std::optional<Reason> ReasonOf(const absl::Status& status);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_ERROR_H_
