// Lists every place in a data set in which text can stand, and what is wrong
// with it before anything is decoded. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_PLANE_SURVEY_H_
#define BURNTIN_DETECTOR_DICOM_PLANE_SURVEY_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/place.h"
#include "detector/dicom/stored_image.h"

class DcmDataset;

namespace burntin {

struct PlaneSurvey {
  int frames_total = 0;
  // The frames first. They refer to the data set, which outlives them.
  std::vector<std::unique_ptr<Place>> places;
  std::vector<absl::Status> omissions;  // one for each place left out
};

PlaneSurvey SurveyPlanes(DcmDataset& dataset, const StoredAs& stored,
                         const DicomLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_PLANE_SURVEY_H_
