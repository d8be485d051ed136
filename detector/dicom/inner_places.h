// Finds, at any depth of a data set, what holds pixels, documents or graphic
// text. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_INNER_PLACES_H_
#define BURNTIN_DETECTOR_DICOM_INNER_PLACES_H_

#include <vector>

#include "absl/status/status.h"

class DcmDataset;
class DcmItem;

namespace burntin {

struct InnerPlaces {
  // Items of sequences, not the data set itself.
  std::vector<DcmItem*> images;    // with pixel data of any kind
  std::vector<DcmItem*> overlays;  // with 60xx groups
  // Items of sequences, and the data set itself.
  std::vector<DcmItem*> documents;     // with Encapsulated Document
  std::vector<DcmItem*> text_objects;  // with Unformatted Text Value
  // One error for each kind of place that cannot be inspected: pixels behind
  // a URL, bulky private or retired elements of the pixel data groups (7F00
  // to 7FFF), Graphic Data of presentation states, and sequences that could
  // not be parsed as such.
  std::vector<absl::Status> omissions;
};

InnerPlaces FindInnerPlaces(DcmDataset& dataset);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_INNER_PLACES_H_
