#include "tests/testutil/dicom_maker.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "dcmtk/dcmdata/dcpixel.h"
#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dcrleerg.h"
#include "dcmtk/dcmdata/dcrlerp.h"
#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmimage/diregist.h"  // colour, for the encoders
#include "dcmtk/dcmjpeg/djencode.h"
#include "dcmtk/dcmjpeg/djrplol.h"
#include "dcmtk/dcmjpeg/djrploss.h"
#include "dcmtk/dcmjpls/djencode.h"
#include "dcmtk/dcmjpls/djrparam.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

constexpr int kJpegQuality = 95;

void Check(const OFCondition& condition) {
  if (condition.bad()) throw std::runtime_error(condition.text());
}

void RegisterEncoders() {
  static std::once_flag once;
  std::call_once(once, [] {
    DJEncoderRegistration::registerCodecs();
    DJLSEncoderRegistration::registerCodecs();
    DcmRLEEncoderRegistration::registerCodecs();
  });
}

E_TransferSyntax SyntaxOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kImplicitLittle:
      return EXS_LittleEndianImplicit;
    case Encoding::kExplicitLittle:
      return EXS_LittleEndianExplicit;
    case Encoding::kExplicitBig:
      return EXS_BigEndianExplicit;
    case Encoding::kDeflated:
      return EXS_DeflatedLittleEndianExplicit;
    case Encoding::kJpegBaseline:
      return EXS_JPEGProcess1;
    case Encoding::kJpegExtended:
      return EXS_JPEGProcess2_4;
    case Encoding::kJpegSpectral:
      return EXS_JPEGProcess6_8;
    case Encoding::kJpegProgressive:
      return EXS_JPEGProcess10_12;
    case Encoding::kJpegLossless:
      return EXS_JPEGProcess14;
    case Encoding::kJpegLosslessSv1:
      return EXS_JPEGProcess14SV1;
    case Encoding::kJpegLsLossless:
      return EXS_JPEGLSLossless;
    case Encoding::kJpegLsNear:
      return EXS_JPEGLSLossy;
    case Encoding::kRle:
      return EXS_RLELossless;
  }
  throw std::runtime_error("an encoding without a transfer syntax");
}

std::unique_ptr<DcmRepresentationParameter> ParameterOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kJpegLossless:
      return std::make_unique<DJ_RPLossless>(6, 0);
    case Encoding::kJpegLosslessSv1:
      return std::make_unique<DJ_RPLossless>();
    case Encoding::kJpegLsLossless:
      return std::make_unique<DJLSRepresentationParameter>(0, OFTrue);
    case Encoding::kJpegLsNear:
      return std::make_unique<DJLSRepresentationParameter>(2, OFFalse);
    case Encoding::kRle:
      return std::make_unique<DcmRLERepresentationParameter>();
    default:
      return std::make_unique<DJ_RPLossy>(kJpegQuality);
  }
}

void PutNumber(DcmItem& item, const DcmTagKey& tag, int value) {
  Check(item.putAndInsertUint16(tag, static_cast<Uint16>(value)));
}

void PutText(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  Check(item.putAndInsertString(tag, value.c_str(),
                                static_cast<Uint32>(value.size())));
}

bool IsColour(const DicomSpec& spec) {
  return spec.photometric == "RGB" || spec.photometric.starts_with("YBR");
}

void PutPixelDescription(const DicomSpec& spec, DcmItem& item) {
  PutNumber(item, DCM_SamplesPerPixel, IsColour(spec) ? 3 : 1);
  PutText(item, DCM_PhotometricInterpretation, spec.photometric);
  if (IsColour(spec)) {
    PutNumber(item, DCM_PlanarConfiguration, spec.planar ? 1 : 0);
  }
  if (spec.with_rows) PutNumber(item, DCM_Rows, spec.rows);
  PutNumber(item, DCM_Columns, spec.columns);
  PutNumber(item, DCM_BitsAllocated, spec.bits_stored > 8 ? 16 : 8);
  PutNumber(item, DCM_BitsStored, spec.bits_stored);
  PutNumber(item, DCM_HighBit, spec.bits_stored - 1);
  PutNumber(item, DCM_PixelRepresentation, spec.is_signed ? 1 : 0);
  if (spec.number_of_frames) {
    PutText(item, DCM_NumberOfFrames, *spec.number_of_frames);
  } else if (spec.frames > 1) {
    PutText(item, DCM_NumberOfFrames, std::to_string(spec.frames));
  }
}

void PutPixels(const DicomSpec& spec, DcmItem& item) {
  const std::vector<uint16_t>& samples = spec.samples;
  if (spec.bits_stored > 8) {
    Check(item.putAndInsertUint16Array(DCM_PixelData, samples.data(),
                                       samples.size()));
    return;
  }
  const std::vector<uint8_t> bytes(samples.begin(), samples.end());
  Check(item.putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size()));
}

void PutPalette(const DicomSpec& spec, DcmItem& item) {
  const std::vector<Uint16> descriptor = {
      static_cast<Uint16>(spec.palette.size()), 0, 16};
  for (const DcmTagKey& tag : {DCM_RedPaletteColorLookupTableDescriptor,
                               DCM_GreenPaletteColorLookupTableDescriptor,
                               DCM_BluePaletteColorLookupTableDescriptor}) {
    Check(item.putAndInsertUint16Array(tag, descriptor.data(),
                                       descriptor.size()));
  }
  for (const DcmTagKey& tag : {DCM_RedPaletteColorLookupTableData,
                               DCM_GreenPaletteColorLookupTableData,
                               DCM_BluePaletteColorLookupTableData}) {
    Check(item.putAndInsertUint16Array(tag, spec.palette.data(),
                                       spec.palette.size()));
  }
}

void PutOverlay(const OverlaySpec& overlay, DcmItem& item) {
  const auto tag = [&](Uint16 element) {
    return DcmTagKey(overlay.group, element);
  };
  const std::vector<Sint16> origin = {
      static_cast<Sint16>(overlay.origin_row),
      static_cast<Sint16>(overlay.origin_column)};
  PutNumber(item, tag(0x0010), overlay.bits.rows);
  PutNumber(item, tag(0x0011), overlay.bits.columns);
  PutText(item, tag(0x0040), "G");
  Check(item.putAndInsertSint16Array(tag(0x0050), origin.data(), 2));
  PutNumber(item, tag(0x0100), 1);
  PutNumber(item, tag(0x0102), 0);
  std::vector<Uint16> words((overlay.bits.pixels.size() + 15) / 16);
  for (size_t i = 0; i < overlay.bits.pixels.size(); ++i) {
    if (overlay.bits.pixels[i] == 0) continue;
    words[i / 16] = static_cast<Uint16>(words[i / 16] | 1U << (i % 16));
  }
  Check(item.putAndInsertUint16Array(tag(0x3000), words.data(), words.size()));
}

void PutIcon(const Image& icon, DcmItem& dataset) {
  DcmItem* item = nullptr;
  Check(dataset.findOrCreateSequenceItem(DCM_IconImageSequence, item, -2));
  const DicomSpec spec = SpecOf(icon);
  PutPixelDescription(spec, *item);
  PutPixels(spec, *item);
}

void PutIdentity(DcmItem& item) {
  PutText(item, DCM_SOPClassUID, UID_SecondaryCaptureImageStorage);
  PutText(item, DCM_SOPInstanceUID, "1.2.826.0.1.3680043.8.498.1");
  PutText(item, DCM_StudyInstanceUID, "1.2.826.0.1.3680043.8.498.2");
  PutText(item, DCM_SeriesInstanceUID, "1.2.826.0.1.3680043.8.498.3");
  PutText(item, DCM_Modality, "OT");
}

// The frame's bytes in `count` pieces of even length.
std::vector<std::vector<Uint8>> Split(const std::vector<Uint8>& bytes,
                                      int count) {
  const size_t piece =
      (bytes.size() / static_cast<size_t>(count) + 1) & ~size_t{1};
  std::vector<std::vector<Uint8>> pieces;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    const size_t end = std::min(bytes.size(), at + piece);
    pieces.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                        bytes.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return pieces;
}

// Replaces the pixel sequence by one that is cut as `spec` says.
void Refragment(const DicomSpec& spec, E_TransferSyntax syntax,
                DcmDataset& dataset) {
  DcmElement* element = nullptr;
  Check(dataset.findAndGetElement(DCM_PixelData, element));
  auto* pixels = dynamic_cast<DcmPixelData*>(element);
  DcmPixelSequence* encoded = nullptr;
  E_TransferSyntax current = syntax;
  const DcmRepresentationParameter* parameter = nullptr;
  pixels->getCurrentRepresentationKey(current, parameter);
  Check(pixels->getEncapsulatedRepresentation(syntax, parameter, encoded));
  auto cut = std::make_unique<DcmPixelSequence>(DcmTag(DCM_PixelData, EVR_OB));
  Check(cut->insert(new DcmPixelItem(DcmTag(DCM_Item, EVR_OB))));
  for (unsigned long i = 1; i < encoded->card(); ++i) {
    DcmPixelItem* frame = nullptr;
    Uint8* bytes = nullptr;
    Check(encoded->getItem(frame, i));
    Check(frame->getUint8Array(bytes));
    const std::vector<Uint8> all(bytes, bytes + frame->getLength());
    for (const std::vector<Uint8>& piece :
         Split(all, spec.fragments_per_frame)) {
      auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_Item, EVR_OB));
      Check(item->putUint8Array(piece.data(), piece.size()));
      Check(cut->insert(item.release()));
    }
  }
  pixels->putOriginalRepresentation(syntax, nullptr, cut.release());
}

void Encode(const DicomSpec& spec, DcmDataset& dataset) {
  const E_TransferSyntax syntax = SyntaxOf(spec.encoding);
  if (!DcmXfer(syntax).isEncapsulated() || !spec.with_pixel_data) return;
  RegisterEncoders();
  Check(dataset.chooseRepresentation(syntax, ParameterOf(spec.encoding).get()));
  if (!dataset.canWriteXfer(syntax)) {
    throw std::runtime_error("the pixels do not suit the transfer syntax");
  }
  if (spec.fragments_per_frame > 1 || !spec.offset_table) {
    Refragment(spec, syntax, dataset);
  }
}

std::string Save(DcmFileFormat& file, E_TransferSyntax syntax) {
  const TempDir folder;
  const std::string path = folder.File("object.dcm");
  Check(file.saveFile(path.c_str(), syntax));
  std::ifstream saved(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(saved), {});
}

}  // namespace

DicomSpec SpecOf(const Image& image) {
  DicomSpec spec{.rows = image.rows, .columns = image.columns};
  if (image.channels == 3) spec.photometric = "RGB";
  spec.samples.assign(image.pixels.begin(), image.pixels.end());
  return spec;
}

std::string MakeDicom(const DicomSpec& spec) {
  DcmFileFormat file;
  DcmDataset& dataset = *file.getDataset();
  PutIdentity(dataset);
  PutPixelDescription(spec, dataset);
  if (spec.with_pixel_data) PutPixels(spec, dataset);
  if (!spec.palette.empty()) PutPalette(spec, dataset);
  if (spec.window) {
    PutText(dataset, DCM_WindowCenter, std::to_string(spec.window->center));
    PutText(dataset, DCM_WindowWidth, std::to_string(spec.window->width));
  }
  for (const OverlaySpec& overlay : spec.overlays) {
    PutOverlay(overlay, dataset);
  }
  for (int i = 0; spec.icon && i < spec.icons; ++i) {
    PutIcon(*spec.icon, dataset);
  }
  for (const HeaderValue& value : spec.header) {
    PutText(dataset, DcmTagKey(value.group, value.element), value.value);
  }
  Encode(spec, dataset);
  return Save(file, SyntaxOf(spec.encoding));
}

}  // namespace burntin
