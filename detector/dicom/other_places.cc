#include "detector/dicom/other_places.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"

namespace burntin {
namespace {

struct Places {
  bool float_pixels = false;
  bool documents = false;  // or pixels that are none of the planes
  bool hidden_sequences = false;
};

bool IsOverlayData(const DcmTagKey& tag) {
  return tag.getGroup() >= 0x6000 && tag.getGroup() <= 0x60FF &&
         tag.getGroup() % 2 == 0 && tag.getElement() == 0x3000;
}

// Private elements up to this length hold notes, not pictures with text.
constexpr Uint32 kMostNoteBytes = 1024;

// Variable Pixel Data (7Fxx) is retired; 7FE1 and other odd groups hold the
// private pixels of some makers.
bool HoldsOtherPixels(DcmObject& element, const DcmTagKey& tag) {
  const int group = tag.getGroup();
  if (group < 0x7F00 || group > 0x7FFF || group == 0x7FE0) return false;
  return group % 2 == 0 ? tag.getElement() != 0
                        : element.getLengthField() > kMostNoteBytes;
}

// A sequence by the dictionary, in an element that was not read as one.
bool IsUnparsedSequence(const DcmObject& object, const DcmTagKey& tag) {
  return dynamic_cast<const DcmSequenceOfItems*>(&object) == nullptr &&
         DcmTag(tag).getEVR() == EVR_SQ;
}

class Walker {
 public:
  // `depth` counts the sequences around `item`; the outermost is `outer`.
  // Recursion ends where nesting_guard.h has refused the object.
  void WalkItem(DcmObject& item, int depth, const DcmTagKey& outer) {
    for (DcmObject* element = item.nextInContainer(nullptr); element != nullptr;
         element = item.nextInContainer(element)) {
      const DcmTagKey tag = element->getTag();
      Judge(*element, tag, depth, outer);
      auto* sequence = dynamic_cast<DcmSequenceOfItems*>(element);
      if (sequence == nullptr) continue;
      for (DcmObject* inner = sequence->nextInContainer(nullptr);
           inner != nullptr; inner = sequence->nextInContainer(inner)) {
        WalkItem(*inner, depth + 1, depth == 0 ? tag : outer);
      }
    }
  }

  const Places& places() const { return places_; }

 private:
  void Judge(DcmObject& element, const DcmTagKey& tag, int depth,
             const DcmTagKey& outer) {
    if (IsUnparsedSequence(element, tag)) places_.hidden_sequences = true;
    if (tag == DCM_FloatPixelData || tag == DCM_DoubleFloatPixelData) {
      places_.float_pixels = true;
    } else if (tag == DCM_PixelData) {
      const bool plane =
          depth == 0 || (depth == 1 && outer == DCM_IconImageSequence);
      if (!plane) places_.documents = true;
    } else if (IsOverlayData(tag)) {
      if (depth > 0) places_.documents = true;
    } else if (tag == DCM_EncapsulatedDocument ||
               tag == DCM_PixelDataProviderURL ||
               HoldsOtherPixels(element, tag) ||
               dynamic_cast<const DcmPixelData*>(&element) != nullptr) {
      places_.documents = true;
    }
  }

  Places places_;
};

}  // namespace

std::vector<absl::Status> FindOtherPlaces(DcmDataset& dataset) {
  Walker walker;
  walker.WalkItem(dataset, /*depth=*/0, DcmTagKey());
  std::vector<absl::Status> errors;
  if (walker.places().float_pixels) {
    errors.push_back(
        Error(Reason::kUnsupportedPixelLayout,
              "Float pixel data cannot be inspected yet. Look at it by hand."));
  }
  if (walker.places().documents) {
    errors.push_back(
        Error(Reason::kUnsupportedPlace,
              "The object holds a document, or pixels or overlays in a "
              "sequence or a private group, which cannot be inspected yet. "
              "Look at it by hand."));
  }
  if (walker.places().hidden_sequences) {
    errors.push_back(
        Error(Reason::kUnsupportedPlace,
              "A sequence is stored in a way that could not be parsed. Look "
              "at it by hand."));
  }
  return errors;
}

}  // namespace burntin
