// What a test says about the DICOM object that it wants; see dicom_maker.h.
#ifndef BURNTIN_TESTS_TESTUTIL_DICOM_SPEC_H_
#define BURNTIN_TESTS_TESTUTIL_DICOM_SPEC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detector/base/image.h"

namespace burntin {

// Transfer syntaxes that DCMTK can write.
enum class Encoding {
  kImplicitLittle,
  kExplicitLittle,
  kExplicitBig,
  kDeflated,
  kJpegBaseline,     // 8 bits, lossy
  kJpegExtended,     // 12 bits, lossy
  kJpegSpectral,     // lossy
  kJpegProgressive,  // lossy
  kJpegLossless,
  kJpegLosslessSv1,
  kJpegLsLossless,
  kJpegLsNear,  // lossy
  kRle,
};

// A value of the header, byte for byte.
struct HeaderValue {
  uint16_t group;
  uint16_t element;
  std::string value;
};

struct OverlaySpec {
  uint16_t group = 0x6000;
  int origin_row = 1;
  int origin_column = 1;
  Image bits;  // grey; what is not 0 is set
};

// Window Center and Window Width.
struct WindowSpec {
  double center;
  double width;
};

// Pixels are those of all frames in the order in which they are stored: for
// colour, pixel by pixel or (`planar`) plane by plane within a frame.
struct DicomSpec {
  int rows = 0;
  int columns = 0;
  int frames = 1;
  int bits_stored = 8;  // 8: one byte a sample; 9 to 16: two
  bool is_signed = false;
  bool planar = false;
  std::string photometric = "MONOCHROME2";  // or RGB, PALETTE COLOR, ...
  std::vector<uint16_t> samples;
  std::vector<uint16_t> palette;  // grey values of PALETTE COLOR, 256 of them

  Encoding encoding = Encoding::kExplicitLittle;
  int fragments_per_frame = 1;  // of compressed pixels
  bool offset_table = true;

  std::optional<std::string> number_of_frames;  // instead of `frames`
  std::optional<WindowSpec> window;
  std::optional<Image> icon;  // grey
  int icons = 1;              // items of the icon's sequence
  std::vector<OverlaySpec> overlays;
  std::vector<HeaderValue> header;
  bool with_rows = true;
  bool with_pixel_data = true;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_DICOM_SPEC_H_
