// What the DICOM header says: who the object is about, and what made it.
#ifndef BURNTIN_DETECTOR_BASE_HEADER_H_
#define BURNTIN_DETECTOR_BASE_HEADER_H_

#include <string>
#include <vector>

#include "detector/base/phi_text.h"

namespace burntin {

// One value of an attribute that can identify a person.
struct Identifier {
  std::string keyword;  // of the DICOM data dictionary, as in "PatientName"
  PhiText value;        // UTF-8, one of the attribute's values, untrimmed
};

// Strings are UTF-8 and empty where the object has no such attribute. What
// rules and risks look at (SOP class, modality, what made the object, Burned In
// Annotation, Image Type) is given with all its values and backslashes between
// them, also where the standard allows one only: what stands behind the first
// value must not be overlooked.
struct Header {
  std::string transfer_syntax_uid;
  std::string sop_class_uid;
  std::string sop_instance_uid;
  std::string study_instance_uid;
  std::string series_instance_uid;
  std::string modality;
  std::string manufacturer;
  std::string manufacturer_model_name;
  std::string software_versions;  // all values, as in "5.1\\R2"
  std::string station_name;
  std::string burned_in_annotation;  // "YES", "NO" or empty, as a rule
  std::string image_type;            // all values, as in "DERIVED\\SECONDARY"
  std::string conversion_type;       // of a secondary capture, as in "WSD"
  std::string capture_device;        // who made the device that captured it
  std::vector<Identifier> identifiers;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_HEADER_H_
