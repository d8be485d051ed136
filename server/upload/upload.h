// upload: takes objects off a stream of headers and chunks, as the contract
// has them, into files without a name. Limits are checked before bytes are
// read, and nothing larger than promised is ever held.
#ifndef BURNTIN_SERVER_UPLOAD_UPLOAD_H_
#define BURNTIN_SERVER_UPLOAD_UPLOAD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/detection_service.pb.h"
#include "detector/base/anonymous_file.h"

namespace burntin {

inline constexpr int64_t kMaxChunkBytes = int64_t{1} << 20;
inline constexpr size_t kMaxRequestIdBytes = 128;
inline constexpr size_t kMaxPathBytes = 4'096;

// A message that cannot be parsed, for example because a text is not UTF-8.
struct UnreadablePiece {};

// One message of an upload: a header, a chunk, neither of the two, or no
// message of the contract at all.
using Piece = std::variant<std::monostate, v1::InstanceHeader, std::string,
                           UnreadablePiece>;

// The messages of one stream in order. One thread at a time.
class PieceSource {
 public:
  virtual ~PieceSource() = default;

  // Waits for the next message; nothing once the client has closed its side
  // or is gone.
  virtual std::optional<Piece> Next() = 0;
};

// The pieces of a gRPC stream that is not owned.
template <typename Request, typename Stream>
class StreamPieces : public PieceSource {
 public:
  explicit StreamPieces(Stream* stream) : stream_(stream) {}

  // gRPC tells a message that cannot be parsed and the end of the stream alike,
  // by false. Only after the former can a message follow.
  std::optional<Piece> Next() override {
    Request request;
    if (!stream_->Read(&request)) {
      if (!stream_->Read(&request)) return std::nullopt;
      return UnreadablePiece();
    }
    if (request.has_header()) return std::move(*request.mutable_header());
    if (request.has_chunk()) return std::move(*request.mutable_chunk());
    return std::monostate();
  }

 private:
  Stream* stream_;
};

struct UploadLimits {
  int64_t file_bytes = 0;       // of one object
  int64_t memory_bytes = 0;     // larger objects go to the disk
  std::string spool_directory;  // on the disk
};

// Reads the objects of one stream, one after the other: NextHeader, then
// ReadObject or SkipObject, and again. Errors carry the reasons UPLOAD_* or
// INVALID_ARGUMENT, and end the stream, but for one. One thread at a time.
class UploadReader {
 public:
  // Does not own `source`.
  UploadReader(PieceSource* source, UploadLimits limits)
      : source_(source), limits_(std::move(limits)) {}

  // The next object's header; nothing at the end of a stream that had at
  // least one object. Its size is above 0, but may be above the limit.
  absl::StatusOr<std::optional<v1::InstanceHeader>> NextHeader();

  // UPLOAD_TOO_LARGE if the promised size is above the limit.
  absl::Status CheckSize(const v1::InstanceHeader& header) const;

  // The bytes of the object that `header` announced. INTERNAL_FAILURE if they
  // could not be kept: they are read to their end all the same, so that the
  // stream may go on.
  absl::StatusOr<AnonymousFile> ReadObject(const v1::InstanceHeader& header);

  // Reads the same bytes and keeps none.
  absl::Status SkipObject(const v1::InstanceHeader& header);

  // Checks that the stream ends here.
  absl::Status ExpectEnd();

 private:
  absl::StatusOr<std::string> NextChunk(int64_t missing_bytes);

  PieceSource* source_;
  UploadLimits limits_;
  bool had_object_ = false;
};

// Fails with INVALID_ARGUMENT if no object can be kept on the disk.
absl::Status CheckSpoolDirectory(const UploadLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_SERVER_UPLOAD_UPLOAD_H_
