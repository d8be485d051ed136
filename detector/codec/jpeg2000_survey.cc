#include "detector/codec/jpeg2000_survey.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

// Markers (T.800 A.2).
constexpr uint64_t kSoc = 0xFF4F;
constexpr uint64_t kSiz = 0xFF51;
constexpr uint64_t kCod = 0xFF52;
constexpr uint64_t kCoc = 0xFF53;
constexpr uint64_t kSot = 0xFF90;
constexpr uint64_t kSod = 0xFF93;
constexpr uint64_t kEoc = 0xFFD9;

constexpr uint64_t kMostComponents = 4;
constexpr uint64_t kMostBits = 31;  // that OpenJPEG takes
// OpenJPEG holds some 10 kB for each tile from the start.
constexpr uint64_t kMostTiles = 16384;
constexpr uint64_t kMostLevels = 32;
constexpr size_t kSotBytes = 12;

absl::Status Unsupported() {
  return Error(Reason::kUnsupportedPixelLayout,
               "A JPEG 2000 frame has components or tiles that are not "
               "supported. Look at it by hand.");
}

uint64_t CeilDivide(uint64_t a, uint64_t b) { return (a + b - 1) / b; }

struct Range {
  uint64_t start = 0;
  uint64_t stop = 0;

  bool empty() const { return stop <= start; }
};

// The part of `range` in a component that keeps each `step`th value.
Range Sampled(Range range, uint64_t step) {
  return {CeilDivide(range.start, step), CeilDivide(range.stop, step)};
}

struct CodingStyle {
  uint64_t levels = 0;
  // log2 of a precinct's width and height, for each resolution.
  std::array<std::pair<uint8_t, uint8_t>, kMostLevels + 1> precincts;
};

struct Component {
  uint64_t dx = 1;
  uint64_t dy = 1;
  CodingStyle style;
  bool has_own_style = false;
};

// How the image, or a tile of it, is coded.
struct Coding {
  std::vector<Component> components;
  uint64_t layers = 0;
  bool has_transform = false;
};

// The parts of one tile.
struct Parts {
  uint64_t seen = 0;
  uint64_t declared = 0;         // 0: open
  std::optional<Coding> coding;  // if it has one of its own
};

class Survey {
 public:
  explicit Survey(absl::Span<const uint8_t> stream) : stream_(stream) {}

  absl::StatusOr<Jpeg2000Outline> Run(const CodecLimits& limits);

 private:
  uint64_t Read(size_t at, size_t size) const;
  size_t StartOfCodestream() const;
  absl::StatusOr<size_t> SegmentEnd(size_t at) const;
  absl::StatusOr<size_t> ReadMainHeader(size_t at, const CodecLimits& limits);
  absl::Status ReadSize(size_t at, size_t end, const CodecLimits& limits);
  absl::Status ReadComponents(size_t at, size_t end, uint64_t count);
  absl::Status ReadTiles(size_t at);
  absl::Status ReadStyles(size_t at, size_t end, Coding* coding) const;
  absl::StatusOr<CodingStyle> ReadStyle(size_t at, size_t end,
                                        bool has_precincts) const;
  absl::StatusOr<size_t> ReadTileParts(size_t at);
  absl::StatusOr<size_t> TilePartEnd(size_t at) const;
  absl::Status ReadTilePartHeader(size_t at, size_t end, Parts* parts) const;
  absl::Status CheckPackets(uint64_t most) const;

  const absl::Span<const uint8_t> stream_;
  Range x_;  // the image on the reference grid
  Range y_;
  Range first_tile_x_;
  Range first_tile_y_;
  uint64_t tiles_across_ = 0;
  uint64_t tiles_down_ = 0;
  Coding coding_;
  std::vector<Parts> tiles_;
};

// Big-endian; 0 for what is behind the end.
uint64_t Survey::Read(size_t at, size_t size) const {
  uint64_t value = 0;
  for (size_t i = at; i < at + size; ++i) {
    value = value << 8 | (i < stream_.size() ? stream_[i] : 0);
  }
  return value;
}

// T.800 I.4; the end of the stream when there is none.
size_t Survey::StartOfCodestream() const {
  if (!IsJp2(stream_)) return 0;
  constexpr uint64_t kCodestreamBox = 0x6A703263;
  for (size_t at = 0; at + 16 <= stream_.size();) {
    uint64_t length = Read(at, 4);
    const bool is_long = length == 1;
    if (is_long) length = Read(at + 8, 8);
    const size_t header = is_long ? 16 : 8;
    if (Read(at + 4, 4) == kCodestreamBox) return at + header;
    if (length < header || length > stream_.size() - at) break;
    at += length;
  }
  return stream_.size();
}

// Behind the marker segment at `at`.
absl::StatusOr<size_t> Survey::SegmentEnd(size_t at) const {
  const uint64_t length = 2 + Read(at + 2, 2);
  if (Read(at, 1) != 0xFF || length < 4 || at > stream_.size() ||
      length > stream_.size() - at) {
    return DamagedJpeg2000();
  }
  return at + length;
}

absl::Status Survey::ReadComponents(size_t at, size_t end, uint64_t count) {
  if (count == 0 || end - at != 3 * count) return DamagedJpeg2000();
  if (count > kMostComponents) return Unsupported();
  const uint64_t depth = Read(at, 1);  // and the sign
  for (; at < end; at += 3) {
    Component component;
    component.dx = Read(at + 1, 1);
    component.dy = Read(at + 2, 1);
    if (component.dx == 0 || component.dy == 0) return DamagedJpeg2000();
    // What components of unlike depth look like is for each viewer to say,
    // and DICOM has no way to describe them.
    if (Read(at, 1) != depth) return Unsupported();
    coding_.components.push_back(component);
  }
  // Luma, which shows text best, is whole.
  if ((depth & 0x7F) + 1 > kMostBits || coding_.components[0].dx != 1 ||
      coding_.components[0].dy != 1) {
    return Unsupported();
  }
  return absl::OkStatus();
}

absl::Status Survey::ReadTiles(size_t at) {
  const uint64_t width = Read(at, 4);
  const uint64_t height = Read(at + 4, 4);
  const uint64_t left = Read(at + 8, 4);
  const uint64_t top = Read(at + 12, 4);
  if (width == 0 || height == 0 || left > x_.start || top > y_.start ||
      left + width <= x_.start || top + height <= y_.start) {
    return DamagedJpeg2000();
  }
  first_tile_x_ = {left, left + width};
  first_tile_y_ = {top, top + height};
  tiles_across_ = CeilDivide(x_.stop - left, width);
  tiles_down_ = CeilDivide(y_.stop - top, height);
  if (tiles_across_ > kMostTiles || tiles_down_ > kMostTiles / tiles_across_) {
    return Unsupported();
  }
  tiles_.resize(tiles_across_ * tiles_down_);
  return absl::OkStatus();
}

// T.800 A.5.1, from the marker on.
absl::Status Survey::ReadSize(size_t at, size_t end,
                              const CodecLimits& limits) {
  if (end - at < 43) return DamagedJpeg2000();
  x_ = {Read(at + 14, 4), Read(at + 6, 4)};
  y_ = {Read(at + 18, 4), Read(at + 10, 4)};
  if (x_.empty() || y_.empty()) return DamagedJpeg2000();
  const auto most = static_cast<uint64_t>(std::max<int64_t>(0, limits.pixels));
  if ((y_.stop - y_.start) > most / (x_.stop - x_.start)) {
    return Error(Reason::kPixelLimitExceeded,
                 "A JPEG 2000 frame has more pixels than the limit allows. "
                 "Raise the limit, or look at it by hand.");
  }
  RETURN_IF_ERROR(ReadTiles(at + 22));
  return ReadComponents(at + 40, end, Read(at + 38, 2));
}

// The parameters of SPcod and SPcoc (T.800 A.6.1).
absl::StatusOr<CodingStyle> Survey::ReadStyle(size_t at, size_t end,
                                              bool has_precincts) const {
  CodingStyle style;
  style.levels = Read(at, 1);
  const size_t precincts = at + 5;
  if (style.levels > kMostLevels ||
      precincts + (has_precincts ? style.levels + 1 : 0) > end) {
    return DamagedJpeg2000();
  }
  style.precincts.fill({15, 15});
  for (size_t i = 0; has_precincts && i <= style.levels; ++i) {
    const uint64_t size = Read(precincts + i, 1);
    style.precincts[i] = {static_cast<uint8_t>(size & 15),
                          static_cast<uint8_t>(size >> 4)};
  }
  return style;
}

// A COD or COC segment.
absl::Status Survey::ReadStyles(size_t at, size_t end, Coding* coding) const {
  if (Read(at, 2) == kCod) {
    coding->layers = Read(at + 6, 2);
    coding->has_transform = Read(at + 8, 1) != 0;
    ASSIGN_OR_RETURN(const CodingStyle style,
                     ReadStyle(at + 9, end, (Read(at + 4, 1) & 1) != 0));
    for (Component& component : coding->components) {
      if (!component.has_own_style) component.style = style;
    }
    return absl::OkStatus();
  }
  const uint64_t number = Read(at + 4, 1);
  if (number >= coding->components.size()) return DamagedJpeg2000();
  Component& component = coding->components[number];
  ASSIGN_OR_RETURN(component.style,
                   ReadStyle(at + 6, end, (Read(at + 5, 1) & 1) != 0));
  component.has_own_style = true;
  return absl::OkStatus();
}

// Gives where the first tile-part starts.
absl::StatusOr<size_t> Survey::ReadMainHeader(size_t at,
                                              const CodecLimits& limits) {
  if (Read(at, 2) != kSoc || Read(at + 2, 2) != kSiz) return DamagedJpeg2000();
  at += 2;
  for (uint64_t marker = kSiz; marker != kSot; marker = Read(at, 2)) {
    ASSIGN_OR_RETURN(const size_t end, SegmentEnd(at));
    if (marker == kSiz) {
      if (!coding_.components.empty()) return DamagedJpeg2000();
      RETURN_IF_ERROR(ReadSize(at, end, limits));
    } else if (marker == kCod || marker == kCoc) {
      RETURN_IF_ERROR(ReadStyles(at, end, &coding_));
    }
    at = end;
  }
  if (coding_.layers == 0) return DamagedJpeg2000();
  return at;
}

absl::StatusOr<size_t> Survey::TilePartEnd(size_t at) const {
  if (Read(at + 2, 2) != kSotBytes - 2 || at + kSotBytes > stream_.size()) {
    return DamagedJpeg2000();
  }
  const uint64_t length = Read(at + 6, 4);
  if (length != 0) {
    if (length < kSotBytes + 2 || length > stream_.size() - at) {
      return DamagedJpeg2000();
    }
    return at + length;
  }
  // The last tile-part may leave its length open. No EOC is in its data, as
  // no byte above 8F follows an FF there.
  constexpr uint8_t kEnd[] = {kEoc >> 8, kEoc & 0xFF};
  const auto found =
      std::search(stream_.begin() + at + kSotBytes, stream_.end(),
                  std::begin(kEnd), std::end(kEnd));
  if (found == stream_.end()) return DamagedJpeg2000();
  return static_cast<size_t>(found - stream_.begin());
}

// What a tile says of its own coding goes before what the main header says
// (T.800 A.6.1).
absl::Status Survey::ReadTilePartHeader(size_t at, size_t end,
                                        Parts* parts) const {
  for (at += kSotBytes; at + 2 <= end;) {
    const uint64_t marker = Read(at, 2);
    if (marker == kSod) return absl::OkStatus();
    ASSIGN_OR_RETURN(const size_t segment_end, SegmentEnd(at));
    if (marker == kCod || marker == kCoc) {
      if (!parts->coding) {
        parts->coding = coding_;
        for (Component& component : parts->coding->components) {
          component.has_own_style = false;
        }
      }
      RETURN_IF_ERROR(ReadStyles(at, segment_end, &*parts->coding));
    }
    at = segment_end;
  }
  return DamagedJpeg2000();
}

// Gives where the codestream ends.
absl::StatusOr<size_t> Survey::ReadTileParts(size_t at) {
  while (Read(at, 2) != kEoc) {
    if (Read(at, 2) != kSot) return DamagedJpeg2000();
    ASSIGN_OR_RETURN(const size_t end, TilePartEnd(at));
    const uint64_t tile = Read(at + 4, 2);
    if (tile >= tiles_.size()) return DamagedJpeg2000();
    Parts& parts = tiles_[tile];
    RETURN_IF_ERROR(ReadTilePartHeader(at, end, &parts));
    if (Read(at + 10, 1) != parts.seen++) return DamagedJpeg2000();
    if (const uint64_t declared = Read(at + 11, 1); declared != 0) {
      if (parts.declared != 0 && parts.declared != declared) {
        return DamagedJpeg2000();
      }
      parts.declared = declared;
    }
    at = end;
  }
  for (const Parts& parts : tiles_) {
    // Some encoders tell the number of the last part, not that of all.
    if (parts.seen == 0 ||
        (parts.declared != 0 && parts.declared != parts.seen &&
         parts.declared + 1 != parts.seen)) {
      return DamagedJpeg2000();
    }
  }
  return at + 2;
}

// The packets of one layer (T.800 B.5 and B.6).
uint64_t PacketsOf(const Component& component, Range x, Range y) {
  const Range across = Sampled(x, component.dx);
  const Range down = Sampled(y, component.dy);
  uint64_t precincts = 0;
  for (uint64_t i = 0; i <= component.style.levels; ++i) {
    const uint64_t step = uint64_t{1} << (component.style.levels - i);
    const Range wide = Sampled(across, step);
    const Range high = Sampled(down, step);
    if (wide.empty() || high.empty()) continue;
    const auto [width, height] = component.style.precincts[i];
    precincts +=
        (CeilDivide(wide.stop, uint64_t{1} << width) - (wide.start >> width)) *
        (CeilDivide(high.stop, uint64_t{1} << height) - (high.start >> height));
  }
  return precincts;
}

// Each packet takes a byte at least, be it empty. So a few bytes cannot make
// a decoder allocate and visit a great many.
absl::Status Survey::CheckPackets(uint64_t most) const {
  const uint64_t width = first_tile_x_.stop - first_tile_x_.start;
  const uint64_t height = first_tile_y_.stop - first_tile_y_.start;
  uint64_t packets = 0;
  for (uint64_t i = 0; i < tiles_.size(); ++i) {
    const uint64_t left = first_tile_x_.start + i % tiles_across_ * width;
    const uint64_t top = first_tile_y_.start + i / tiles_across_ * height;
    const Range x{std::max(left, x_.start), std::min(left + width, x_.stop)};
    const Range y{std::max(top, y_.start), std::min(top + height, y_.stop)};
    const Coding& coding = tiles_[i].coding ? *tiles_[i].coding : coding_;
    for (const Component& component : coding.components) {
      packets += PacketsOf(component, x, y) * coding.layers;
      if (packets > most) return DamagedJpeg2000();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Jpeg2000Outline> Survey::Run(const CodecLimits& limits) {
  const size_t start = StartOfCodestream();
  ASSIGN_OR_RETURN(const size_t first_part, ReadMainHeader(start, limits));
  ASSIGN_OR_RETURN(const size_t end, ReadTileParts(first_part));
  RETURN_IF_ERROR(CheckPackets(end - start));
  return Jpeg2000Outline{.end = end, .has_transform = coding_.has_transform};
}

}  // namespace

absl::Status DamagedJpeg2000() {
  return Error(Reason::kFrameDecodeFailed,
               "A JPEG 2000 frame is damaged or cut. Fetch the object again, "
               "or look at it by hand.");
}

absl::StatusOr<Jpeg2000Outline> SurveyJpeg2000(absl::Span<const uint8_t> stream,
                                               const CodecLimits& limits) {
  return Survey(stream).Run(limits);
}

}  // namespace burntin
