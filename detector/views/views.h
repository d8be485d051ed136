// views: shows stored pixels as 8-bit pictures in which text of any grey level
// or colour that differs from its surroundings can be seen.
#ifndef BURNTIN_DETECTOR_VIEWS_VIEWS_H_
#define BURNTIN_DETECTOR_VIEWS_VIEWS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/cells.h"
#include "detector/base/plane.h"

namespace burntin {

// PS3.3 C.7.6.3.1.2; names without a DICOM number are retired.
enum class Photometric {
  kMonochrome1,
  kMonochrome2,
  kPaletteColor,
  kRgb,
  kYbrFull,     // ITU-R BT.601, full range
  kYbrPartial,  // luma 16 to 235, chroma 16 to 240, of 8 bits
  kHsv,
  kArgb,
  kCmyk,
  kOther,  // each channel is shown by itself
};

// PS3.3 C.11.2.1.2 and C.11.2.1.3; in units of modality-transformed values.
struct Window {
  enum class Function { kLinear, kLinearExact, kSigmoid };
  double center = 0;
  double width = 0;
  Function function = Function::kLinear;
};

// Values below `first_mapped` map to the first entry, those beyond the last
// entry to the last.
struct LookUpTable {
  int first_mapped = 0;
  int bits = 16;  // of an entry
  std::vector<uint16_t> entries;
};

// Three tables of equal length.
struct Palette {
  int first_mapped = 0;
  int bits = 16;
  std::vector<uint16_t> red;
  std::vector<uint16_t> green;
  std::vector<uint16_t> blue;
};

// What the header says about stored values. Integer cells are masked to
// `bits_stored` bits below and at `high_bit`, and sign-extended; float cells
// are taken as they are.
struct PixelMeaning {
  Photometric photometric = Photometric::kMonochrome2;
  int bits_stored = 8;
  int high_bit = 7;
  bool is_signed = false;
  double rescale_slope = 1;
  double rescale_intercept = 0;
  std::optional<LookUpTable> modality;
  std::vector<Window> windows;
  std::vector<LookUpTable> voi;
  // Of PALETTE COLOR, or of a MONOCHROME2 image in which it colours the
  // values from `first_mapped` on (PS3.3 C.7.6.19).
  std::optional<Palette> palette;
  bool palette_is_supplemental = false;
  // Bits of a cell that are shown as overlays of their own.
  uint64_t bits_elsewhere = 0;
};

// One view or more, each of the size of `cells`:
// - Grey: the whole range of values, in which wide gaps are narrowed; the
//   range without its rarest values; the header's windows and tables, four of
//   each at most.
// - Colour: as RGB, stretched where it fills a small part of the range. A
//   palette's pixels as its colours; for a supplemental one, beside the grey.
// - Bits beyond the stored ones, where they vary and nothing else shows them.
// - Structure at too low a contrast for all of these, in a channel, a
//   palette's indices or brightness alone; see hidden_structure.h.
// The first shows the whole range. Views in which nothing has more contrast
// than in an earlier one are left out. UNSUPPORTED_PIXEL_LAYOUT when channels,
// bits and meaning do not fit together.
absl::StatusOr<PlaneViews> MakeViews(const PixelCells& cells,
                                     const PixelMeaning& meaning);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_VIEWS_H_
