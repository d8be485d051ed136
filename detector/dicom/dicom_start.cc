#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <string_view>

#include "detector/dicom/dicom_object.h"

namespace burntin {
namespace {

constexpr size_t kPreambleBytes = 128;

bool IsValueRepresentation(std::string_view two) {
  constexpr std::string_view kKnown =
      "AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS "
      "ST SV TM UC UI UL UN UR US UT UV ";
  const size_t at = kKnown.find(two);
  return at != std::string_view::npos && at % 3 == 0;
}

// A data set without preamble starts with an element of group 0002 or 0008,
// whose tag is followed by a VR or, in implicit VR, by a small length.
bool StartsLikeDataSet(std::string_view bytes) {
  if (bytes.size() < 8) return false;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  const bool little = (byte(0) == 2 || byte(0) == 8) && byte(1) == 0;
  const bool big = byte(0) == 0 && (byte(1) == 2 || byte(1) == 8);
  if (!little && !big) return false;
  if (IsValueRepresentation(bytes.substr(4, 2))) return true;
  // Implicit VR is always little endian.
  return little && byte(6) == 0 && byte(7) == 0;
}

}  // namespace

bool HasDicomStart(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return true;
  std::array<char, kPreambleBytes + 4> buffer{};
  file.read(buffer.data(), buffer.size());
  if (file.bad()) return true;
  const std::string_view bytes(buffer.data(),
                               static_cast<size_t>(file.gcount()));
  if (bytes.size() == buffer.size() && bytes.substr(kPreambleBytes) == "DICM") {
    return true;
  }
  return StartsLikeDataSet(bytes);
}

}  // namespace burntin
