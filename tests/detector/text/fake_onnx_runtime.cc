// A library that is not what it should be. FAKE says in which way: OLD has no
// interface as new as the one that is asked for, ENDING ends the process when
// it is opened, OTHER has not the function that ONNX Runtime has.
#include <unistd.h>

#include "detector/text/onnx_runtime_interface.h"

using burntin::OrtApi;
using burntin::OrtApiBase;

#ifdef FAKE_IS_ENDING
__attribute__((constructor)) static void EndTheProcess() { _exit(17); }
#endif

#ifdef FAKE_IS_OTHER
extern "C" int SomethingElse() { return 0; }
#else
static const OrtApi* NoApi(uint32_t) noexcept { return nullptr; }

static const char* Version() noexcept { return "1.0.0"; }

extern "C" const OrtApiBase* OrtGetApiBase() noexcept {
  static const OrtApiBase kBase = {&NoApi, &Version};
  return &kBase;
}
#endif
