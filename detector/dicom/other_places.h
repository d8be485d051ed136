// Places of a data set, at any depth, that can hold pixels or documents and
// that are not planes. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_OTHER_PLACES_H_
#define BURNTIN_DETECTOR_DICOM_OTHER_PLACES_H_

#include <vector>

#include "absl/status/status.h"

class DcmDataset;

namespace burntin {

// One error for each kind of place that is there: float pixels, documents,
// pixels or overlays within sequences, bulky private or retired elements of
// the pixel data groups (7F00 to 7FFF), and sequences that could not be
// parsed as such. Left out
// are Pixel Data and Overlay Data of the data set itself, and Pixel Data of
// its icon.
std::vector<absl::Status> FindOtherPlaces(DcmDataset& dataset);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_OTHER_PLACES_H_
