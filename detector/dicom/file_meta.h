// The file meta information (PS3.10 clause 7.1), so far as it is needed before
// the data set is parsed. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_FILE_META_H_
#define BURNTIN_DETECTOR_DICOM_FILE_META_H_

#include <cstdint>
#include <optional>
#include <string>

namespace burntin {

struct FileMeta {
  std::string transfer_syntax_uid;
  // Where the data set starts in the file, in bytes; nothing when the meta
  // information does not say so plainly.
  std::optional<int64_t> data_set_start;
};

// Empty for a file that has no meta information.
FileMeta ReadFileMeta(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_FILE_META_H_
