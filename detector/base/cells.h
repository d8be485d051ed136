// Pixels as they are stored: decompressed, before any window, palette or
// colour model. Codecs make them and views are made of them.
#ifndef BURNTIN_DETECTOR_BASE_CELLS_H_
#define BURNTIN_DETECTOR_BASE_CELLS_H_

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace burntin {

// Whole words, unmasked: bits above Bits Stored are as the file has them, and
// signed values are in two's complement.
using CellValues = std::variant<std::vector<uint8_t>, std::vector<uint16_t>,
                                std::vector<uint32_t>, std::vector<uint64_t>,
                                std::vector<float>, std::vector<double>>;

// Rows top to bottom without padding; the channels of a pixel stand together.
struct PixelCells {
  int rows = 0;
  int columns = 0;
  int channels = 1;
  CellValues values;  // rows * columns * channels of them

  size_t size() const {
    return std::visit([](const auto& cells) { return cells.size(); }, values);
  }
  friend bool operator==(const PixelCells&, const PixelCells&) = default;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_CELLS_H_
