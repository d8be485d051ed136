#include "detector/dicom/inner_places.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <string_view>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"

namespace burntin {
namespace {

bool IsPixelData(const DcmTagKey& tag) {
  return tag == DCM_PixelData || tag == DCM_FloatPixelData ||
         tag == DCM_DoubleFloatPixelData;
}

bool IsOverlayData(const DcmTagKey& tag) {
  return tag.getGroup() >= 0x6000 && tag.getGroup() <= 0x60FF &&
         tag.getGroup() % 2 == 0 && tag.getElement() == 0x3000;
}

// Private elements up to this length hold notes, not pictures with text.
constexpr Uint32 kMostNoteBytes = 1024;

// Variable Pixel Data (7Fxx) is retired; 7FE1 and other odd groups hold the
// private pixels of some makers, and 7FE0 retired coefficients.
bool HoldsOtherPixels(DcmObject& element, const DcmTagKey& tag) {
  const int group = tag.getGroup();
  if (group < 0x7F00 || group > 0x7FFF) return false;
  // The group's length, and the tables of offsets and lengths.
  if (group == 0x7FE0 && tag.getElement() <= 0x0003) return false;
  return group % 2 == 0 && group != 0x7FE0
             ? tag.getElement() != 0
             : element.getLengthField() > kMostNoteBytes;
}

// A sequence by the dictionary, in an element that was not read as one.
bool IsUnparsedSequence(const DcmObject& object, const DcmTagKey& tag) {
  return dynamic_cast<const DcmSequenceOfItems*>(&object) == nullptr &&
         DcmTag(tag).getEVR() == EVR_SQ;
}

class Walker {
 public:
  InnerPlaces Run(DcmDataset& dataset) {
    WalkItem(dataset, /*is_inner=*/false);
    if (other_pixels_) {
      Omit(
          "The object holds pixels in a private or retired group, or refers "
          "to pixels elsewhere, which cannot be inspected. Look at it by "
          "hand.");
    }
    if (graphics_) {
      Omit(
          "The object draws lines over an image, which may be handwriting. "
          "Look at it by hand.");
    }
    if (hidden_sequences_) {
      Omit(
          "A sequence is stored in a way that could not be parsed. Look at "
          "it by hand.");
    }
    return std::move(found_);
  }

 private:
  void Omit(std::string_view message) {
    found_.omissions.push_back(Error(Reason::kUnsupportedPlace, message));
  }

  // Recursion ends where parsed_file.h has refused the object.
  void WalkItem(DcmItem& item, bool is_inner) {
    bool has_overlay = false;
    for (DcmObject* element = item.nextInContainer(nullptr); element != nullptr;
         element = item.nextInContainer(element)) {
      const DcmTagKey tag = element->getTag();
      has_overlay = has_overlay || IsOverlayData(tag);
      Judge(item, *element, tag, is_inner);
      auto* sequence = dynamic_cast<DcmSequenceOfItems*>(element);
      if (sequence == nullptr) continue;
      for (DcmObject* inner = sequence->nextInContainer(nullptr);
           inner != nullptr; inner = sequence->nextInContainer(inner)) {
        // The fragments of pixel data are no items.
        auto* inner_item = dynamic_cast<DcmItem*>(inner);
        if (inner_item != nullptr) WalkItem(*inner_item, /*is_inner=*/true);
      }
    }
    if (is_inner && has_overlay) found_.overlays.push_back(&item);
  }

  void Judge(DcmItem& item, DcmObject& element, const DcmTagKey& tag,
             bool is_inner) {
    if (IsUnparsedSequence(element, tag)) hidden_sequences_ = true;
    if (IsPixelData(tag)) {
      const bool is_first =
          found_.images.empty() || found_.images.back() != &item;
      if (is_inner && is_first) found_.images.push_back(&item);
    } else if (tag == DCM_EncapsulatedDocument) {
      found_.documents.push_back(&item);
    } else if (tag == DCM_GraphicData) {
      graphics_ = true;
    } else if (tag == DCM_UnformattedTextValue) {
      found_.text_objects.push_back(&item);
    } else if (tag == DCM_PixelDataProviderURL ||
               HoldsOtherPixels(element, tag) ||
               dynamic_cast<const DcmPixelData*>(&element) != nullptr) {
      other_pixels_ = true;
    }
  }

  InnerPlaces found_;
  bool other_pixels_ = false;
  bool graphics_ = false;
  bool hidden_sequences_ = false;
};

}  // namespace

InnerPlaces FindInnerPlaces(DcmDataset& dataset) {
  return Walker().Run(dataset);
}

}  // namespace burntin
