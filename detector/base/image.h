// Pixels and boxes, without any image library's types.
#ifndef BURNTIN_DETECTOR_BASE_IMAGE_H_
#define BURNTIN_DETECTOR_BASE_IMAGE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace burntin {

// A rectangle in pixels; (0, 0) is the upper left pixel. Covers columns
// [x, x + width) and rows [y, y + height).
struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  int64_t Area() const { return static_cast<int64_t>(width) * height; }
  friend bool operator==(const Box&, const Box&) = default;
};

// The common part of two boxes; an empty box when there is none.
inline Box Intersect(const Box& a, const Box& b) {
  const int left = std::max(a.x, b.x);
  const int top = std::max(a.y, b.y);
  const int right = std::min(a.x + a.width, b.x + b.width);
  const int bottom = std::min(a.y + a.height, b.y + b.height);
  if (right <= left || bottom <= top) return Box{};
  return Box{left, top, right - left, bottom - top};
}

// The smallest box that holds both.
inline Box Unite(const Box& a, const Box& b) {
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return Box{left, top, std::max(a.x + a.width, b.x + b.width) - left,
             std::max(a.y + a.height, b.y + b.height) - top};
}

// Area of the common part over the area of the smaller box, in [0, 1].
inline double OverlapOfSmaller(const Box& a, const Box& b) {
  const int64_t smaller = std::min(a.Area(), b.Area());
  if (smaller <= 0) return 0;
  return static_cast<double>(Intersect(a, b).Area()) /
         static_cast<double>(smaller);
}

// An 8-bit picture that owns its pixels: rows top to bottom without padding,
// `channels` bytes a pixel (1: grey, 0 is black; 3: red, green, blue).
struct Image {
  int rows = 0;
  int columns = 0;
  int channels = 1;
  std::vector<uint8_t> pixels;  // size() == rows * columns * channels

  bool empty() const { return pixels.empty(); }
  friend bool operator==(const Image&, const Image&) = default;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_IMAGE_H_
