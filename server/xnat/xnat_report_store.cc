#include "server/xnat/xnat_report_store.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/xnat/move_errors.h"
#include "server/xnat/xnat_answers.h"
#include "server/xnat/xnat_url.h"

namespace burntin {
namespace {

constexpr int kOk = 200;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr size_t kMaxBytes = size_t{64} << 20;

absl::Status CheckFile(const std::string& experiment_id,
                       const ReportFile& file) {
  constexpr char kNameCharacters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
  const bool named =
      !file.name.empty() && file.name.size() <= 64 &&
      file.name.front() != '.' &&
      file.name.find_first_not_of(kNameCharacters) == std::string::npos;
  if (named && !experiment_id.empty() && !file.bytes.empty() &&
      file.bytes.size() <= kMaxBytes) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               "A report needs a session, a plain file name and 1 byte to 64 "
               "MiB.");
}

absl::Status NothingStored() {
  return Error(Reason::kXnatRefused,
               "XNAT took the report and did not store it. Give burntind's "
               "account the right to edit the session.");
}

absl::Status StoredWrongly() {
  return Error(Reason::kXnatUnavailable,
               "XNAT's copy of the report is not what was sent. Store it "
               "again.");
}

std::string HexDigest(const EVP_MD* kind, const std::string& bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, kind,
                 nullptr) != 1) {
    return "";
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += {kHex[digest[i] >> 4], kHex[digest[i] & 15]};
  }
  return text;
}

// XNAT's lists give MD5, where the site has it count digests at all.
bool DigestFits(const std::string& listed, const std::string& bytes) {
  return listed.empty() || listed == HexDigest(EVP_md5(), bytes) ||
         listed == HexDigest(EVP_sha256(), bytes);
}

std::string Field(const XnatRow& row, const char* name) {
  const auto found = row.find(name);
  return found == row.end() ? "" : found->second;
}

}  // namespace

absl::Status XnatReportStore::Store(const std::string& experiment_id,
                                    const ReportFile& file) {
  RETURN_IF_ERROR(CheckFile(experiment_id, file));
  const std::string resource_path = "/data/experiments/" +
                                    EscapeUrl(experiment_id) + "/resources/" +
                                    kReportResource;
  RETURN_IF_ERROR(MakeResource(resource_path));
  RETURN_IF_ERROR(Upload(resource_path, file));
  RETURN_IF_ERROR(CheckListed(resource_path, file));
  return CheckBytes(resource_path, file);
}

// That there is one already (409) is as good. What else went wrong shows when
// the files are listed.
absl::Status XnatReportStore::MakeResource(const std::string& resource_path) {
  HttpRequest make;
  make.method = "PUT";
  make.path = resource_path + "?content=" + EscapeUrl("burntin report");
  make.timeout = options_.request_timeout;
  ASSIGN_OR_RETURN(const HttpAnswer answer,
                   connection_->Change(std::move(make)).answer);
  if (answer.status == kForbidden) return NothingStored();
  if (answer.status == kNotFound) {
    return Error(Reason::kSessionNotFound,
                 "XNAT has no session of that ID that burntind's account may "
                 "read. Look for it in XNAT.");
  }
  return absl::OkStatus();
}

// Its answer is not looked at: what counts is what is read back.
absl::Status XnatReportStore::Upload(const std::string& resource_path,
                                     const ReportFile& file) {
  HttpRequest upload;
  upload.method = "PUT";
  upload.path = resource_path + "/files/" + EscapeUrl(file.name) +
                "?inbody=true&overwrite=true&format=" + EscapeUrl(file.format) +
                "&content=" + EscapeUrl("burntin report") +
                "&event_reason=" + EscapeUrl("burntin report");
  upload.body = file.bytes;
  upload.content_type = file.media_type;
  upload.timeout = options_.request_timeout;
  const HttpOutcome outcome = connection_->Change(std::move(upload));
  return outcome.may_have_arrived ? absl::OkStatus() : outcome.answer.status();
}

absl::Status XnatReportStore::CheckListed(const std::string& resource_path,
                                          const ReportFile& file) {
  ASSIGN_OR_RETURN(const HttpAnswer answer,
                   connection_->Get(resource_path + "/files?format=json"));
  if (answer.status == kNotFound || answer.status == kForbidden) {
    return NothingStored();
  }
  if (answer.status != kOk) return Unexpected(answer.status);
  ASSIGN_OR_RETURN(std::vector<XnatRow> rows, ParseXnatRows(answer.body));
  std::erase_if(rows, [&](const XnatRow& row) {
    return Field(row, "Name") != file.name;
  });
  if (rows.empty()) return NothingStored();
  const bool fits =
      rows.size() == 1 &&
      Field(rows.front(), "Size") == std::to_string(file.bytes.size()) &&
      DigestFits(Field(rows.front(), "digest"), file.bytes);
  return fits ? absl::OkStatus() : StoredWrongly();
}

absl::Status XnatReportStore::CheckBytes(const std::string& resource_path,
                                         const ReportFile& file) {
  ASSIGN_OR_RETURN(
      const HttpAnswer answer,
      connection_->GetFile(resource_path + "/files/" + EscapeUrl(file.name),
                           static_cast<int64_t>(kMaxBytes)));
  if (answer.status == kNotFound) return NothingStored();
  if (answer.status != kOk) return Unexpected(answer.status);
  return answer.body == file.bytes ? absl::OkStatus() : StoredWrongly();
}

}  // namespace burntin
