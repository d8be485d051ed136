#include "detector/dicom/inflated_file.h"

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 18;
// One byte makes the length even; some writers append a checksum and a size,
// as gzip does (RFC 1952).
constexpr size_t kMostTailBytes = 9;
// A data set that inflates to more goes to a temporary file.
constexpr int64_t kInMemoryBytes = int64_t{64} << 20;

using Sink = std::function<absl::Status(std::string_view)>;

absl::Status Malformed() {
  return Error(Reason::kFileMalformed,
               "The deflated data set is damaged, or more than padding "
               "follows it. Fetch the object again.");
}

absl::Status Truncated() {
  return Error(Reason::kFileTruncated,
               "The file ends before the deflated data set does. Fetch it "
               "again.");
}

// One raw deflate stream (RFC 1951) on its way through zlib.
class Inflater {
 public:
  Inflater() : good_(inflateInit2(&stream_, -MAX_WBITS) == Z_OK) {}
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Inflates one piece. An error of `sink` or damage ends the work.
  absl::Status Feed(std::vector<Bytef>* piece, const Sink& sink) {
    if (!good_) return Malformed();
    stream_.next_in = piece->data();
    stream_.avail_in = static_cast<uInt>(piece->size());
    do {
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const size_t made = out_.size() - stream_.avail_out;
      RETURN_IF_ERROR(
          sink(std::string_view(reinterpret_cast<char*>(out_.data()), made)));
      ended_ = result == Z_STREAM_END;
      if (result == Z_BUF_ERROR) break;  // wants the next piece
      if (!ended_ && result != Z_OK) return Malformed();
    } while (!ended_ && (stream_.avail_in > 0 || stream_.avail_out == 0));
    return absl::OkStatus();
  }

  bool ended() const { return ended_; }
  size_t unused() const { return stream_.avail_in; }

 private:
  z_stream stream_{};
  bool good_;
  bool ended_ = false;
  std::vector<Bytef> out_ = std::vector<Bytef>(kChunkBytes);
};

// Gives all that can be inflated to `sink`, and says whether that is all.
absl::Status InflateTo(const std::string& path, int64_t start,
                       const Sink& sink) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(start);
  Inflater inflater;
  std::vector<Bytef> piece;
  while (file && !inflater.ended()) {
    piece.resize(kChunkBytes);
    file.read(reinterpret_cast<char*>(piece.data()), kChunkBytes);
    piece.resize(static_cast<size_t>(file.gcount()));
    RETURN_IF_ERROR(inflater.Feed(&piece, sink));
  }
  if (!inflater.ended()) return Truncated();
  const bool at_end = !file || file.peek() == std::ifstream::traits_type::eof();
  if (inflater.unused() > kMostTailBytes || !at_end) return Malformed();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<InflatedFile> InflateDataSet(const std::string& path,
                                            int64_t start,
                                            int64_t limit_bytes) {
  int64_t size = 0;
  const Sink count = [&](std::string_view bytes) {
    size += static_cast<int64_t>(bytes.size());
    if (size <= limit_bytes) return absl::OkStatus();
    return Error(Reason::kFileTooLarge,
                 "The inflated data set is larger than the limit. Raise the "
                 "limit, or look at it by hand.");
  };
  // First without keeping anything, to know the size.
  absl::Status whole = InflateTo(path, start, count);
  if (size > limit_bytes) return whole;
  ASSIGN_OR_RETURN(
      AnonymousFile file,
      AnonymousFile::Create(std::filesystem::temp_directory_path().string(),
                            size, kInMemoryBytes));
  absl::Status written;
  InflateTo(path, start, [&](std::string_view bytes) {
    return written = file.Append(bytes);
  }).IgnoreError();
  RETURN_IF_ERROR(written);
  return InflatedFile{std::move(file), std::move(whole)};
}

}  // namespace burntin
