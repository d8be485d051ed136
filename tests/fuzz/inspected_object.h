// Opens a DICOM object from bytes and decodes all its planes.
#ifndef BURNTIN_TESTS_FUZZ_INSPECTED_OBJECT_H_
#define BURNTIN_TESTS_FUZZ_INSPECTED_OBJECT_H_

#include <filesystem>
#include <string_view>

#include "detector/base/anonymous_file.h"
#include "detector/dicom/dicom_object.h"
#include "tests/fuzz/fuzz_limits.h"

namespace burntin {

inline void OpenAndDecode(std::string_view bytes) {
  auto file = AnonymousFile::Create(
      std::filesystem::temp_directory_path().string(),
      static_cast<int64_t>(bytes.size()), /*memory_bytes=*/kFuzzFileBytes);
  if (!file.ok() || !file->Append(bytes).ok()) return;
  auto object =
      DicomObject::Open(file->path(), {.file_bytes = kFuzzFileBytes,
                                       .pixels_per_frame = kFuzzPixels,
                                       .frames = kFuzzFrames});
  if (!object.ok()) return;
  for (const PlaneId& plane : (*object)->planes()) {
    (*object)->Decode(plane).IgnoreError();
  }
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_FUZZ_INSPECTED_OBJECT_H_
