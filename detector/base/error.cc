#include "detector/base/error.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "absl/strings/cord.h"

namespace burntin {
namespace {

constexpr char kPayloadUrl[] = "burntin.v1.Reason";

struct Row {
  Reason reason;
  std::string_view name;
  absl::StatusCode code;
};

using absl::StatusCode;

constexpr Row kTable[] = {
    {Reason::kNotDicom, "NOT_DICOM", StatusCode::kInvalidArgument},
    {Reason::kFileEmpty, "FILE_EMPTY", StatusCode::kInvalidArgument},
    {Reason::kFileTruncated, "FILE_TRUNCATED", StatusCode::kDataLoss},
    {Reason::kFileMalformed, "FILE_MALFORMED", StatusCode::kInvalidArgument},
    {Reason::kFileUnreadable, "FILE_UNREADABLE", StatusCode::kNotFound},
    {Reason::kFileTooLarge, "FILE_TOO_LARGE", StatusCode::kResourceExhausted},
    {Reason::kNoPixelData, "NO_PIXEL_DATA", StatusCode::kFailedPrecondition},
    {Reason::kUnsupportedTransferSyntax, "UNSUPPORTED_TRANSFER_SYNTAX",
     StatusCode::kUnimplemented},
    {Reason::kUnsupportedPixelLayout, "UNSUPPORTED_PIXEL_LAYOUT",
     StatusCode::kUnimplemented},
    {Reason::kUnsupportedPlace, "UNSUPPORTED_PLACE",
     StatusCode::kUnimplemented},
    {Reason::kPixelDataTruncated, "PIXEL_DATA_TRUNCATED",
     StatusCode::kDataLoss},
    {Reason::kFrameDecodeFailed, "FRAME_DECODE_FAILED", StatusCode::kDataLoss},
    {Reason::kSuspiciousPixels, "SUSPICIOUS_PIXELS", StatusCode::kDataLoss},
    {Reason::kDecoderCrashed, "DECODER_CRASHED", StatusCode::kInternal},
    {Reason::kDecoderTimedOut, "DECODER_TIMED_OUT",
     StatusCode::kDeadlineExceeded},
    {Reason::kFrameLimitExceeded, "FRAME_LIMIT_EXCEEDED",
     StatusCode::kResourceExhausted},
    {Reason::kPixelLimitExceeded, "PIXEL_LIMIT_EXCEEDED",
     StatusCode::kResourceExhausted},
    {Reason::kModelNotLoaded, "MODEL_NOT_LOADED",
     StatusCode::kFailedPrecondition},
    {Reason::kEngineFailed, "ENGINE_FAILED", StatusCode::kInternal},
    {Reason::kCancelled, "CANCELLED", StatusCode::kCancelled},
    {Reason::kDeadlineExceeded, "DEADLINE_EXCEEDED",
     StatusCode::kDeadlineExceeded},
    {Reason::kInternalFailure, "INTERNAL_FAILURE", StatusCode::kInternal},
    {Reason::kHeaderMatch, "HEADER_MATCH", StatusCode::kOk},
    {Reason::kIdentifyingPattern, "IDENTIFYING_PATTERN", StatusCode::kOk},
    {Reason::kUnprovenText, "UNPROVEN_TEXT", StatusCode::kOk},
    {Reason::kUnreadableText, "UNREADABLE_TEXT", StatusCode::kOk},
    {Reason::kBurnedInAnnotationYes, "BURNED_IN_ANNOTATION_YES",
     StatusCode::kOk},
    {Reason::kProtocolMissing, "PROTOCOL_MISSING", StatusCode::kOk},
    {Reason::kProtocolOutdated, "PROTOCOL_OUTDATED", StatusCode::kOk},
    // Also why a session that is clear is not moved.
    {Reason::kSessionIncomplete, "SESSION_INCOMPLETE",
     StatusCode::kFailedPrecondition},
    {Reason::kSessionInconsistent, "SESSION_INCONSISTENT", StatusCode::kOk},
    {Reason::kInstanceNotInspected, "INSTANCE_NOT_INSPECTED", StatusCode::kOk},
    {Reason::kInspectionNeeded, "INSPECTION_NEEDED", StatusCode::kOk},
    {Reason::kProtocolRule, "PROTOCOL_RULE", StatusCode::kOk},
    {Reason::kNoRuleMatched, "NO_RULE_MATCHED", StatusCode::kOk},
    {Reason::kSessionWouldSplit, "SESSION_WOULD_SPLIT", StatusCode::kOk},
    {Reason::kUploadHeaderMissing, "UPLOAD_HEADER_MISSING",
     StatusCode::kInvalidArgument},
    {Reason::kUploadHeaderRepeated, "UPLOAD_HEADER_REPEATED",
     StatusCode::kInvalidArgument},
    {Reason::kUploadSizeMissing, "UPLOAD_SIZE_MISSING",
     StatusCode::kInvalidArgument},
    {Reason::kUploadTooLarge, "UPLOAD_TOO_LARGE",
     StatusCode::kResourceExhausted},
    {Reason::kUploadChunkTooLarge, "UPLOAD_CHUNK_TOO_LARGE",
     StatusCode::kInvalidArgument},
    {Reason::kUploadIncomplete, "UPLOAD_INCOMPLETE", StatusCode::kDataLoss},
    {Reason::kUploadOverrun, "UPLOAD_OVERRUN", StatusCode::kInvalidArgument},
    {Reason::kServerStarting, "SERVER_STARTING", StatusCode::kUnavailable},
    {Reason::kServerDraining, "SERVER_DRAINING", StatusCode::kUnavailable},
    {Reason::kTooManyRequests, "TOO_MANY_REQUESTS",
     StatusCode::kResourceExhausted},
    {Reason::kNotImplemented, "NOT_IMPLEMENTED", StatusCode::kUnimplemented},
    {Reason::kTextNotAllowed, "TEXT_NOT_ALLOWED",
     StatusCode::kPermissionDenied},
    {Reason::kCredentialsInvalid, "CREDENTIALS_INVALID",
     StatusCode::kUnauthenticated},
    {Reason::kRoleMissing, "ROLE_MISSING", StatusCode::kPermissionDenied},
    {Reason::kTooManyFailures, "TOO_MANY_FAILURES",
     StatusCode::kResourceExhausted},
    {Reason::kSessionNotFound, "SESSION_NOT_FOUND", StatusCode::kNotFound},
    {Reason::kSessionElsewhere, "SESSION_ELSEWHERE",
     StatusCode::kFailedPrecondition},
    {Reason::kTargetProjectUnknown, "TARGET_PROJECT_UNKNOWN",
     StatusCode::kFailedPrecondition},
    {Reason::kLabelConflict, "LABEL_CONFLICT", StatusCode::kAlreadyExists},
    {Reason::kXnatRefused, "XNAT_REFUSED", StatusCode::kFailedPrecondition},
    {Reason::kXnatUnavailable, "XNAT_UNAVAILABLE", StatusCode::kUnavailable},
    {Reason::kCaseNotFound, "CASE_NOT_FOUND", StatusCode::kNotFound},
    {Reason::kFindingNotFound, "FINDING_NOT_FOUND", StatusCode::kNotFound},
    {Reason::kEvidenceUnavailable, "EVIDENCE_UNAVAILABLE",
     StatusCode::kFailedPrecondition},
    {Reason::kCaseAlreadyDecided, "CASE_ALREADY_DECIDED",
     StatusCode::kFailedPrecondition},
    {Reason::kCaseChanged, "CASE_CHANGED", StatusCode::kAborted},
    {Reason::kFindingsNotAcknowledged, "FINDINGS_NOT_ACKNOWLEDGED",
     StatusCode::kFailedPrecondition},
    {Reason::kEvidenceNotShown, "EVIDENCE_NOT_SHOWN",
     StatusCode::kFailedPrecondition},
    {Reason::kFindingsTruncated, "FINDINGS_TRUNCATED",
     StatusCode::kFailedPrecondition},
    {Reason::kSecondApproverNeeded, "SECOND_APPROVER_NEEDED",
     StatusCode::kFailedPrecondition},
    {Reason::kTargetDiffers, "TARGET_DIFFERS", StatusCode::kFailedPrecondition},
    {Reason::kLedgerUnavailable, "LEDGER_UNAVAILABLE",
     StatusCode::kUnavailable},
    {Reason::kLedgerSchemaMismatch, "LEDGER_SCHEMA_MISMATCH",
     StatusCode::kFailedPrecondition},
    {Reason::kLedgerDamaged, "LEDGER_DAMAGED", StatusCode::kDataLoss},
    {Reason::kInvalidArgument, "INVALID_ARGUMENT",
     StatusCode::kInvalidArgument},
};

// A row for each reason, in the order of the enum, so that a reason is the
// number of its row.
constexpr bool IsInOrder() {
  for (size_t i = 0; i < std::size(kTable); ++i) {
    if (static_cast<size_t>(kTable[i].reason) != i) return false;
  }
  return std::size(kTable) == static_cast<size_t>(Reason::kInvalidArgument) + 1;
}
static_assert(IsInOrder());

const Row& RowOf(Reason reason) { return kTable[static_cast<size_t>(reason)]; }

}  // namespace

std::vector<Reason> AllReasons() {
  std::vector<Reason> reasons;
  for (const Row& row : kTable) reasons.push_back(row.reason);
  return reasons;
}

std::string_view ReasonName(Reason reason) { return RowOf(reason).name; }

std::optional<Reason> ReasonFromName(std::string_view name) {
  const auto* row = std::find_if(
      std::begin(kTable), std::end(kTable),
      [&](const Row& candidate) { return candidate.name == name; });
  if (row == std::end(kTable)) return std::nullopt;
  return row->reason;
}

absl::StatusCode ReasonCode(Reason reason) { return RowOf(reason).code; }

absl::Status Error(Reason reason, std::string_view message) {
  absl::Status status(ReasonCode(reason),
                      absl::string_view(message.data(), message.size()));
  status.SetPayload(kPayloadUrl, absl::Cord(std::string(ReasonName(reason))));
  return status;
}

std::optional<Reason> ReasonOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  if (!payload) return std::nullopt;
  return ReasonFromName(std::string(*payload));
}

}  // namespace burntin
