// Opens ONNX Runtime's shared library. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_ONNX_RUNTIME_LIBRARY_H_
#define BURNTIN_DETECTOR_TEXT_ONNX_RUNTIME_LIBRARY_H_

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

struct OrtApi;

// The functions of the library in the file at `path`. Its symbols carry its
// version, so a program that links to it runs with that very version only;
// asking the library for a version of its interface works with each that is
// not older. The library stays open until the process ends.
//
// Nothing of a file is run unless its SHA-256 is `sha256`. MODEL_NOT_LOADED,
// with what to do, if the library cannot be had.
absl::StatusOr<const OrtApi*> OpenOnnxRuntimeLibrary(const std::string& path,
                                                     const std::string& sha256);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_ONNX_RUNTIME_LIBRARY_H_
