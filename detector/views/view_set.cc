#include "detector/views/view_set.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace burntin {
namespace {

// Views that differ by no more than this at any pixel show the same text.
constexpr int kSameGrey = 4;

bool LooksSame(const Image& a, const Image& b) {
  if (a.channels != b.channels) return false;
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    if (std::abs(a.pixels[i] - b.pixels[i]) > kSameGrey) return false;
  }
  return true;
}

}  // namespace

void AddIfNew(Image view, PlaneViews* views) {
  const bool is_known =
      std::any_of(views->begin(), views->end(),
                  [&](const Image& known) { return LooksSame(view, known); });
  if (!is_known) views->push_back(std::move(view));
}

}  // namespace burntin
