#include "detector/text/area_packer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace burntin {
namespace {

// Shelves are never filled to the last pixel.
constexpr double kSlack = 1.1;

// Wide enough for the widest part, and about as wide as all are high.
int SheetWidth(const std::vector<Box>& parts, int gap, int max_side) {
  double area = 0;
  int widest = 0;
  for (const Box& part : parts) {
    area += static_cast<double>(part.width + gap) * (part.height + gap);
    widest = std::max(widest, part.width);
  }
  const int square = static_cast<int>(std::ceil(std::sqrt(area * kSlack)));
  return std::min(std::max(widest + 2 * gap, square + gap), max_side);
}

}  // namespace

// On shelves, the highest parts first.
std::vector<Sheet> PackAreas(std::vector<Box> parts, int gap, int max_side) {
  std::stable_sort(parts.begin(), parts.end(), [](const Box& a, const Box& b) {
    return a.height > b.height;
  });
  const int width = SheetWidth(parts, gap, max_side);
  std::vector<Sheet> sheets;
  int x = width;  // as if a shelf were full
  int y = 0;
  int shelf_height = 0;
  for (const Box& part : parts) {
    if (sheets.empty() || x + part.width + gap > width) {
      x = gap;
      y = sheets.empty() ? gap : y + shelf_height + gap;
      shelf_height = part.height;
      if (sheets.empty() || y + part.height + gap > max_side) {
        sheets.emplace_back();
        y = gap;
      }
    }
    Sheet& sheet = sheets.back();
    sheet.placements.push_back({.from = part, .x = x, .y = y});
    x += part.width + gap;
    sheet.width = std::max(sheet.width, x);
    sheet.height = std::max(sheet.height, y + part.height + gap);
  }
  return sheets;
}

}  // namespace burntin
