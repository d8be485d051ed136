#include <memory>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"
#include "detector/dicom/dicom_object.h"
#include "detector/pipeline/decoder.h"

namespace burntin {

absl::StatusOr<Header> ReadObjectHeader(const Decoder& decoder,
                                        const std::string& path) {
  try {
    ASSIGN_OR_RETURN(const std::unique_ptr<DicomObject> object,
                     OpenObject(decoder, path, InspectLimits()));
    return object->header();
  } catch (...) {
    return Error(Reason::kInternalFailure,
                 "The header could not be read. Open the object in a viewer.");
  }
}

}  // namespace burntin
