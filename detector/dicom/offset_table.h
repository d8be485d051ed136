// Completes the Basic Offset Table (PS3.5 A.4) of multi-frame objects that
// came without one. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_OFFSET_TABLE_H_
#define BURNTIN_DETECTOR_DICOM_OFFSET_TABLE_H_

class DcmDataset;

namespace burntin {

// When the table is empty and the frames are split into several fragments
// each, a decoder cannot tell where a frame starts. JPEG and JPEG-LS streams
// start with an SOI marker (FFD8), so a table is made from the fragments that
// do, in memory only, if there are exactly `frames` of them. Otherwise
// nothing changes, and the decoder will refuse the frames.
void CompleteOffsetTable(DcmDataset& dataset, int frames);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_OFFSET_TABLE_H_
