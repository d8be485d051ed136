#include "detector/dicom/cell_layout.h"

#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "detector/base/error.h"

namespace burntin {
namespace {

static_assert(std::endian::native == std::endian::little);

// Any number of bits, least significant first.
uint64_t BitsAt(const std::vector<uint8_t>& bytes, int64_t bit, int count) {
  uint64_t value = 0;
  for (int taken = 0; taken < count;) {
    const int64_t at = bit + taken;
    const int shift = static_cast<int>(at % 8);
    const int step = std::min(8 - shift, count - taken);
    const uint64_t part =
        (bytes[static_cast<size_t>(at / 8)] >> shift) & ((1U << step) - 1);
    value |= part << taken;
    taken += step;
  }
  return value;
}

template <typename T>
std::vector<T> Unpack(const std::vector<uint8_t>& bytes, int64_t first_bit,
                      int bits, size_t count) {
  std::vector<T> cells(count);
  if (first_bit % 8 == 0 && bits == static_cast<int>(8 * sizeof(T))) {
    std::memcpy(cells.data(), bytes.data() + first_bit / 8, count * sizeof(T));
    return cells;
  }
  if constexpr (std::is_integral_v<T>) {
    for (size_t i = 0; i < count; ++i) {
      cells[i] = static_cast<T>(
          BitsAt(bytes, first_bit + static_cast<int64_t>(i) * bits, bits));
    }
  }
  return cells;
}

CellValues UnpackAny(std::vector<uint8_t> bytes, int64_t first_bit,
                     const PixelLayout& layout, size_t count) {
  const int bits = layout.bits_allocated;
  if (bits == 8 && first_bit == 0) {  // as they are
    bytes.resize(count);
    return bytes;
  }
  if (layout.kind == CellKind::kFloat) {
    return Unpack<float>(bytes, first_bit, bits, count);
  }
  if (layout.kind == CellKind::kDouble) {
    return Unpack<double>(bytes, first_bit, bits, count);
  }
  if (bits <= 8) return Unpack<uint8_t>(bytes, first_bit, bits, count);
  if (bits <= 16) return Unpack<uint16_t>(bytes, first_bit, bits, count);
  if (bits <= 32) return Unpack<uint32_t>(bytes, first_bit, bits, count);
  return Unpack<uint64_t>(bytes, first_bit, bits, count);
}

// Sample s of pixel i moves from s * pixels + i to i * channels + s.
template <typename T>
std::vector<T> Interleaved(const std::vector<T>& planes, size_t channels) {
  const size_t pixels = planes.size() / channels;
  std::vector<T> cells(planes.size());
  for (size_t channel = 0; channel < channels; ++channel) {
    const T* plane = planes.data() + channel * pixels;
    for (size_t i = 0; i < pixels; ++i) {
      cells[i * channels + channel] = plane[i];
    }
  }
  return cells;
}

// Y1 Y2 Cb Cr of two pixels becomes Y1 Cb Cr Y2 Cb Cr.
template <typename T>
std::vector<T> Unshared(const std::vector<T>& halved) {
  std::vector<T> cells;
  cells.reserve(halved.size() / 4 * 6);
  for (size_t i = 0; i + 3 < halved.size(); i += 4) {
    for (size_t pixel = 0; pixel < 2; ++pixel) {
      cells.insert(cells.end(),
                   {halved[i + pixel], halved[i + 2], halved[i + 3]});
    }
  }
  return cells;
}

}  // namespace

absl::StatusOr<PixelCells> UnpackCells(std::vector<uint8_t> bytes,
                                       int64_t first_bit,
                                       const PixelLayout& layout) {
  if (IsHalved(layout) && layout.columns % 2 != 0) {
    return Error(Reason::kUnsupportedPixelLayout,
                 "Pixels share their chroma samples two by two, but their "
                 "number in a row is odd. Repair the object.");
  }
  const int64_t frame_bits = FrameBits(layout);
  if (static_cast<int64_t>(bytes.size()) * 8 < first_bit + frame_bits) {
    return Error(Reason::kPixelDataTruncated,
                 "A frame is shorter than its size says. Fetch the object "
                 "again.");
  }
  const auto count = static_cast<size_t>(frame_bits / layout.bits_allocated);
  PixelCells cells{
      .rows = layout.rows,
      .columns = layout.columns,
      .channels = layout.samples,
      .values = UnpackAny(std::move(bytes), first_bit, layout, count)};
  std::visit(
      [&](auto& values) {
        if (IsHalved(layout)) {
          values = Unshared(values);
        } else if (layout.planar && layout.samples > 1) {
          values = Interleaved(values, static_cast<size_t>(layout.samples));
        }
      },
      cells.values);
  return cells;
}

PixelCells SwapHalves(const PixelCells& cells) {
  PixelCells swapped = cells;
  std::visit(
      [](auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        constexpr size_t kHalves = sizeof(T) / 2;
        if constexpr (kHalves > 1) {
          for (T& value : values) {
            uint16_t halves[kHalves];
            std::memcpy(halves, &value, sizeof(T));
            for (size_t i = 0; i < kHalves / 2; ++i) {
              std::swap(halves[i], halves[kHalves - 1 - i]);
            }
            std::memcpy(&value, halves, sizeof(T));
          }
        }
      },
      swapped.values);
  return swapped;
}

}  // namespace burntin
