#include "server/quarantine/request_checks.h"

#include <algorithm>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "server/ledger/digest.h"

namespace burntin {
namespace {

constexpr size_t kMaxIdBytes = 64;
constexpr size_t kMaxReasonBytes = 2'000;
constexpr size_t kMaxRequestIdBytes = 128;

absl::Status CheckText(const std::string& text, size_t max_bytes,
                       const std::string& field) {
  if (!text.empty() && text.size() <= max_bytes &&
      text.find('\0') == std::string::npos) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument, "`" + field + "` needs 1 to " +
                                             std::to_string(max_bytes) +
                                             " bytes, without NUL.");
}

absl::Status CheckAcknowledgement(const v1::Acknowledgement& one) {
  RETURN_IF_ERROR(CheckText(one.finding_id(), kMaxIdBytes, "finding_id"));
  if (one.evidence_sha256().empty() || IsSha256Hex(one.evidence_sha256())) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               "`evidence_sha256` needs 64 lower-case hexadecimal digits.");
}

// Each text with its length before it, so that no two lists are alike.
std::string DigestOf(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) {
    all += std::to_string(text.size()) + ":" + text;
  }
  return TextSha256(all);
}

}  // namespace

absl::Status CheckRequest(const v1::ReleaseCaseRequest& request) {
  RETURN_IF_ERROR(CheckText(request.case_id(), kMaxIdBytes, "case_id"));
  RETURN_IF_ERROR(CheckText(request.etag(), kMaxIdBytes, "etag"));
  RETURN_IF_ERROR(
      CheckText(request.target_project(), kMaxIdBytes, "target_project"));
  RETURN_IF_ERROR(CheckText(request.reason(), kMaxReasonBytes, "reason"));
  RETURN_IF_ERROR(
      CheckText(request.request_id(), kMaxRequestIdBytes, "request_id"));
  for (const v1::Acknowledgement& one : request.acknowledgements()) {
    RETURN_IF_ERROR(CheckAcknowledgement(one));
  }
  return absl::OkStatus();
}

absl::Status CheckRequest(const v1::KeepCaseRequest& request) {
  RETURN_IF_ERROR(CheckText(request.case_id(), kMaxIdBytes, "case_id"));
  RETURN_IF_ERROR(CheckText(request.etag(), kMaxIdBytes, "etag"));
  RETURN_IF_ERROR(CheckText(request.reason(), kMaxReasonBytes, "reason"));
  return CheckText(request.request_id(), kMaxRequestIdBytes, "request_id");
}

std::string RequestSha256(const v1::ReleaseCaseRequest& request) {
  std::vector<std::string> texts = {"release", request.case_id(),
                                    request.etag(), request.target_project(),
                                    request.reason()};
  for (const v1::Acknowledgement& one : request.acknowledgements()) {
    texts.push_back(one.finding_id());
    texts.push_back(one.evidence_sha256());
  }
  return DigestOf(texts);
}

std::string RequestSha256(const v1::KeepCaseRequest& request) {
  return DigestOf(
      {"keep", request.case_id(), request.etag(), request.reason()});
}

std::string RequestSha256(const CaseDecision& decision) {
  return DigestOf(
      {"cleared", decision.case_id, decision.etag, decision.target_project});
}

std::string AuditedId(const std::string& id) {
  const bool is_id = id.size() <= kMaxIdBytes &&
                     std::all_of(id.begin(), id.end(), [](char letter) {
                       return letter > ' ' && letter < '\x7f';
                     });
  return is_id ? id : "";
}

}  // namespace burntin
