// An encapsulated document (PS3.3 C.24.2) as a place. Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_DOCUMENT_PLACE_H_
#define BURNTIN_DETECTOR_DICOM_DOCUMENT_PLACE_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/place.h"

class DcmItem;

namespace burntin {

// The pages of the PDF in `item`. Parts of it that are not inspected go to
// `omissions`. UNSUPPORTED_PLACE for documents of other kinds.
absl::StatusOr<std::unique_ptr<Place>> MakeDocumentPlace(
    DcmItem& item, int source_index, const DicomLimits& limits,
    std::vector<absl::Status>* omissions);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_DOCUMENT_PLACE_H_
