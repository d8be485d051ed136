// The input is a DICOM object.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/inspected_object.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  burntin::OpenAndDecode({reinterpret_cast<const char*>(data), size});
  return 0;
}
