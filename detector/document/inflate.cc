#include "detector/document/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace burntin {
namespace {

constexpr size_t kStepBytes = size_t{64} << 10;

}  // namespace

std::optional<std::string> Inflate(std::string_view stored,
                                   size_t limit_bytes) {
  if (stored.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  // zlib's interface has no const; it does not write there.
  stream.next_in =
      reinterpret_cast<Bytef*>(const_cast<char*>(stored.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(stored.size());
  std::string inflated;
  int state = Z_OK;
  while (state == Z_OK && inflated.size() < limit_bytes) {
    const size_t before = inflated.size();
    const size_t step = std::min(kStepBytes, limit_bytes - before);
    inflated.resize(before + step);
    stream.next_out = reinterpret_cast<Bytef*>(&inflated[before]);
    stream.avail_out = static_cast<uInt>(step);
    state = inflate(&stream, Z_NO_FLUSH);
    inflated.resize(before + step - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) return std::nullopt;
  return inflated;
}

}  // namespace burntin
