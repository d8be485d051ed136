#include "detector/dicom/dataset_values.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"

namespace burntin {
namespace {

// Longer padding is not met with, and not read.
constexpr int64_t kMostPaddingBytes = int64_t{1} << 20;

bool IsPadding(DcmElement& element, int64_t first, int64_t size) {
  if (size > kMostPaddingBytes) return false;
  std::vector<uint8_t> bytes(static_cast<size_t>(size));
  if (element
          .getPartialValue(bytes.data(), static_cast<Uint32>(first),
                           static_cast<Uint32>(size))
          .bad()) {
    return false;
  }
  return std::all_of(bytes.begin(), bytes.end(),
                     [&](uint8_t byte) { return byte == bytes.front(); });
}

}  // namespace

int UnsignedShort(DcmItem& item, const DcmTagKey& tag, int otherwise) {
  Uint16 value = 0;
  return item.findAndGetUint16(tag, value).good() ? value : otherwise;
}

std::vector<DcmElement*> PixelElements(DcmItem& item) {
  std::vector<DcmElement*> elements;
  for (const DcmTagKey& tag :
       {DCM_PixelData, DCM_FloatPixelData, DCM_DoubleFloatPixelData}) {
    DcmElement* element = nullptr;
    if (item.findAndGetElement(tag, element).good()) {
      elements.push_back(element);
    }
  }
  return elements;
}

std::optional<int> NumberOfFrames(DcmItem& item) {
  OFString text;
  item.findAndGetOFString(DCM_NumberOfFrames, text);
  std::string digits(text.c_str(), text.size());
  const size_t first = digits.find_first_not_of(" +");
  if (first == std::string::npos) return 1;
  const size_t last = digits.find_last_not_of(std::string(" \0", 2));
  int value = 0;
  const char* end = digits.data() + last + 1;
  const auto [stop, error] = std::from_chars(digits.data() + first, end, value);
  if (error != std::errc() || stop != end || value < 1) return std::nullopt;
  return value;
}

DcmPixelSequence* CompressedPixels(DcmElement& element,
                                   E_TransferSyntax syntax) {
  DcmPixelSequence* sequence = nullptr;
  auto* pixels = dynamic_cast<DcmPixelData*>(&element);
  if (pixels == nullptr ||
      pixels->getEncapsulatedRepresentation(syntax, nullptr, sequence).bad()) {
    return nullptr;
  }
  return sequence;
}

absl::Status CheckStoredBits(DcmElement& element, int64_t frame_bits,
                             int frames, std::string_view what) {
  const int64_t stored = element.getLengthField();
  // Divides where a product of hostile values could overflow.
  if (frames > stored * 8 / frame_bits) {
    return Error(Reason::kPixelDataTruncated,
                 std::string(what) +
                     " is shorter than its size and number of frames say. "
                     "Fetch the object again.");
  }
  const int64_t expected = (frame_bits * frames + 7) / 8;
  const int64_t surplus = stored - expected;
  if (surplus > 1 &&
      (surplus * 8 >= frame_bits || !IsPadding(element, expected, surplus))) {
    return Error(Reason::kFileMalformed,
                 std::string(what) +
                     " holds more than its size and number of frames say. "
                     "Repair the object.");
  }
  return absl::OkStatus();
}

}  // namespace burntin
