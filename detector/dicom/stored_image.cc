#include "detector/dicom/stored_image.h"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/codec/jpeg2000.h"
#include "detector/codec/jpegxl.h"
#include "detector/dicom/cell_layout.h"
#include "detector/dicom/dataset_values.h"
#include "detector/dicom/dcmtk_edge.h"
#include "detector/dicom/deflated_frame.h"
#include "detector/dicom/rle_frame.h"
#include "detector/dicom/video_frames.h"

namespace burntin {
namespace {

// What the compressed data of a frame of one value shrinks to once more: the
// codec's tables, and next to nothing for the pixels.
constexpr size_t kConstantBytes = 1024;
constexpr size_t kConstantPixelsPerByte = 1000;

absl::Status NotDecoded() {
  return Error(Reason::kFrameDecodeFailed,
               "A frame could not be decoded. Fetch the object again, or "
               "look at it by hand.");
}

absl::Status OtherSize() {
  return Error(Reason::kFrameDecodeFailed,
               "A compressed frame is of another size than the header says. "
               "Repair the object, or look at it by hand.");
}

bool IsConstant(const PixelCells& cells) {
  return std::visit(
      [&](const auto& values) {
        const auto channels = static_cast<size_t>(cells.channels);
        for (size_t i = channels; i < values.size(); ++i) {
          if (values[i] != values[i - channels]) return false;
        }
        return true;
      },
      cells.values);
}

bool HoldsMoreThanConstant(const std::vector<uint8_t>& compressed,
                           size_t pixels) {
  std::vector<uint8_t> shrunk(compressBound(compressed.size()));
  uLongf size = shrunk.size();
  if (compress2(shrunk.data(), &size, compressed.data(), compressed.size(),
                Z_BEST_SPEED) != Z_OK) {
    return true;
  }
  return size > kConstantBytes + pixels / kConstantPixelsPerByte;
}

size_t Pixels(const PixelLayout& layout) {
  return static_cast<size_t>(layout.rows) * static_cast<size_t>(layout.columns);
}

bool Fits(const JpegFrame& stream, const PixelLayout& layout) {
  return (stream.rows == 0 || stream.rows == layout.rows) &&
         stream.columns == layout.columns &&
         stream.components == layout.samples;
}

VideoKind KindOf(Codec codec) {
  if (codec == Codec::kMpeg2) return VideoKind::kMpeg2;
  return codec == Codec::kH264 ? VideoKind::kH264 : VideoKind::kHevc;
}

}  // namespace

StoredImage::StoredImage(DcmItem& item, DcmElement& pixels,
                         const StoredAs& stored, const DicomLimits& limits)
    : item_(item),
      pixels_(pixels),
      stored_(stored),
      limits_(limits),
      layout_(ReadPixelLayout(item)) {}

StoredImage::~StoredImage() = default;

absl::StatusOr<std::unique_ptr<StoredImage>> StoredImage::Open(
    DcmItem& item, const StoredAs& stored, int frames,
    const DicomLimits& limits) {
  const std::vector<DcmElement*> pixels = PixelElements(item);
  if (pixels.empty()) {
    return Error(Reason::kNoPixelData,
                 "An image holds no Pixel Data (7FE0,0010). Look at the object "
                 "by hand.");
  }
  std::unique_ptr<StoredImage> image(
      new StoredImage(item, *pixels.front(), stored, limits));
  RETURN_IF_ERROR(image->Survey(frames));
  if (pixels.size() > 1) {
    image->whole_ = Error(Reason::kFileMalformed,
                          "An image holds Pixel Data and Float Pixel Data, of "
                          "which one is shown only. Repair the object.");
  }
  return image;
}

absl::Status StoredImage::Survey(int frames) {
  frames_ = frames;
  RETURN_IF_ERROR(CheckPixelLayout(layout_, limits_));
  fragments_ = CompressedPixels(pixels_, stored_.syntax);
  if (fragments_ == nullptr) {
    // The element says how it is stored; the transfer syntax need not hold.
    if (pixels_.getLengthField() == DCM_UndefinedLength) {
      return Error(Reason::kUnsupportedPixelLayout,
                   "Pixel Data is stored in a way that does not suit the "
                   "transfer syntax. Repair the object.");
    }
    whole_ = CheckStoredBits(pixels_, FrameBits(layout_), frames, "Pixel Data");
  } else if (stored_.codec == Codec::kUnsupported ||
             stored_.codec == Codec::kNone) {
    return Error(Reason::kUnsupportedTransferSyntax,
                 "The pixel data is in a transfer syntax that cannot be "
                 "decoded. Transcode the object, or look at it by hand.");
  } else {
    map_ = MapFragments(*fragments_, item_, stored_.codec, frames);
    whole_ = map_.whole;
  }
  if (ReasonOf(whole_) == Reason::kPixelDataTruncated) return whole_;
  return absl::OkStatus();
}

absl::StatusOr<StoredFrame> StoredImage::Read(int frame) {
  if (fragments_ == nullptr) return ReadNative(frame);
  if (IsVideo(stored_.codec)) return ReadVideo(frame);
  ASSIGN_OR_RETURN(StoredFrame stored, ReadCompressed(frame));
  if (stored.cells.rows != layout_.rows ||
      stored.cells.columns != layout_.columns ||
      stored.cells.channels != layout_.samples) {
    return OtherSize();
  }
  return stored;
}

absl::StatusOr<StoredFrame> StoredImage::ReadNative(int frame) {
  const int64_t first_bit = FrameBits(layout_) * frame;
  // Whole words, of which DCMTK swaps the bytes where it must.
  const int64_t start = first_bit / 64 * 8;
  const int64_t stop = std::min<int64_t>(
      (first_bit + FrameBits(layout_) + 63) / 64 * 8, pixels_.getLengthField());
  std::vector<uint8_t> bytes(
      static_cast<size_t>(std::max<int64_t>(0, stop - start)));
  if (bytes.empty() ||
      pixels_
          .getPartialValue(bytes.data(), static_cast<Uint32>(start),
                           static_cast<Uint32>(bytes.size()), &cache_)
          .bad()) {
    return NotDecoded();
  }
  ASSIGN_OR_RETURN(
      PixelCells cells,
      UnpackCells(std::move(bytes), first_bit - start * 8, layout_));
  StoredFrame stored{.cells = std::move(cells), .layout = layout_};
  if (stored_.syntax == EXS_BigEndianExplicit && layout_.bits_allocated > 16 &&
      layout_.kind == CellKind::kInteger) {
    stored.otherwise.push_back(SwapHalves(stored.cells));
  }
  return stored;
}

absl::StatusOr<StoredFrame> StoredImage::ReadCompressed(int frame) {
  const FrameFragments& fragments = map_.frames[static_cast<size_t>(frame)];
  absl::StatusOr<StoredFrame> stored = NotDecoded();
  std::vector<uint8_t> bytes;
  const bool is_jpeg =
      stored_.codec == Codec::kJpeg || stored_.codec == Codec::kJpegLs;
  if (is_jpeg) {
    RETURN_IF_ERROR(CheckJpeg(fragments));
    stored = DecodeByDcmtk(frame);
  } else {
    ASSIGN_OR_RETURN(bytes, ReadFragments(map_, fragments, &cache_));
    if (stored_.codec == Codec::kRle) {
      RETURN_IF_ERROR(CheckRleFrame(bytes, Pixels(layout_)));
      stored = DecodeByDcmtk(frame);
    } else {
      stored = AsCells(bytes);
    }
  }
  RETURN_IF_ERROR(stored.status());
  if (!IsConstant(stored->cells)) return stored;
  if (is_jpeg) {
    ASSIGN_OR_RETURN(bytes, ReadFragments(map_, fragments, &cache_));
  }
  if (HoldsMoreThanConstant(bytes, stored->cells.size())) {
    return Error(Reason::kSuspiciousPixels,
                 "A frame decodes to one single value, but its compressed "
                 "data holds more. Look at it in another viewer.");
  }
  return stored;
}

// DCMTK believes the stream, and fills what the header wants.
absl::Status StoredImage::CheckJpeg(const FrameFragments& fragments) const {
  if (!fragments.stream) return NotDecoded();
  if (!Fits(*fragments.stream, layout_)) return OtherSize();
  // How the planes of JPEG-LS lie it would guess.
  if (layout_.samples > 1 && !item_.tagExistsWithValue(DCM_PlanarConfiguration))
    return NotDecoded();
  return absl::OkStatus();
}

// What DCMTK gives has whole bytes and pixels, whatever is compressed: as many
// bytes as the stream's precision takes or, of RLE, as the header says.
PixelLayout StoredImage::DcmtkLayout(const FrameFragments& fragments) const {
  PixelLayout layout = layout_;
  layout.bits_allocated = (layout.bits_allocated + 7) / 8 * 8;
  if (stored_.codec == Codec::kJpeg) {
    const int precision = fragments.stream->precision;
    layout.bits_allocated = precision <= 8 ? 8 : 16;
    layout.bits_stored = std::min(layout.bits_stored, layout.bits_allocated);
    layout.high_bit = std::min(layout.high_bit, layout.bits_allocated - 1);
  }
  layout.photometric.clear();
  return layout;
}

absl::StatusOr<StoredFrame> StoredImage::DecodeByDcmtk(int frame) {
  auto* pixels = dynamic_cast<DcmPixelData*>(&pixels_);
  if (pixels == nullptr) return NotDecoded();
  const DamageWatch watch(DamageWatch::Work::kDecoding);
  const FrameFragments& fragments = map_.frames[static_cast<size_t>(frame)];
  PixelLayout layout = DcmtkLayout(fragments);
  // As large as the header says, which DCMTK insists on.
  const int64_t bits =
      FrameBits(layout) / layout.bits_allocated *
      std::max(layout.bits_allocated, (layout_.bits_allocated + 7) / 8 * 8);
  std::vector<uint8_t> bytes(static_cast<size_t>((bits / 8 + 1) / 2 * 2));
  auto first = static_cast<Uint32>(fragments.first);
  OFString model;
  const OFCondition decoded = pixels->getUncompressedFrame(
      &item_, static_cast<Uint32>(frame), first, bytes.data(),
      static_cast<Uint32>(bytes.size()), model, &cache_);
  // What was loaded goes back to the file.
  for (size_t i = 0; i < fragments.count; ++i) {
    map_.fragments[fragments.first - 1 + i]->compact();
  }
  if (decoded.bad()) return NotDecoded();
  if (watch.damaged()) {
    return Error(Reason::kFrameDecodeFailed,
                 "A frame's compressed data is damaged. Fetch the object "
                 "again, or look at it by hand.");
  }
  ASSIGN_OR_RETURN(PixelCells cells, UnpackCells(std::move(bytes), 0, layout));
  layout.photometric = std::string(model.c_str(), model.size());
  if (layout.samples == 1) layout.photometric = layout_.photometric;
  return StoredFrame{.cells = std::move(cells), .layout = std::move(layout)};
}

absl::StatusOr<StoredFrame> StoredImage::AsCells(
    std::vector<uint8_t> bytes) const {
  const CodecLimits limits{.pixels = limits_.pixels_per_frame};
  PixelLayout layout = layout_;
  const int64_t frame_bytes = (FrameBits(layout) + 7) / 8;
  if (stored_.codec == Codec::kDeflatedFrame) {
    ASSIGN_OR_RETURN(bytes, InflateFrame(std::move(bytes), frame_bytes));
  }
  if (stored_.codec == Codec::kUncompressed &&
      static_cast<int64_t>(bytes.size()) > frame_bytes + 1) {
    return Error(Reason::kFileMalformed,
                 "A frame holds more than Rows and Columns say. Repair the "
                 "object, or look at it by hand.");
  }
  if (stored_.codec == Codec::kDeflatedFrame ||
      stored_.codec == Codec::kUncompressed) {
    ASSIGN_OR_RETURN(PixelCells cells,
                     UnpackCells(std::move(bytes), 0, layout));
    return StoredFrame{.cells = std::move(cells), .layout = std::move(layout)};
  }
  ASSIGN_OR_RETURN(DecodedFrame decoded, stored_.codec == Codec::kJpeg2000
                                             ? DecodeJpeg2000(bytes, limits)
                                             : DecodeJpegXl(bytes, limits));
  if (decoded.has_more) {
    return Error(Reason::kFileMalformed,
                 "More than padding follows the end of a compressed frame. "
                 "Repair the object, or look at it by hand.");
  }
  if (layout.samples == 3) {
    const bool says_ycc =
        !decoded.is_rgb && layout.photometric.starts_with("YBR_FULL");
    layout.photometric = decoded.is_ycc || says_ycc ? "YBR_FULL" : "RGB";
  }
  // The stream knows its values better than the header does.
  layout.bits_stored = decoded.precision;
  layout.high_bit = decoded.precision - 1;
  layout.is_signed = decoded.is_signed;
  if (std::holds_alternative<std::vector<float>>(decoded.cells.values)) {
    layout.kind = CellKind::kFloat;
  }
  return StoredFrame{.cells = std::move(decoded.cells),
                     .layout = std::move(layout)};
}

absl::StatusOr<StoredFrame> StoredImage::ReadVideo(int frame) {
  if (video_ == nullptr) {
    ASSIGN_OR_RETURN(std::vector<uint8_t> stream,
                     ReadFragments(map_, map_.frames.front(), &cache_));
    video_ = std::make_unique<VideoFrames>(
        std::move(stream), KindOf(stored_.codec), frames_,
        CodecLimits{.pixels = limits_.pixels_per_frame});
  }
  ASSIGN_OR_RETURN(PixelCells cells, video_->Read(frame));
  if (cells.rows != layout_.rows || cells.columns != layout_.columns) {
    return OtherSize();
  }
  PixelLayout layout = layout_;
  const bool wide = std::holds_alternative<std::vector<uint16_t>>(cells.values);
  layout.bits_stored = wide ? 16 : 8;
  layout.bits_allocated = layout.bits_stored;
  layout.high_bit = layout.bits_stored - 1;
  layout.is_signed = false;
  layout.samples = cells.channels;
  layout.photometric = "RGB";
  return StoredFrame{.cells = std::move(cells), .layout = std::move(layout)};
}

}  // namespace burntin
