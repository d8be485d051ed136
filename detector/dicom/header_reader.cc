#include "detector/dicom/header_reader.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <string>
#include <utility>

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

class Reader {
 public:
  explicit Reader(DcmDataset& dataset) : dataset_(dataset), utf8_(dataset) {}

  std::string Text(const DcmTagKey& tag) {
    return ToUtf8(Value(dataset_, tag, 0));
  }

  void Identifiers(DcmItem& item, const IdentifyingAttribute& attribute,
                   std::vector<Identifier>* out) {
    DcmElement* element = nullptr;
    if (item.findAndGetElement(attribute.tag, element).bad()) return;
    for (unsigned long i = 0; i < element->getVM(); ++i) {
      std::string value = ToUtf8(Value(item, attribute.tag, i));
      if (value.empty()) continue;
      out->push_back({attribute.keyword, PhiText(std::move(value))});
    }
  }

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
};

void ReadOtherPatientIds(DcmDataset& dataset, Reader& reader,
                         std::vector<Identifier>* out) {
  const IdentifyingAttribute attribute{"OtherPatientIDs", DCM_PatientID};
  DcmItem* item = nullptr;
  for (long i = 0;
       dataset.findAndGetSequenceItem(DCM_OtherPatientIDsSequence, item, i)
           .good();
       ++i) {
    reader.Identifiers(*item, attribute, out);
  }
}

}  // namespace

Header ReadHeader(DcmDataset& dataset) {
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
    reader.Identifiers(dataset, attribute, &header.identifiers);
  }
  ReadOtherPatientIds(dataset, reader, &header.identifiers);
  return header;
}

}  // namespace burntin
