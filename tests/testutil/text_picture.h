// Pictures with text in them, drawn by OpenCV.
#ifndef BURNTIN_TESTS_TESTUTIL_TEXT_PICTURE_H_
#define BURNTIN_TESTS_TESTUTIL_TEXT_PICTURE_H_

#include <cstdint>
#include <string>

#include "detector/base/image.h"

namespace burntin {

// A grey picture, all of one value.
Image FlatPicture(int rows, int columns, uint8_t grey);

// A grey picture of random values. Equal seeds give equal pictures.
Image NoisePicture(int rows, int columns, unsigned seed);

struct TextStyle {
  int letter_rows = 20;  // height of a capital letter
  uint8_t grey = 255;
};

// Draws `text`, ASCII, with its capital letters' upper left corner at column
// `x` and row `y`. `image` is grey.
void DrawText(const std::string& text, int x, int y, const TextStyle& style,
              Image* image);

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_TEXT_PICTURE_H_
