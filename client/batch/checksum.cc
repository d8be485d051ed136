#include "client/batch/checksum.h"

#include <fmt/format.h>
#include <zlib.h>

namespace burntin {

std::string Checksum(std::string_view bytes) {
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  return fmt::format("{:08x}", crc32_z(0, data, bytes.size()));
}

}  // namespace burntin
