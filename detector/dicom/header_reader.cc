#include "detector/dicom/header_reader.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "dcmtk/dcmdata/dctk.h"
#include "detector/dicom/utf8_text.h"

namespace burntin {
namespace {

struct IdentifyingAttribute {
  const char* keyword;
  DcmTagKey tag;
};

// Attributes whose values name or number a person, a visit or a place. PS3.15
// table E.1-1 lists more; these are the ones that machines burn in.
const IdentifyingAttribute kIdentifying[] = {
    {"PatientName", DCM_PatientName},
    {"OtherPatientNames", DCM_OtherPatientNames},
    {"PatientBirthName", DCM_PatientBirthName},
    {"PatientMotherBirthName", DCM_PatientMotherBirthName},
    {"PatientID", DCM_PatientID},
    {"OtherPatientIDs", DCM_RETIRED_OtherPatientIDs},
    {"AccessionNumber", DCM_AccessionNumber},
    {"StudyID", DCM_StudyID},
    {"PatientBirthDate", DCM_PatientBirthDate},
    {"StudyDate", DCM_StudyDate},
    {"SeriesDate", DCM_SeriesDate},
    {"AcquisitionDate", DCM_AcquisitionDate},
    {"ContentDate", DCM_ContentDate},
    {"PatientAddress", DCM_PatientAddress},
    {"PatientTelephoneNumbers", DCM_PatientTelephoneNumbers},
    {"InstitutionName", DCM_InstitutionName},
    {"InstitutionAddress", DCM_InstitutionAddress},
    {"ReferringPhysicianName", DCM_ReferringPhysicianName},
    {"PerformingPhysicianName", DCM_PerformingPhysicianName},
    {"NameOfPhysiciansReadingStudy", DCM_NameOfPhysiciansReadingStudy},
    {"RequestingPhysician", DCM_RequestingPhysician},
    {"OperatorsName", DCM_OperatorsName},
    {"PhysiciansOfRecord", DCM_PhysiciansOfRecord},
    {"ScheduledPerformingPhysicianName", DCM_ScheduledPerformingPhysicianName},
    {"AdmissionID", DCM_AdmissionID},
    {"RequestedProcedureID", DCM_RequestedProcedureID},
};

// A header that says more than this was not made to be read.
constexpr size_t kMostIdentifiers = 1000;
constexpr Uint32 kMostValueBytes = Uint32{1} << 16;

// The values of a multi-valued attribute without padding; empty ones are left
// out. Split after conversion: in some character sets the second byte of a
// letter is that of a backslash.
std::vector<std::string> Split(const std::string& values) {
  std::vector<std::string> split = absl::StrSplit(values, '\\');
  for (std::string& value : split) absl::StripAsciiWhitespace(&value);
  std::erase(split, "");
  return split;
}

class Reader {
 public:
  explicit Reader(DcmDataset& dataset) : dataset_(dataset), utf8_(dataset) {}

  std::string Text(const DcmTagKey& tag) {
    return ToUtf8(Value(dataset_, tag, 0));
  }

  void Identifiers(DcmItem& item, const IdentifyingAttribute& attribute) {
    DcmElement* element = nullptr;
    OFString values;
    if (item.findAndGetElement(attribute.tag, element).bad()) return;
    if (element->getLengthField() > kMostValueBytes) {
      whole_ = false;
      return;
    }
    if (element->getOFStringArray(values).bad()) return;
    for (std::string& value : Split(ToUtf8(values))) {
      if (identifiers_.size() == kMostIdentifiers) {
        whole_ = false;
        return;
      }
      identifiers_.push_back({attribute.keyword, PhiText(std::move(value))});
    }
  }

  void OtherPatientIds() {
    const IdentifyingAttribute attribute{"OtherPatientIDs", DCM_PatientID};
    DcmSequenceOfItems* sequence = nullptr;
    if (dataset_.findAndGetSequence(DCM_OtherPatientIDsSequence, sequence)
            .bad()) {
      return;
    }
    for (DcmObject* inner = sequence->nextInContainer(nullptr);
         inner != nullptr && whole_; inner = sequence->nextInContainer(inner)) {
      if (auto* item = dynamic_cast<DcmItem*>(inner)) {
        Identifiers(*item, attribute);
      }
    }
  }

  std::vector<Identifier> TakeIdentifiers() { return std::move(identifiers_); }
  bool whole() const { return whole_; }

 private:
  static OFString Value(DcmItem& item, const DcmTagKey& tag,
                        unsigned long index) {
    OFString value;
    item.findAndGetOFString(tag, value, index);
    return value;
  }

  std::string ToUtf8(const OFString& value) {
    return utf8_.Convert(value, "\\^=");
  }

  DcmDataset& dataset_;
  Utf8Text utf8_;
  std::vector<Identifier> identifiers_;
  bool whole_ = true;
};

}  // namespace

ReadableHeader ReadHeader(DcmDataset& dataset) {
  Reader reader(dataset);
  Header header;
  header.transfer_syntax_uid = DcmXfer(dataset.getOriginalXfer()).getXferID();
  header.sop_class_uid = reader.Text(DCM_SOPClassUID);
  header.sop_instance_uid = reader.Text(DCM_SOPInstanceUID);
  header.study_instance_uid = reader.Text(DCM_StudyInstanceUID);
  header.series_instance_uid = reader.Text(DCM_SeriesInstanceUID);
  header.modality = reader.Text(DCM_Modality);
  header.manufacturer = reader.Text(DCM_Manufacturer);
  header.manufacturer_model_name = reader.Text(DCM_ManufacturerModelName);
  header.burned_in_annotation = reader.Text(DCM_BurnedInAnnotation);
  for (const IdentifyingAttribute& attribute : kIdentifying) {
    reader.Identifiers(dataset, attribute);
  }
  reader.OtherPatientIds();
  header.identifiers = reader.TakeIdentifiers();
  return {.header = std::move(header), .whole = reader.whole()};
}

}  // namespace burntin
