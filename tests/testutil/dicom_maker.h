// Makes DICOM objects for tests, with DCMTK's writers and encoders. What
// DCMTK cannot write (junk, cuts, wrong lengths) tests make from the bytes.
#ifndef BURNTIN_TESTS_TESTUTIL_DICOM_MAKER_H_
#define BURNTIN_TESTS_TESTUTIL_DICOM_MAKER_H_

#include <string>

#include "detector/base/image.h"
#include "tests/testutil/dicom_spec.h"

namespace burntin {

// A single-frame 8-bit object with these pixels, grey or colour.
DicomSpec SpecOf(const Image& image);

// The object as a Part 10 file. Throws std::runtime_error if DCMTK refuses.
std::string MakeDicom(const DicomSpec& spec);

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_DICOM_MAKER_H_
