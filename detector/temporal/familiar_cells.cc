#include "detector/temporal/familiar_cells.h"

#include <algorithm>
#include <cstddef>

namespace burntin {
namespace {

// What a cell was before anybody looked.
constexpr float kNever = -1000;
// How much more than ever is no more than ever.
constexpr float kAboutAsMuch = 1.0F;
constexpr float kFadedPerFrame = 0.01F;

}  // namespace

FamiliarCells::FamiliarCells(int across, int down)
    : across_(across),
      down_(down),
      most_(static_cast<size_t>(across) * down, kNever) {}

bool FamiliarCells::Knows(int x, int y, float evidence) const {
  for (int to_y = std::max(0, y - 1); to_y <= std::min(down_ - 1, y + 1);
       ++to_y) {
    for (int to_x = std::max(0, x - 1); to_x <= std::min(across_ - 1, x + 1);
         ++to_x) {
      const float most = most_[static_cast<size_t>(to_y) * across_ + to_x];
      if (evidence <= most + kAboutAsMuch) return true;
    }
  }
  return false;
}

void FamiliarCells::Add(int x, int y, float evidence) {
  float& most = most_[static_cast<size_t>(y) * across_ + x];
  most = std::max(most, evidence);
}

void FamiliarCells::Fade() {
  for (float& most : most_) most -= kFadedPerFrame;
}

}  // namespace burntin
