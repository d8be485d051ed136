#include "server/upload/upload.h"

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::Status HeaderRepeated() {
  return Error(Reason::kUploadHeaderRepeated,
               "A header came before the object was complete. Send one header "
               "for each object, after all bytes of the one before.");
}

absl::Status HeaderMissing() {
  return Error(Reason::kUploadHeaderMissing,
               "No header announced the object. Send the header first.");
}

absl::Status Overrun() {
  return Error(Reason::kUploadOverrun,
               "More bytes came than `file_size_bytes` promised. Promise the "
               "real size and send the object again.");
}

absl::Status Incomplete() {
  return Error(Reason::kUploadIncomplete,
               "The upload ended before `file_size_bytes` bytes. Send the "
               "object again.");
}

absl::Status EmptyPiece() {
  return Error(Reason::kInvalidArgument,
               "A message of the upload holds neither a header nor bytes. "
               "Send chunks of 1 byte to 1 MiB.");
}

absl::Status Unreadable() {
  return Error(Reason::kInvalidArgument,
               "A message of the upload cannot be parsed. Send `path` and "
               "`request_id` as UTF-8.");
}

absl::Status CheckHeader(const v1::InstanceHeader& header) {
  if (header.request_id().size() > kMaxRequestIdBytes) {
    return Error(Reason::kInvalidArgument,
                 "`request_id` has more than 128 bytes. Shorten it.");
  }
  if (header.path().size() > kMaxPathBytes) {
    return Error(Reason::kInvalidArgument,
                 "`path` has more than 4,096 bytes. Shorten it.");
  }
  if (header.file_size_bytes() <= 0) {
    return Error(Reason::kUploadSizeMissing,
                 "`file_size_bytes` is not above 0. Promise the object's size "
                 "in bytes.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<v1::InstanceHeader>> UploadReader::NextHeader() {
  std::optional<Piece> piece = source_->Next();
  if (!piece && had_object_) return std::nullopt;
  if (!piece) return HeaderMissing();
  if (std::holds_alternative<UnreadablePiece>(*piece)) return Unreadable();
  if (std::holds_alternative<std::string>(*piece)) {
    return had_object_ ? Overrun() : HeaderMissing();
  }
  if (std::holds_alternative<std::monostate>(*piece)) return EmptyPiece();
  had_object_ = true;
  auto& header = std::get<v1::InstanceHeader>(*piece);
  RETURN_IF_ERROR(CheckHeader(header));
  return std::move(header);
}

absl::Status UploadReader::CheckSize(const v1::InstanceHeader& header) const {
  if (header.file_size_bytes() <= limits_.file_bytes) return absl::OkStatus();
  return Error(Reason::kUploadTooLarge,
               "The object is larger than the server's limit. Raise "
               "limits.file_bytes in its configuration, or look at the object "
               "by hand.");
}

absl::StatusOr<std::string> UploadReader::NextChunk(int64_t missing_bytes) {
  std::optional<Piece> piece = source_->Next();
  if (!piece) return Incomplete();
  if (std::holds_alternative<UnreadablePiece>(*piece)) return Unreadable();
  if (std::holds_alternative<v1::InstanceHeader>(*piece)) {
    return HeaderRepeated();
  }
  auto* chunk = std::get_if<std::string>(&*piece);
  if (chunk == nullptr || chunk->empty()) return EmptyPiece();
  const auto size = static_cast<int64_t>(chunk->size());
  if (size > kMaxChunkBytes) {
    return Error(Reason::kUploadChunkTooLarge,
                 "A chunk has more than 1 MiB. Send smaller chunks.");
  }
  if (size > missing_bytes) return Overrun();
  return std::move(*chunk);
}

absl::StatusOr<AnonymousFile> UploadReader::ReadObject(
    const v1::InstanceHeader& header) {
  RETURN_IF_ERROR(CheckSize(header));
  int64_t missing_bytes = header.file_size_bytes();
  absl::StatusOr<AnonymousFile> file = AnonymousFile::Create(
      limits_.spool_directory, missing_bytes, limits_.memory_bytes);
  while (missing_bytes > 0) {
    ASSIGN_OR_RETURN(const std::string chunk, NextChunk(missing_bytes));
    const absl::Status kept = file.ok() ? file->Append(chunk) : file.status();
    if (!kept.ok()) file = kept;  // frees what was kept so far
    missing_bytes -= static_cast<int64_t>(chunk.size());
  }
  return file;
}

absl::Status UploadReader::SkipObject(const v1::InstanceHeader& header) {
  int64_t missing_bytes = header.file_size_bytes();
  while (missing_bytes > 0) {
    ASSIGN_OR_RETURN(const std::string chunk, NextChunk(missing_bytes));
    missing_bytes -= static_cast<int64_t>(chunk.size());
  }
  return absl::OkStatus();
}

absl::Status UploadReader::ExpectEnd() {
  const std::optional<Piece> piece = source_->Next();
  if (!piece) return absl::OkStatus();
  if (std::holds_alternative<UnreadablePiece>(*piece)) return Unreadable();
  return std::holds_alternative<v1::InstanceHeader>(*piece) ? HeaderRepeated()
                                                            : Overrun();
}

absl::Status CheckSpoolDirectory(const UploadLimits& limits) {
  absl::StatusOr<AnonymousFile> file =
      AnonymousFile::Create(limits.spool_directory, /*expected_bytes=*/1,
                            /*memory_limit_bytes=*/0);
  if (file.ok() && file->Append("x").ok()) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "No file can be written in the folder " +
                   limits.spool_directory +
                   ". Check upload.spool_directory: the folder has to exist, "
                   "be writable and have room.");
}

}  // namespace burntin
