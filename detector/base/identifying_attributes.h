// The attributes of a DICOM header that can identify a person: those of PS3.15
// table E.1-1 (Basic Application Level Confidentiality Profile) whose values
// are names, numbers, dates, places or ways to reach somebody. One table for
// the reader of headers and for the matcher, so that neither forgets a row.
//
// Left out are attributes of that table that are not burnt in as such (UIDs,
// curves, digital signatures) and free text about the examination (protocol,
// descriptions, comments): its words stand on images of any patient.
#ifndef BURNTIN_DETECTOR_BASE_IDENTIFYING_ATTRIBUTES_H_
#define BURNTIN_DETECTOR_BASE_IDENTIFYING_ATTRIBUTES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace burntin {

// What kind of fact an attribute holds.
enum class IdentifierKind {
  kPatientName,
  kStaffName,
  kIdentifier,        // numbers a person, a visit or an examination
  kWeakIdentifier,    // often a small number that means nothing
  kDeviceIdentifier,  // numbers a machine, and so says where
  kBirthDate,
  kEventDate,
  kEventTime,
  kAge,
  kInstitution,
  kStation,
  kContact,
  kOther,
};

struct IdentifyingAttribute {
  std::string_view keyword;  // of the DICOM data dictionary, PS3.6
  uint16_t group = 0;
  uint16_t element = 0;
  IdentifierKind kind = IdentifierKind::kOther;
};

// Those of the patient first.
std::span<const IdentifyingAttribute> IdentifyingAttributes();

// An attribute that the table lacks is judged by its keyword.
IdentifierKind KindOfAttribute(std::string_view keyword);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_IDENTIFYING_ATTRIBUTES_H_
