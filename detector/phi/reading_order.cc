#include "detector/phi/reading_order.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace burntin {
namespace {

// The widest gap within a line, and between two lines of a block, in heights
// of the text.
constexpr double kWidestGap = 4;
constexpr double kWidestLeading = 1.2;
// Heights of letters in one line differ by less than this factor.
constexpr double kHeightRatio = 1.8;

// A box as a reader sees it who turns the head to the text: `left` to `right`
// along the line, `top` to `bottom` across it.
struct UprightBox {
  int orientation = 0;
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;

  double Height() const { return bottom - top; }
};

UprightBox Upright(const TextRegion& region) {
  const double x0 = region.box.x;
  const double y0 = region.box.y;
  const double x1 = x0 + region.box.width;
  const double y1 = y0 + region.box.height;
  switch (region.orientation) {
    case 90:  // reads downwards; the top of the letters looks right
      return {90, y0, y1, -x1, -x0};
    case 180:
      return {180, -x1, -x0, -y1, -y0};
    case 270:  // reads upwards; the top of the letters looks left
      return {270, -y1, -y0, x0, x1};
    default:
      return {0, x0, x1, y0, y1};
  }
}

UprightBox Upright(const RegionGroup& group,
                   std::span<const TextRegion> regions) {
  UprightBox all = Upright(regions[group.front()]);
  for (const int index : group) {
    const UprightBox box = Upright(regions[index]);
    all.left = std::min(all.left, box.left);
    all.right = std::max(all.right, box.right);
    all.top = std::min(all.top, box.top);
    all.bottom = std::max(all.bottom, box.bottom);
  }
  return all;
}

bool SimilarHeights(const UprightBox& a, const UprightBox& b) {
  return a.orientation == b.orientation &&
         a.Height() <= kHeightRatio * b.Height() &&
         b.Height() <= kHeightRatio * a.Height();
}

bool OnOneLine(const UprightBox& a, const UprightBox& b) {
  if (!SimilarHeights(a, b)) return false;
  const double height = std::min(a.Height(), b.Height());
  const double common = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  const double gap = std::max(a.left, b.left) - std::min(a.right, b.right);
  return common >= height / 2 && gap <= kWidestGap * height;
}

// How far `below` stands under `above`, in pixels; negative when it does not.
double Leading(const UprightBox& above, const UprightBox& below) {
  if (!SimilarHeights(above, below)) return -1;
  const double height = std::min(above.Height(), below.Height());
  const bool overlap =
      std::min(above.right, below.right) > std::max(above.left, below.left);
  const double leading = below.top - above.bottom;
  const bool lower = below.top + below.bottom > above.top + above.bottom;
  if (!overlap || !lower || leading > kWidestLeading * height ||
      leading < -height / 2) {
    return -1;
  }
  return std::max(leading, 0.0);
}

// The index of the nearest line below each line of its block; -1 for none.
std::vector<int> LinesBelow(std::span<const TextRegion> regions,
                            const std::vector<RegionGroup>& lines) {
  std::vector<UprightBox> boxes;
  for (const RegionGroup& line : lines) {
    boxes.push_back(Upright(line, regions));
  }
  // Text without a place stands under no other, and none under it.
  std::vector<int> placed;
  for (int i = 0; i < static_cast<int>(lines.size()); ++i) {
    if (boxes[i].right > boxes[i].left && boxes[i].Height() > 0) {
      placed.push_back(i);
    }
  }
  std::vector<int> nearest(lines.size(), -1);
  for (const int above : placed) {
    double nearest_leading = 0;
    for (const int below : placed) {
      if (below == above) continue;
      const double leading = Leading(boxes[above], boxes[below]);
      if (leading < 0 || (nearest[above] >= 0 && leading >= nearest_leading)) {
        continue;
      }
      nearest[above] = below;
      nearest_leading = leading;
    }
  }
  return nearest;
}

// Sets of regions that are joined two by two.
class DisjointSets {
 public:
  explicit DisjointSets(int size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  int Root(int i) {
    while (parent_[i] != i) {
      parent_[i] = parent_[parent_[i]];  // so that later ways are shorter
      i = parent_[i];
    }
    return i;
  }
  void Join(int a, int b) { parent_[Root(a)] = Root(b); }

 private:
  std::vector<int> parent_;
};

}  // namespace

std::vector<RegionGroup> TextLines(std::span<const TextRegion> regions) {
  const int count = static_cast<int>(regions.size());
  std::vector<UprightBox> boxes;
  for (const TextRegion& region : regions) boxes.push_back(Upright(region));
  // Text without a place stands on no line with other text.
  std::vector<int> placed;
  for (int i = 0; i < count; ++i) {
    if (regions[i].box.Area() > 0) placed.push_back(i);
  }
  DisjointSets sets(count);
  for (size_t a = 0; a < placed.size(); ++a) {
    for (size_t b = a + 1; b < placed.size(); ++b) {
      if (OnOneLine(boxes[placed[a]], boxes[placed[b]])) {
        sets.Join(placed[a], placed[b]);
      }
    }
  }
  std::map<int, RegionGroup> by_root;
  for (int i = 0; i < count; ++i) by_root[sets.Root(i)].push_back(i);
  std::vector<RegionGroup> lines;
  for (auto& [root, line] : by_root) {
    std::stable_sort(line.begin(), line.end(), [&](int a, int b) {
      return boxes[a].left < boxes[b].left;
    });
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<RegionGroup> NeighbouringLines(
    std::span<const TextRegion> regions, const std::vector<RegionGroup>& lines,
    int count) {
  const std::vector<int> below = LinesBelow(regions, lines);
  std::vector<RegionGroup> blocks;
  for (int first = 0; first < static_cast<int>(lines.size()); ++first) {
    RegionGroup block;
    int taken = 0;
    for (int line = first; line >= 0 && taken < count; line = below[line]) {
      block.insert(block.end(), lines[line].begin(), lines[line].end());
      ++taken;
    }
    if (taken == count) blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace burntin
