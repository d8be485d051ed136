// Decodes frames and icons into 8-bit views with DCMTK's image module.
// Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_FRAME_DECODER_H_
#define BURNTIN_DETECTOR_DICOM_FRAME_DECODER_H_

#include "absl/status/statusor.h"
#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcitem.h"
#include "dcmtk/dcmdata/dcxfer.h"
#include "detector/dicom/dicom_object.h"

namespace burntin {

// Colour: one view. Grey: the full range of the frame's values and, where
// they look different, the range without rare values and the header's VOI
// windows and LUTs, four of each at most. `item` is the data set or an icon's
// item. Loads and decodes frame `frame` only.
absl::StatusOr<PlaneViews> DecodeFrame(DcmItem& item, E_TransferSyntax syntax,
                                       int frame);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_FRAME_DECODER_H_
