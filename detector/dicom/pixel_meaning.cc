#include "detector/dicom/pixel_meaning.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dataset_values.h"
#include "detector/views/palette.h"

namespace burntin {
namespace {

// Windows, and lookup tables, of one image that are looked through.
constexpr unsigned long kMostWindows = 4;

Photometric PhotometricOf(const PixelLayout& layout) {
  struct Name {
    std::string_view name;
    Photometric photometric;
  };
  constexpr std::array kNames = {
      Name{"MONOCHROME1", Photometric::kMonochrome1},
      Name{"MONOCHROME2", Photometric::kMonochrome2},
      Name{"PALETTE COLOR", Photometric::kPaletteColor},
      Name{"RGB", Photometric::kRgb},
      Name{"YBR_FULL", Photometric::kYbrFull},
      Name{"YBR_FULL_422", Photometric::kYbrFull},
      Name{"YBR_PARTIAL_422", Photometric::kYbrPartial},
      Name{"YBR_PARTIAL_420", Photometric::kYbrPartial},
      // Decoders undo these transforms themselves.
      Name{"YBR_ICT", Photometric::kRgb},
      Name{"YBR_RCT", Photometric::kRgb},
      Name{"XYB", Photometric::kRgb},
      Name{"HSV", Photometric::kHsv},
      Name{"ARGB", Photometric::kArgb},
      Name{"CMYK", Photometric::kCmyk},
  };
  const auto* found = std::find_if(
      kNames.begin(), kNames.end(),
      [&](const Name& row) { return row.name == layout.photometric; });
  return found == kNames.end() ? Photometric::kOther : found->photometric;
}

Window::Function FunctionOf(DcmItem& item) {
  OFString function;
  item.findAndGetOFString(DCM_VOILUTFunction, function);
  if (function == "SIGMOID") return Window::Function::kSigmoid;
  if (function == "LINEAR_EXACT") return Window::Function::kLinearExact;
  return Window::Function::kLinear;
}

void AddWindows(DcmItem& item, std::vector<Window>* windows) {
  for (unsigned long i = 0; i < kMostWindows; ++i) {
    Window window{.function = FunctionOf(item)};
    if (item.findAndGetFloat64(DCM_WindowCenter, window.center, i).bad() ||
        item.findAndGetFloat64(DCM_WindowWidth, window.width, i).bad()) {
      return;
    }
    if (windows->size() < kMostWindows) windows->push_back(window);
  }
}

void ReadRescale(DcmItem& item, PixelMeaning* meaning) {
  double slope = 1;
  double intercept = 0;
  if (item.findAndGetFloat64(DCM_RescaleSlope, slope).good()) {
    meaning->rescale_slope = slope;
  }
  if (item.findAndGetFloat64(DCM_RescaleIntercept, intercept).good()) {
    meaning->rescale_intercept = intercept;
  }
}

// The words of an element of VR US, SS or OW.
std::vector<uint16_t> Words(DcmItem& item, const DcmTagKey& tag) {
  DcmElement* element = nullptr;
  Uint16* words = nullptr;
  Sint16* signed_words = nullptr;
  if (item.findAndGetElement(tag, element).bad()) return {};
  const size_t count = element->getLengthField() / 2;
  if (element->getUint16Array(words).good() && words != nullptr) {
    return {words, words + count};
  }
  if (element->getSint16Array(signed_words).good() && signed_words != nullptr) {
    return {signed_words, signed_words + count};
  }
  Uint8* bytes = nullptr;
  std::vector<uint16_t> values;
  if (element->getUint8Array(bytes).good() && bytes != nullptr) {
    for (size_t i = 0; i + 1 < 2 * count; i += 2) {
      values.push_back(static_cast<uint16_t>(bytes[i] | bytes[i + 1] << 8));
    }
  }
  return values;
}

std::vector<LookUpTable> ReadTables(DcmItem& item, const DcmTagKey& sequence,
                                    bool is_signed) {
  std::vector<LookUpTable> tables;
  for (unsigned long i = 0; i < kMostWindows; ++i) {
    DcmItem* table = nullptr;
    if (item.findAndGetSequenceItem(sequence, table, static_cast<long>(i))
            .bad()) {
      break;
    }
    auto made = MakeLookUpTable(Words(*table, DCM_LUTDescriptor), is_signed,
                                Words(*table, DCM_LUTData));
    if (made.ok()) tables.push_back(*std::move(made));
  }
  return tables;
}

struct PaletteTags {
  DcmTagKey descriptor;
  DcmTagKey data;
  DcmTagKey segments;
};

absl::StatusOr<LookUpTable> ReadPaletteColor(DcmItem& item, bool is_signed,
                                             const PaletteTags& tags) {
  const std::vector<uint16_t> descriptor = Words(item, tags.descriptor);
  if (!item.tagExists(tags.segments)) {
    return MakeLookUpTable(descriptor, is_signed, Words(item, tags.data));
  }
  ASSIGN_OR_RETURN(const std::vector<uint16_t> entries,
                   ExpandSegments(Words(item, tags.segments)));
  return MakeLookUpTable(descriptor, is_signed, entries);
}

absl::StatusOr<Palette> ReadPalette(DcmItem& item, bool is_signed) {
  ASSIGN_OR_RETURN(
      LookUpTable red,
      ReadPaletteColor(item, is_signed,
                       {DCM_RedPaletteColorLookupTableDescriptor,
                        DCM_RedPaletteColorLookupTableData,
                        DCM_SegmentedRedPaletteColorLookupTableData}));
  ASSIGN_OR_RETURN(
      LookUpTable green,
      ReadPaletteColor(item, is_signed,
                       {DCM_GreenPaletteColorLookupTableDescriptor,
                        DCM_GreenPaletteColorLookupTableData,
                        DCM_SegmentedGreenPaletteColorLookupTableData}));
  ASSIGN_OR_RETURN(
      LookUpTable blue,
      ReadPaletteColor(item, is_signed,
                       {DCM_BluePaletteColorLookupTableDescriptor,
                        DCM_BluePaletteColorLookupTableData,
                        DCM_SegmentedBluePaletteColorLookupTableData}));
  return Palette{.first_mapped = red.first_mapped,
                 .bits = red.bits,
                 .red = std::move(red.entries),
                 .green = std::move(green.entries),
                 .blue = std::move(blue.entries)};
}

}  // namespace

absl::StatusOr<PixelMeaning> ReadPixelMeaning(DcmItem& item,
                                              const FunctionalGroups& groups,
                                              const PixelLayout& layout,
                                              int frame) {
  PixelMeaning meaning;
  meaning.photometric = PhotometricOf(layout);
  meaning.bits_stored = layout.bits_stored;
  meaning.high_bit = layout.high_bit;
  meaning.is_signed = layout.is_signed;
  ReadRescale(item, &meaning);
  DcmItem* group = groups.Find(DCM_PixelValueTransformationSequence, frame);
  if (group != nullptr) ReadRescale(*group, &meaning);
  group = groups.Find(DCM_FrameVOILUTSequence, frame);
  if (group != nullptr) AddWindows(*group, &meaning.windows);
  AddWindows(item, &meaning.windows);
  std::vector<LookUpTable> modality =
      ReadTables(item, DCM_ModalityLUTSequence, layout.is_signed);
  if (!modality.empty()) meaning.modality = std::move(modality.front());
  meaning.voi = ReadTables(item, DCM_VOILUTSequence, layout.is_signed);
  const bool has_palette =
      item.tagExists(DCM_RedPaletteColorLookupTableDescriptor);
  if (meaning.photometric == Photometric::kPaletteColor) {
    ASSIGN_OR_RETURN(meaning.palette, ReadPalette(item, layout.is_signed));
  } else if (meaning.photometric == Photometric::kMonochrome2 && has_palette) {
    auto palette = ReadPalette(item, layout.is_signed);
    if (palette.ok()) meaning.palette = *std::move(palette);
    meaning.palette_is_supplemental = palette.ok();
  }
  return meaning;
}

}  // namespace burntin
