// Lists every place in a data set that holds pixels, and what is wrong with
// it before anything is decoded. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_PLANE_SURVEY_H_
#define BURNTIN_DETECTOR_DICOM_PLANE_SURVEY_H_

#include <vector>

#include "absl/status/status.h"
#include "detector/dicom/dicom_object.h"

class DcmDataset;

namespace burntin {

struct PlaneSurvey {
  int frames_total = 0;
  std::vector<PlaneId> planes;          // frames first
  std::vector<absl::Status> omissions;  // one for each place left out
};

PlaneSurvey SurveyPlanes(DcmDataset& dataset, const DicomLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_PLANE_SURVEY_H_
