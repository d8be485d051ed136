// The input is a PDF.
#include "detector/document/document.h"

#include "tests/fuzz/fuzz_limits.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // A page of the PDF's usual size at the resolution that pages are drawn in.
  constexpr int64_t kPixels = 1 << 22;
  auto document = burntin::Document::Open(
      std::vector<char>(data, data + size),
      {.pages = burntin::kFuzzFrames, .pixels_per_page = kPixels});
  if (!document.ok()) return 0;
  for (int page = 0; page < (*document)->pages(); ++page) {
    (*document)->Render(page).IgnoreError();
  }
  return 0;
}
