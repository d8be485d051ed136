#include "detector/views/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace burntin {
namespace {

// Channels in [0, 1].
using Colour = std::array<float, 3>;

// ITU-R BT.601. `blue` and `red` are differences in [-0.5, 0.5].
Colour FromYbr(float luma, float blue, float red) {
  return {luma + 1.402F * red, luma - 0.344136F * blue - 0.714136F * red,
          luma + 1.772F * blue};
}

// Chroma is 0 at half the number of values.
Colour FromFullYbr(const float* ybr, float zero) {
  return FromYbr(ybr[0], ybr[1] - zero, ybr[2] - zero);
}

Colour FromPartialYbr(const float* ybr, float zero) {
  constexpr float kBlack = 16.0F / 255;
  constexpr float kLuma = 255.0F / (235 - 16);
  constexpr float kChroma = 255.0F / (240 - 16);
  return FromYbr((ybr[0] - kBlack) * kLuma, (ybr[1] - zero) * kChroma,
                 (ybr[2] - zero) * kChroma);
}

Colour FromHsv(const float* hsv) {
  const float sector = hsv[0] * 6;
  const auto share = [&](float shift) {
    const float at = std::fmod(shift + sector, 6.0F);
    return hsv[2] * (1 - hsv[1] * std::clamp(std::min(at, 4 - at), 0.0F, 1.0F));
  };
  return {share(5), share(3), share(1)};
}

Colour FromCmyk(const float* cmyk) {
  const float paper = 1 - cmyk[3];
  return {(1 - cmyk[0]) * paper, (1 - cmyk[1]) * paper, (1 - cmyk[2]) * paper};
}

// Each level's share of the range of values.
std::vector<float> SharesOf(const Levels& levels) {
  const double low = levels.meanings.front() / 2;
  const double width = levels.meanings.back() / 2 - low;
  std::vector<float> shares(levels.meanings.size());
  if (width <= 0) return shares;
  std::transform(levels.meanings.begin(), levels.meanings.end(), shares.begin(),
                 [&](double value) {
                   return static_cast<float>((value / 2 - low) / width);
                 });
  return shares;
}

std::vector<double> CountUp(uint32_t most) {
  std::vector<double> meanings(size_t{most} + 1);
  std::iota(meanings.begin(), meanings.end(), 0);
  return meanings;
}

uint16_t LevelOf(float share, float most) {
  return static_cast<uint16_t>(std::clamp(share, 0.0F, 1.0F) * most + 0.5F);
}

Levels Converted(const Levels& levels, int bits_stored, auto colour_of) {
  const uint32_t most = (1U << std::clamp(bits_stored, 8, 16)) - 1;
  Levels rgb{.rows = levels.rows,
             .columns = levels.columns,
             .channels = 3,
             .meanings = CountUp(most)};
  const auto step = static_cast<size_t>(levels.channels);
  const size_t pixels = levels.cells.size() / step;
  rgb.cells.resize(pixels * 3);
  const std::vector<float> shares = SharesOf(levels);
  std::array<float, 4> channels{};
  for (size_t i = 0; i < pixels; ++i) {
    for (size_t c = 0; c < step; ++c) {
      channels[c] = shares[levels.cells[i * step + c]];
    }
    const Colour colour = colour_of(channels.data());
    for (size_t c = 0; c < 3; ++c) {
      rgb.cells[i * 3 + c] = LevelOf(colour[c], static_cast<float>(most));
    }
  }
  return rgb;
}

Levels WithoutAlpha(const Levels& levels) {
  Levels rgb{.rows = levels.rows,
             .columns = levels.columns,
             .channels = 3,
             .meanings = levels.meanings,
             .is_even = levels.is_even};
  rgb.cells.reserve(levels.cells.size() / 4 * 3);
  for (size_t i = 0; i + 3 < levels.cells.size(); i += 4) {
    rgb.cells.insert(rgb.cells.end(), &levels.cells[i + 1],
                     &levels.cells[i + 1] + 3);
  }
  return rgb;
}

}  // namespace

int ChannelsOf(Photometric photometric) {
  switch (photometric) {
    case Photometric::kMonochrome1:
    case Photometric::kMonochrome2:
    case Photometric::kPaletteColor:
      return 1;
    case Photometric::kRgb:
    case Photometric::kYbrFull:
    case Photometric::kYbrPartial:
    case Photometric::kHsv:
      return 3;
    case Photometric::kArgb:
    case Photometric::kCmyk:
      return 4;
    case Photometric::kOther:
      break;
  }
  return 0;
}

Levels ToRgb(const Levels& levels, Photometric photometric, int bits_stored) {
  // 128 of 255, for 8 bits.
  const int bits = std::clamp(bits_stored, 1, 16);
  const auto half = static_cast<float>(1U << (bits - 1));
  const float zero = half / (2 * half - 1);
  switch (photometric) {
    case Photometric::kYbrFull:
      return Converted(levels, bits_stored, [&](const float* channels) {
        return FromFullYbr(channels, zero);
      });
    case Photometric::kYbrPartial:
      return Converted(levels, bits_stored, [&](const float* channels) {
        return FromPartialYbr(channels, zero);
      });
    case Photometric::kHsv:
      return Converted(levels, bits_stored, FromHsv);
    case Photometric::kCmyk:
      return Converted(levels, bits_stored, FromCmyk);
    case Photometric::kArgb:
      return WithoutAlpha(levels);
    default:
      return levels;
  }
}

Image BrightnessOf(const Image& image) {
  if (image.channels != 3) return image;
  Image grey{.rows = image.rows, .columns = image.columns};
  grey.pixels.resize(image.pixels.size() / 3);
  const uint8_t* from = image.pixels.data();
  for (uint8_t& pixel : grey.pixels) {
    pixel = static_cast<uint8_t>(
        (77 * from[0] + 150 * from[1] + 29 * from[2] + 128) >> 8);
    from += 3;
  }
  return grey;
}

Levels LevelsOf(const Image& image) {
  Levels levels{.rows = image.rows,
                .columns = image.columns,
                .channels = image.channels,
                .meanings = CountUp(255)};
  levels.cells.assign(image.pixels.begin(), image.pixels.end());
  return levels;
}

}  // namespace burntin
