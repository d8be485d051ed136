#include "detector/temporal/familiar_cells.h"

#include <algorithm>
#include <cstddef>

namespace burntin {
namespace {

// What a cell was before anybody looked.
constexpr float kNever = -1000;
// How much more than ever is no more than ever: in the same place, and around.
constexpr float kAboutAsMuch = 1.0F;
constexpr float kAboutAsMuchAround = 0.5F;
constexpr float kAboutAsMuchBesideText = 0.3F;
// How far speckle is of one kind, in cells. On 112 cines of the train split,
// with 230 texts that appear, no more are missed with 8 or 16 than with 1, and
// of speckle a sixth is looked at.
constexpr int kAround = 8;
constexpr float kFadedPerFrame = 0.01F;

// Raises `count` values of `most` to those of `values`.
void Raise(const float* __restrict values, int count, float* __restrict most) {
  for (int i = 0; i < count; ++i) most[i] = std::max(most[i], values[i]);
}

}  // namespace

FamiliarCells::FamiliarCells(int across, int down)
    : across_(across),
      down_(down),
      most_(static_cast<size_t>(across) * down, kNever),
      most_beside_text_(most_),
      most_moving_(most_),
      most_moving_around_(most_) {}

bool FamiliarCells::Knows(int x, int y, float evidence) const {
  const size_t cell = static_cast<size_t>(y) * across_ + x;
  if (evidence <= most_moving_around_[cell] + kAboutAsMuchAround ||
      evidence <= most_beside_text_[cell] + kAboutAsMuchBesideText) {
    return true;
  }
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

void FamiliarCells::Add(int x, int y, float evidence, bool moves) {
  const size_t cell = static_cast<size_t>(y) * across_ + x;
  most_[cell] = std::max(most_[cell], evidence);
  if (moves) most_moving_[cell] = std::max(most_moving_[cell], evidence);
}

void FamiliarCells::AddBesideText(int x, int y, float evidence) {
  float& most = most_beside_text_[static_cast<size_t>(y) * across_ + x];
  most = std::max(most, evidence);
}

void FamiliarCells::ForgetBesideText(int x, int y) {
  most_beside_text_[static_cast<size_t>(y) * across_ + x] = kNever;
}

void FamiliarCells::NextFrame() {
  for (std::vector<float>* mosts :
       {&most_, &most_beside_text_, &most_moving_}) {
    for (float& most : *mosts) most -= kFadedPerFrame;
  }
  // A step to the side is a row of values at once, which is quick.
  std::vector<float> in_row(most_moving_);
  for (int y = 0; y < down_; ++y) {
    const float* row = &most_moving_[static_cast<size_t>(y) * across_];
    float* most = &in_row[static_cast<size_t>(y) * across_];
    for (int step = 1; step <= std::min(kAround, across_ - 1); ++step) {
      Raise(row + step, across_ - step, most);
      Raise(row, across_ - step, most + step);
    }
  }
  most_moving_around_ = in_row;
  for (int y = 0; y < down_; ++y) {
    float* most = &most_moving_around_[static_cast<size_t>(y) * across_];
    const int last = std::min(down_ - 1, y + kAround);
    for (int from = std::max(0, y - kAround); from <= last; ++from) {
      Raise(&in_row[static_cast<size_t>(from) * across_], across_, most);
    }
  }
}

}  // namespace burntin
