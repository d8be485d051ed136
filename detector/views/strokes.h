// Whether a small tile of a picture looks like a piece of writing. Private to
// detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_STROKES_H_
#define BURNTIN_DETECTOR_VIEWS_STROKES_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "detector/views/levels.h"

namespace burntin {

// Pixels, both ways. As large as a JPEG's blocks with halved chroma, so that
// what compression adds around a strong edge mostly stays in the edge's tile.
inline constexpr int kTileSide = 16;
inline constexpr int kMostChannels = 4;

// A tile in pixels. At the right and bottom it overlaps with the one before.
struct TilePlace {
  int x = 0;
  int y = 0;
  int columns = 0;
  int rows = 0;
};

// Of the tile in column `x` and row `y` of tiles.
TilePlace PlaceOf(int x, int y, int rows, int columns);

// The least and greatest values of each channel.
template <typename T>
struct TileRange {
  std::array<T, kMostChannels> low;
  std::array<T, kMostChannels> high;
};

// `columns` and `channels` are the picture's.
template <typename T>
TileRange<T> RangeOf(const T* cells, int columns, int channels,
                     const TilePlace& place);

// How many rows and columns of pixels cut through a stroke, each counted as
// often as it does.
struct Strokes {
  int along_rows = 0;
  int along_columns = 0;
  int InAll() const { return along_rows + along_columns; }
};

// A tile with fewer is no piece of writing.
inline constexpr int kLeastTileStrokes = 8;

// Of one channel's tile, whose levels run from `low` to `high`. 0 for a tile
// of which the values are not of two tones, or are scattered.
Strokes CountStrokes(const Levels& levels, int channel, const TilePlace& place,
                     uint16_t low, uint16_t high);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_STROKES_H_
