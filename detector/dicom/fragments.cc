#include "detector/dicom/fragments.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dcmtk/dcmdata/dcfcache.h"
#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/dicom/jpeg_end.h"

namespace burntin {
namespace {

constexpr uint32_t kItemHeaderBytes = 8;
constexpr uint32_t kPieceBytes = 1 << 20;
constexpr std::string_view kSoi = "\xFF\xD8";

// What the fragments of JPEG or JPEG-LS frames look like from outside.
struct JpegFragments {
  std::vector<uint32_t> frame_offsets;  // from the first fragment's item tag
  bool starts_with_frame = false;
  bool readable = true;
  bool has_more = false;  // after the end of some frame
};

class JpegFragmentReader {
 public:
  JpegFragments Read(DcmPixelSequence& sequence) {
    uint32_t offset = 0;
    for (unsigned long i = 1; i < sequence.card(); ++i) {
      DcmPixelItem* fragment = nullptr;
      if (sequence.getItem(fragment, i).bad() || !ReadOne(*fragment, offset)) {
        found_.readable = false;
        return found_;
      }
      offset += kItemHeaderBytes + fragment->getLengthField();
    }
    FinishFrame();
    return found_;
  }

 private:
  bool ReadOne(DcmPixelItem& fragment, uint32_t offset) {
    const uint32_t length = fragment.getLengthField();
    for (uint32_t at = 0; at < length; at += kPieceBytes) {
      piece_.resize(std::min(kPieceBytes, length - at));
      if (fragment
              .getPartialValue(piece_.data(), at,
                               static_cast<Uint32>(piece_.size()), &cache_)
              .bad()) {
        return false;
      }
      if (at == 0 && std::string_view(piece_).starts_with(kSoi)) {
        FinishFrame();
        if (offset == 0) found_.starts_with_frame = true;
        found_.frame_offsets.push_back(offset);
      }
      end_.Feed(piece_);
    }
    return true;
  }

  void FinishFrame() {
    found_.has_more = found_.has_more || end_.has_more();
    end_ = JpegEnd();
  }

  JpegFragments found_;
  JpegEnd end_;
  DcmFileCache cache_;  // keeps the file open from one read to the next
  std::string piece_;
};

// Little endian, as the table is stored.
std::string Encode(const std::vector<uint32_t>& offsets) {
  std::string bytes;
  for (const uint32_t offset : offsets) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<char>(offset >> shift));
    }
  }
  return bytes;
}

// Whether the offset table is empty or as `offsets` say.
bool FitsTable(DcmPixelSequence& sequence,
               const std::vector<uint32_t>& offsets) {
  DcmPixelItem* table = nullptr;
  if (sequence.getItem(table, 0).bad()) return false;
  std::string stored(table->getLengthField(), '\0');
  if (stored.empty()) return true;
  return stored.size() == 4 * offsets.size() &&
         table
             ->getPartialValue(stored.data(), 0,
                               static_cast<Uint32>(stored.size()))
             .good() &&
         stored == Encode(offsets);
}

void CompleteOffsetTable(DcmPixelSequence& sequence,
                         const std::vector<uint32_t>& offsets) {
  DcmPixelItem* table = nullptr;
  if (sequence.card() - 1 == offsets.size() ||
      sequence.getItem(table, 0).bad() || table->getLengthField() != 0) {
    return;
  }
  const std::string bytes = Encode(offsets);
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

}  // namespace

absl::Status PrepareFragments(DcmPixelSequence& sequence,
                              E_TransferSyntax syntax, int frames) {
  const auto expected = static_cast<size_t>(frames);
  if (sequence.card() < expected + 1) return TooFew();
  if (syntax == EXS_RLELossless) {
    return sequence.card() == expected + 1 ? absl::OkStatus() : TooMuch();
  }
  const JpegFragments found = JpegFragmentReader().Read(sequence);
  if (!found.readable || found.frame_offsets.size() < expected) {
    return TooFew();
  }
  if (found.frame_offsets.size() > expected || !found.starts_with_frame ||
      found.has_more || !FitsTable(sequence, found.frame_offsets)) {
    return TooMuch();
  }
  CompleteOffsetTable(sequence, found.frame_offsets);
  return absl::OkStatus();
}

}  // namespace burntin
