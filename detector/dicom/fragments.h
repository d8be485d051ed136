// How the fragments of compressed Pixel Data (PS3.5 A.4) share out among the
// frames. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_FRAGMENTS_H_
#define BURNTIN_DETECTOR_DICOM_FRAGMENTS_H_

#include "absl/status/status.h"
#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcxfer.h"

class DcmPixelSequence;

namespace burntin {

// Whether the fragments hold `frames` frames and nothing else. RLE: one
// fragment each. JPEG and JPEG-LS: as many fragments start with an SOI marker
// (FFD8), the first among them, where the Basic Offset Table says, if it is
// not empty; and a frame ends with its EOI marker. Reads all fragments once.
// What follows the last segment of an RLE frame within its fragment is not
// looked at.
//
// Without an offset table, a decoder cannot tell where a frame of several
// fragments starts. So a table is made, in memory only.
absl::Status PrepareFragments(DcmPixelSequence& sequence,
                              E_TransferSyntax syntax, int frames);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_FRAGMENTS_H_
