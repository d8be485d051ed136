#include "detector/dicom/offset_table.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <array>
#include <cstdint>
#include <vector>

#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dctk.h"

namespace burntin {
namespace {

constexpr uint32_t kItemHeaderBytes = 8;

DcmPixelSequence* EncapsulatedPixels(DcmDataset& dataset) {
  DcmElement* element = nullptr;
  DcmPixelSequence* sequence = nullptr;
  if (dataset.findAndGetElement(DCM_PixelData, element).bad()) return nullptr;
  auto* pixels = dynamic_cast<DcmPixelData*>(element);
  if (pixels == nullptr) return nullptr;
  pixels->getEncapsulatedRepresentation(dataset.getOriginalXfer(), nullptr,
                                        sequence);
  return sequence;
}

bool StartsWithSoi(DcmPixelItem& fragment) {
  std::array<uint8_t, 2> start{};
  return fragment.getLengthField() >= start.size() &&
         fragment.getPartialValue(start.data(), 0, start.size()).good() &&
         start[0] == 0xFF && start[1] == 0xD8;
}

// Offsets of the fragments that start a frame, from the first fragment's
// item tag.
std::vector<uint32_t> FrameOffsets(DcmPixelSequence& sequence) {
  std::vector<uint32_t> offsets;
  uint32_t offset = 0;
  for (unsigned long i = 1; i < sequence.card(); ++i) {
    DcmPixelItem* fragment = nullptr;
    if (sequence.getItem(fragment, i).bad()) return {};
    if (StartsWithSoi(*fragment)) offsets.push_back(offset);
    offset += kItemHeaderBytes + fragment->getLengthField();
  }
  return offsets;
}

// Little endian, as the table is stored.
std::vector<uint8_t> Encode(const std::vector<uint32_t>& offsets) {
  std::vector<uint8_t> bytes;
  for (const uint32_t offset : offsets) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<uint8_t>(offset >> shift));
    }
  }
  return bytes;
}

}  // namespace

void CompleteOffsetTable(DcmDataset& dataset, int frames) {
  DcmPixelSequence* sequence = EncapsulatedPixels(dataset);
  DcmPixelItem* table = nullptr;
  if (sequence == nullptr || sequence->getItem(table, 0).bad()) return;
  const unsigned long fragments = sequence->card() - 1;
  const auto frame_count = static_cast<unsigned long>(frames);
  if (table->getLengthField() != 0 || fragments <= frame_count) return;
  const std::vector<uint32_t> offsets = FrameOffsets(*sequence);
  if (offsets.size() != frame_count) return;
  const std::vector<uint8_t> bytes = Encode(offsets);
  table->putUint8Array(bytes.data(), static_cast<unsigned long>(bytes.size()));
}

}  // namespace burntin
