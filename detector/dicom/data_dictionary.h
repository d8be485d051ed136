// What DCMTK's data dictionary holds: it is read at run time, and decides how
// data sets of implicit VR are understood.
#ifndef BURNTIN_DETECTOR_DICOM_DATA_DICTIONARY_H_
#define BURNTIN_DETECTOR_DICOM_DATA_DICTIONARY_H_

#include <string>

namespace burntin {

// All bytes of the files that DCMTK reads its dictionary from: those that
// DCMDICTPATH names, else the ones that it was built with. Empty if none was
// loaded or one cannot be read. Any thread may call.
std::string DataDictionaryText();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_DATA_DICTIONARY_H_
