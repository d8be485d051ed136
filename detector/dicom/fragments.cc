#include "detector/dicom/fragments.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/dicom/jpeg_markers.h"

namespace burntin {
namespace {

using std::string_view_literals::operator""sv;

constexpr uint32_t kItemHeaderBytes = 8;
constexpr uint32_t kPieceBytes = 1 << 20;
// The longest of the first bytes below.
constexpr uint32_t kStartBytes = 12;

struct StreamStart {
  Codec codec;
  std::string_view bytes;
};

// SOI (ITU-T T.81 and T.87); SOC and SIZ, or the JP2 signature box (T.800);
// the codestream's or the container's signature (ISO/IEC 18181).
constexpr std::array kStarts = {
    StreamStart{Codec::kJpeg, "\xFF\xD8"sv},
    StreamStart{Codec::kJpegLs, "\xFF\xD8"sv},
    StreamStart{Codec::kJpeg2000, "\xFF\x4F\xFF\x51"sv},
    StreamStart{Codec::kJpeg2000, "\0\0\0\x0CjP  \r\n\x87\n"sv},
    StreamStart{Codec::kJpegXl, "\xFF\x0A"sv},
    StreamStart{Codec::kJpegXl, "\0\0\0\x0CJXL \r\n\x87\n"sv},
};

bool StartsFrame(Codec codec, std::string_view bytes) {
  return std::any_of(
      kStarts.begin(), kStarts.end(), [&](const StreamStart& start) {
        return start.codec == codec && bytes.starts_with(start.bytes);
      });
}

// What the fragments of a multi-frame image look like from outside.
struct FoundFrames {
  std::vector<FrameFragments> frames;
  std::vector<uint64_t> offsets;  // from the first fragment's item tag
  bool starts_with_frame = false;
  bool readable = true;
  bool has_more = false;  // after the end of some frame
};

class FragmentReader {
 public:
  explicit FragmentReader(Codec codec)
      : codec_(codec),
        follows_markers_(codec == Codec::kJpeg || codec == Codec::kJpegLs) {}

  FoundFrames Read(const std::vector<DcmPixelItem*>& fragments) {
    uint64_t offset = 0;
    unsigned long index = 0;
    for (DcmPixelItem* fragment : fragments) {
      if (!ReadOne(*fragment, ++index, offset)) {
        found_.readable = false;
        return found_;
      }
      if (!found_.frames.empty()) ++found_.frames.back().count;
      offset += uint64_t{kItemHeaderBytes} + fragment->getLengthField();
    }
    FinishFrame();
    return found_;
  }

 private:
  bool ReadOne(DcmPixelItem& fragment, unsigned long index, uint64_t offset) {
    const uint32_t length = fragment.getLengthField();
    const uint32_t wanted =
        follows_markers_ ? length : std::min(length, kStartBytes);
    for (uint32_t at = 0; at < wanted; at += kPieceBytes) {
      piece_.resize(std::min(kPieceBytes, wanted - at));
      if (fragment
              .getPartialValue(piece_.data(), at,
                               static_cast<Uint32>(piece_.size()), &cache_)
              .bad()) {
        return false;
      }
      if (at == 0 && StartsFrame(codec_, piece_)) {
        FinishFrame();
        if (offset == 0) found_.starts_with_frame = true;
        found_.frames.push_back({.first = index});
        found_.offsets.push_back(offset);
      }
      if (follows_markers_) markers_.Feed(piece_);
    }
    return true;
  }

  void FinishFrame() {
    found_.has_more = found_.has_more || markers_.has_more();
    if (!found_.frames.empty()) {
      found_.frames.back().stream = markers_.frame();
    }
    markers_ = JpegMarkers();
  }

  const Codec codec_;
  const bool follows_markers_;
  FoundFrames found_;
  JpegMarkers markers_;
  DcmFileCache cache_;  // keeps the file open from one read to the next
  std::string piece_;
};

// Little endian, as the tables are stored.
std::string Encode(const std::vector<uint64_t>& offsets, int bits) {
  std::string bytes;
  for (const uint64_t offset : offsets) {
    for (int shift = 0; shift < bits; shift += 8) {
      bytes.push_back(static_cast<char>(offset >> shift));
    }
  }
  return bytes;
}

// Whether the Basic Offset Table is empty or as `offsets` say.
bool FitsTable(DcmPixelSequence& sequence,
               const std::vector<uint64_t>& offsets) {
  DcmPixelItem* table = nullptr;
  if (sequence.getItem(table, 0).bad()) return false;
  const size_t size = table->getLengthField();
  if (size == 0) return true;
  if (size != 4 * offsets.size()) return false;
  std::string stored(size, '\0');
  return table
             ->getPartialValue(stored.data(), 0,
                               static_cast<Uint32>(stored.size()))
             .good() &&
         stored == Encode(offsets, 32);
}

// Whether the Extended Offset Table (PS3.3 C.7.6.3.1.8) is absent or as
// `offsets` say.
bool FitsExtendedTable(DcmItem& item, const std::vector<uint64_t>& offsets) {
  DcmElement* table = nullptr;
  if (item.findAndGetElement(DcmTagKey(0x7FE0, 0x0001), table).bad()) {
    return true;
  }
  const size_t size = table->getLengthField();
  if (size != 8 * offsets.size()) return false;
  std::string stored(size, '\0');
  return table
             ->getPartialValue(stored.data(), 0,
                               static_cast<Uint32>(stored.size()))
             .good() &&
         stored == Encode(offsets, 64);
}

void CompleteOffsetTable(DcmPixelSequence& sequence,
                         const std::vector<uint64_t>& offsets) {
  DcmPixelItem* table = nullptr;
  if (sequence.card() - 1 == offsets.size() ||
      sequence.getItem(table, 0).bad() || table->getLengthField() != 0) {
    return;
  }
  const std::string bytes = Encode(offsets, 32);
  const std::vector<Uint8> values(bytes.begin(), bytes.end());
  table->putUint8Array(values.data(),
                       static_cast<unsigned long>(values.size()));
}

absl::Status TooFew() {
  return Error(Reason::kPixelDataTruncated,
               "Pixel Data holds fewer frames than Number of Frames says. "
               "Fetch the object again.");
}

absl::Status TooMuch() {
  return Error(Reason::kFileMalformed,
               "Pixel Data holds more than its frames, or its offset table "
               "is wrong. Repair the object.");
}

// One fragment for each frame.
void MapOneToOne(size_t expected, FragmentMap* map) {
  const size_t count = map->fragments.size();
  for (unsigned long i = 1; i <= std::min(count, expected); ++i) {
    map->frames.push_back({.first = i, .count = 1});
  }
  if (count < expected) {
    map->whole = TooFew();
  } else if (count > expected) {
    map->whole = TooMuch();
  }
}

// DCMTK looks for one by its number from the first on, so they are listed once.
std::vector<DcmPixelItem*> FragmentsOf(DcmPixelSequence& sequence) {
  std::vector<DcmPixelItem*> fragments;
  DcmObject* object = sequence.nextInContainer(nullptr);  // the offset table
  while (object != nullptr &&
         (object = sequence.nextInContainer(object)) != nullptr) {
    auto* fragment = dynamic_cast<DcmPixelItem*>(object);
    if (fragment != nullptr) fragments.push_back(fragment);
  }
  return fragments;
}

bool IsOneFragmentAFrame(Codec codec) {
  return codec == Codec::kRle || codec == Codec::kUncompressed ||
         codec == Codec::kDeflatedFrame;
}

}  // namespace

FragmentMap MapFragments(DcmPixelSequence& sequence, DcmItem& item, Codec codec,
                         int frames) {
  const auto expected = static_cast<size_t>(frames);
  FragmentMap map{.fragments = FragmentsOf(sequence)};
  if (map.fragments.empty()) {
    map.whole = TooFew();
    return map;
  }
  if (IsVideo(codec)) {
    map.frames = {{.first = 1, .count = map.fragments.size()}};
    return map;
  }
  if (IsOneFragmentAFrame(codec)) {
    MapOneToOne(expected, &map);
    return map;
  }
  FoundFrames found = FragmentReader(codec).Read(map.fragments);
  if (!found.readable || found.frames.size() < expected) {
    map.whole = TooFew();
    return map;
  }
  if (found.frames.size() > expected || !found.starts_with_frame ||
      found.has_more || !FitsTable(sequence, found.offsets) ||
      !FitsExtendedTable(item, found.offsets)) {
    map.whole = TooMuch();
  } else {
    CompleteOffsetTable(sequence, found.offsets);
  }
  map.frames = std::move(found.frames);
  map.frames.resize(expected);
  return map;
}

absl::StatusOr<std::vector<uint8_t>> ReadFragments(const FragmentMap& map,
                                                   const FrameFragments& frame,
                                                   DcmFileCache* cache) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i < frame.count; ++i) {
    DcmPixelItem* fragment = map.fragments[frame.first - 1 + i];
    const uint32_t length = fragment->getLengthField();
    const size_t before = bytes.size();
    bytes.resize(before + length);
    if (length > 0 &&
        fragment->getPartialValue(bytes.data() + before, 0, length, cache)
            .bad()) {
      return Error(Reason::kFrameDecodeFailed,
                   "A frame's compressed data cannot be read. Fetch the "
                   "object again.");
    }
  }
  return bytes;
}

}  // namespace burntin
