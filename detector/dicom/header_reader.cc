#include "detector/dicom/header_reader.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/identifying_attributes.h"
#include "detector/dicom/utf8_text.h"

namespace burntin {
namespace {

// A header that says more than this was not made to be read.
constexpr size_t kMostIdentifiers = 1000;
constexpr Uint32 kMostValueBytes = Uint32{1} << 16;
// Elements of nested items that are looked at. Functional groups of some
// thousands of frames stay far below.
constexpr int kMostNestedElements = 1 << 20;
constexpr size_t kDateLength = 8;  // of a DA or DT value, as in "20200316"

// The values of a multi-valued attribute without padding; empty ones are left
// out. Split after conversion: in some character sets the second byte of a
// letter is that of a backslash.
std::vector<std::string> Split(const std::string& values) {
  std::vector<std::string> split = absl::StrSplit(values, '\\');
  for (std::string& value : split) absl::StripAsciiWhitespace(&value);
  std::erase(split, "");
  return split;
}

DcmTagKey TagOf(const IdentifyingAttribute& attribute) {
  return {attribute.group, attribute.element};
}

// An item and how its text is encoded: as that of the item around it, unless
// it says so itself (PS3.5 clause 6.1.2.3 and PS3.3 clause C.12.1.1.2).
struct EncodedItem {
  DcmItem* item = nullptr;
  std::shared_ptr<Utf8Text> utf8;
};

class Reader {
 public:
  explicit Reader(DcmDataset& dataset)
      : dataset_{&dataset, std::make_shared<Utf8Text>(dataset)} {}

  std::string Text(const DcmTagKey& tag) {
    OFString value;
    dataset_.item->findAndGetOFString(tag, value, 0);
    return dataset_.utf8->Convert(value, kDelimiters);
  }

  // All values, with backslashes between them.
  std::string AllText(const DcmTagKey& tag) {
    OFString values;
    dataset_.item->findAndGetOFStringArray(tag, values);
    return dataset_.utf8->Convert(values, kDelimiters);
  }

  // Those of the data set itself in the order of the table, then those of
  // nested items, each value of an attribute once.
  void ReadIdentifiers() {
    for (const IdentifyingAttribute& attribute : IdentifyingAttributes()) {
      DcmElement* element = nullptr;
      if (dataset_.item->findAndGetElement(TagOf(attribute), element).good()) {
        for (std::string& value : Values(*element, *dataset_.utf8)) {
          Add(attribute, std::move(value));
        }
      }
    }
    for (const Identifier& identifier : identifiers_) Remember(identifier);
    ReadNested();
  }

  std::vector<Identifier> TakeIdentifiers() { return std::move(identifiers_); }
  bool whole() const { return whole_; }

 private:
  // What ends a component's character set (PS3.5 clause 6.1.2.5.3).
  static constexpr const char* kDelimiters = "\\^=";

  std::vector<std::string> Values(DcmElement& element, Utf8Text& utf8) {
    if (element.getLengthField() > kMostValueBytes) {
      whole_ = false;
      return {};
    }
    OFString values;
    if (element.getOFStringArray(values).bad()) {
      whole_ = whole_ && element.getLengthField() == 0;
      return {};
    }
    return Split(utf8.Convert(values, kDelimiters));
  }

  void Add(const IdentifyingAttribute& attribute, std::string value) {
    if (identifiers_.size() == kMostIdentifiers) {
      whole_ = false;
      return;
    }
    identifiers_.push_back(
        {std::string(attribute.keyword), PhiText(std::move(value))});
  }

  // Whether the value was not there before.
  bool Remember(const Identifier& identifier) {
    return known_.insert(identifier.keyword + '=' + identifier.value.Reveal())
        .second;
  }

  // Items wait in a list, for their nesting has no bound.
  void ReadNested() {
    for (const IdentifyingAttribute& attribute : IdentifyingAttributes()) {
      by_tag_.emplace(TagOf(attribute), &attribute);
    }
    std::vector<EncodedItem> waiting;
    AddSequences(dataset_, waiting);
    while (!waiting.empty() && nested_elements_ <= kMostNestedElements) {
      EncodedItem next = std::move(waiting.back());
      waiting.pop_back();
      if (next.item->tagExists(DCM_SpecificCharacterSet)) {
        next.utf8 = std::make_shared<Utf8Text>(*next.item);
      }
      ReadItem(next);
      AddSequences(next, waiting);
    }
    if (nested_elements_ > kMostNestedElements) whole_ = false;
  }

  void ReadItem(const EncodedItem& at) {
    for (DcmObject* inner = at.item->nextInContainer(nullptr); inner != nullptr;
         inner = at.item->nextInContainer(inner)) {
      const auto row = by_tag_.find(inner->getTag().getXTag());
      auto* element = dynamic_cast<DcmElement*>(inner);
      if (row == by_tag_.end() || element == nullptr) continue;
      const IdentifyingAttribute& attribute = *row->second;
      if (attribute.kind == IdentifierKind::kEventTime) continue;
      for (std::string& value : Values(*element, *at.utf8)) {
        // Each frame of thousands may have a time, but they share the date.
        if (attribute.kind == IdentifierKind::kEventDate) {
          value.resize(std::min(value.size(), kDateLength));
        }
        if (Remember({std::string(attribute.keyword), PhiText(value)})) {
          Add(attribute, std::move(value));
        }
      }
    }
  }

  // Adds the items of the sequences that stand in `at`.
  void AddSequences(const EncodedItem& at, std::vector<EncodedItem>& waiting) {
    for (DcmObject* inner = at.item->nextInContainer(nullptr); inner != nullptr;
         inner = at.item->nextInContainer(inner)) {
      ++nested_elements_;
      // A pixel sequence holds fragments and no items.
      if (inner->ident() != EVR_SQ) continue;
      auto* sequence = dynamic_cast<DcmSequenceOfItems*>(inner);
      if (sequence == nullptr) continue;
      for (DcmObject* entry = sequence->nextInContainer(nullptr);
           entry != nullptr; entry = sequence->nextInContainer(entry)) {
        if (++nested_elements_ > kMostNestedElements) return;
        if (auto* item = dynamic_cast<DcmItem*>(entry)) {
          waiting.push_back({item, at.utf8});
        }
      }
    }
  }

  EncodedItem dataset_;
  std::map<DcmTagKey, const IdentifyingAttribute*> by_tag_;
  std::vector<Identifier> identifiers_;
  std::set<std::string> known_;  // "keyword=value"
  int nested_elements_ = 0;
  bool whole_ = true;
};

}  // namespace

ReadableHeader ReadHeader(DcmDataset& dataset) {
  Reader reader(dataset);
  Header header;
  header.transfer_syntax_uid = DcmXfer(dataset.getOriginalXfer()).getXferID();
  header.sop_class_uid = reader.AllText(DCM_SOPClassUID);
  header.sop_instance_uid = reader.Text(DCM_SOPInstanceUID);
  header.study_instance_uid = reader.Text(DCM_StudyInstanceUID);
  header.series_instance_uid = reader.Text(DCM_SeriesInstanceUID);
  header.modality = reader.AllText(DCM_Modality);
  header.manufacturer = reader.AllText(DCM_Manufacturer);
  header.manufacturer_model_name = reader.AllText(DCM_ManufacturerModelName);
  header.software_versions = reader.AllText(DCM_SoftwareVersions);
  header.station_name = reader.AllText(DCM_StationName);
  header.burned_in_annotation = reader.AllText(DCM_BurnedInAnnotation);
  header.image_type = reader.AllText(DCM_ImageType);
  header.conversion_type = reader.Text(DCM_ConversionType);
  header.capture_device = reader.Text(DCM_SecondaryCaptureDeviceManufacturer);
  reader.ReadIdentifiers();
  header.identifiers = reader.TakeIdentifiers();
  return {.header = std::move(header), .whole = reader.whole()};
}

}  // namespace burntin
