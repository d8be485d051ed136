// The first bytes tell transfer syntax and layout, the rest is one frame.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/byte_reader.h"
#include "tests/fuzz/inspected_object.h"
#include "tests/testutil/raw_dicom.h"

namespace burntin {
namespace {

// Decoded by DCMTK or by detector/dicom itself.
constexpr std::array<std::string_view, 12> kSyntaxes = {
    "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51",
    "1.2.840.10008.1.2.4.53", "1.2.840.10008.1.2.4.55",
    "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81",
    "1.2.840.10008.1.2.5",    "1.2.840.10008.1.2.8.1",
    "1.2.840.10008.1.2.1.98", "1.2.840.10008.1.2.4.90"};

std::string FileFrom(ByteReader reader) {
  const std::string_view syntax =
      kSyntaxes[reader.Take<uint8_t>() % kSyntaxes.size()];
  const auto flags = reader.Take<uint8_t>();
  const int rows = reader.TakeIn(1, 256);
  const int columns = reader.TakeIn(1, 256);
  const int bits = (flags & 1) != 0 ? 16 : 8;
  RawDataset image = RawImage(rows, columns);
  image.Number(0x00280100, bits)
      .Number(0x00280101, bits)
      .Number(0x00280102, bits - 1)
      .Number(0x00280103, flags >> 1 & 1);
  if ((flags & 4) != 0) {
    image.Number(0x00280002, 3)
        .Number(0x00280006, flags >> 3 & 1)
        .Text(0x00280004, "CS", (flags & 16) != 0 ? "RGB" : "YBR_FULL_422");
  }
  const auto rest = reader.Rest();
  image.Fragments({std::string(rest.begin(), rest.end())});
  return RawFile(image, syntax);
}

}  // namespace
}  // namespace burntin

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  burntin::OpenAndDecode(burntin::FileFrom(burntin::ByteReader(data, size)));
  return 0;
}
