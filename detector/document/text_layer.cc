#include "detector/document/text_layer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace burntin {
namespace {

// The widest gap between words of one line, in heights of the text. Narrow:
// columns of a table stay apart, as they do for the readers of pixels.
constexpr double kWidestGap = 1;

// A box as a reader sees it who turns the head: `left` to `right` is along
// the line.
FineBox Upright(const LayerWord& word) {
  const FineBox& box = word.box;
  switch (word.quarter_turns) {
    case 1:  // reads downwards
      return {box.top, -box.right, box.bottom, -box.left};
    case 2:
      return {-box.right, -box.bottom, -box.left, -box.top};
    case 3:  // reads upwards
      return {-box.bottom, box.left, -box.top, box.right};
    default:
      return box;
  }
}

bool Follows(const LayerWord& before, const LayerWord& word) {
  if (before.quarter_turns != word.quarter_turns) return false;
  const FineBox a = Upright(before);
  const FineBox b = Upright(word);
  const double height = std::min(a.bottom - a.top, b.bottom - b.top);
  const double common = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  const double gap = b.left - a.right;
  return common >= height / 2 && gap >= -height && gap <= kWidestGap * height;
}

FineBox Unite(const FineBox& a, const FineBox& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top),
          std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

// The whole pixels that `box` touches.
Box Pixels(const FineBox& box) {
  const int left = static_cast<int>(std::floor(box.left));
  const int top = static_cast<int>(std::floor(box.top));
  return Box{left, top, static_cast<int>(std::ceil(box.right)) - left,
             static_cast<int>(std::ceil(box.bottom)) - top};
}

}  // namespace

std::vector<StatedText> JoinLines(const std::vector<LayerWord>& words) {
  std::vector<StatedText> lines;
  size_t first = 0;
  while (first < words.size()) {
    FineBox box = words[first].box;
    std::string text = words[first].text.Reveal();
    size_t next = first + 1;
    while (next < words.size() && Follows(words[next - 1], words[next])) {
      box = Unite(box, words[next].box);
      text += ' ';
      text += words[next].text.Reveal();
      ++next;
    }
    lines.push_back({.box = Pixels(box), .text = PhiText(std::move(text))});
    first = next;
  }
  return lines;
}

}  // namespace burntin
