// Stored pixels and what a header may say of them.
#include "detector/views/views.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "detector/views/palette.h"
#include "tests/fuzz/byte_reader.h"

namespace burntin {
namespace {

template <typename T>
CellValues ValuesOf(ByteReader* reader, size_t count) {
  std::vector<T> values(count);
  for (T& value : values) value = reader->Take<T>();
  return values;
}

CellValues TakeValues(int kind, size_t count, ByteReader* reader) {
  switch (kind) {
    case 0:
      return ValuesOf<uint8_t>(reader, count);
    case 1:
      return ValuesOf<uint16_t>(reader, count);
    case 2:
      return ValuesOf<uint32_t>(reader, count);
    case 3:
      return ValuesOf<uint64_t>(reader, count);
    case 4:
      return ValuesOf<float>(reader, count);
    default:
      return ValuesOf<double>(reader, count);
  }
}

std::vector<uint16_t> TakeWords(ByteReader* reader) {
  std::vector<uint16_t> words(reader->Take<uint8_t>());
  for (uint16_t& word : words) word = reader->Take<uint16_t>();
  return words;
}

void TakeTables(ByteReader* reader, PixelMeaning* meaning) {
  const auto flags = reader->Take<uint8_t>();
  const std::vector<uint16_t> descriptor = {reader->Take<uint16_t>(),
                                            reader->Take<uint16_t>(),
                                            reader->Take<uint16_t>()};
  std::vector<uint16_t> data = TakeWords(reader);
  if ((flags & 1) != 0) {
    auto expanded = ExpandSegments(data);
    if (!expanded.ok()) return;
    data = *std::move(expanded);
  }
  auto table = MakeLookUpTable(descriptor, (flags & 2) != 0, data);
  if (!table.ok()) return;
  if ((flags & 4) != 0) meaning->modality = *table;
  if ((flags & 8) != 0) meaning->voi.push_back(*table);
  if ((flags & 16) != 0) {
    meaning->palette = Palette{.first_mapped = table->first_mapped,
                               .bits = table->bits,
                               .red = table->entries,
                               .green = table->entries,
                               .blue = table->entries};
    meaning->palette_is_supplemental = (flags & 32) != 0;
  }
}

PixelMeaning TakeMeaning(int cell_bits, ByteReader* reader) {
  PixelMeaning meaning;
  meaning.photometric = static_cast<Photometric>(
      reader->TakeIn(0, static_cast<int>(Photometric::kOther)));
  meaning.bits_stored = reader->TakeIn(1, cell_bits);
  meaning.high_bit = reader->TakeIn(meaning.bits_stored - 1, cell_bits - 1);
  meaning.is_signed = reader->Take<uint8_t>() % 2 != 0;
  meaning.rescale_slope = reader->Take<double>();
  meaning.rescale_intercept = reader->Take<double>();
  meaning.bits_elsewhere = reader->Take<uint64_t>();
  for (int i = reader->TakeIn(0, 3); i > 0; --i) {
    meaning.windows.push_back(
        {.center = reader->Take<double>(),
         .width = reader->Take<double>(),
         .function = static_cast<Window::Function>(reader->TakeIn(0, 2))});
  }
  TakeTables(reader, &meaning);
  return meaning;
}

}  // namespace
}  // namespace burntin

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using burntin::PixelCells;
  constexpr int kCellBits[] = {8, 16, 32, 64, 32, 64};
  burntin::ByteReader reader(data, size);
  const int kind = reader.TakeIn(0, 5);
  const burntin::PixelMeaning meaning =
      burntin::TakeMeaning(kCellBits[kind], &reader);
  PixelCells cells{.rows = reader.TakeIn(1, 40),
                   .columns = reader.TakeIn(1, 40),
                   .channels = reader.TakeIn(1, 4)};
  cells.values = burntin::TakeValues(
      kind, static_cast<size_t>(cells.rows * cells.columns * cells.channels),
      &reader);
  burntin::MakeViews(cells, meaning).IgnoreError();
  return 0;
}
