#include "detector/text/onnx_runtime_library.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include "detector/base/error.h"
#include "detector/text/file_digest.h"
#include "detector/text/onnx_runtime_interface.h"

namespace burntin {
namespace {

// The oldest interface that has all that is called.
constexpr uint32_t kInterfaceVersion = 17;

absl::Status NotLoaded(const std::string& trouble) {
  return Error(Reason::kModelNotLoaded,
               "ONNX Runtime " + trouble +
                   " Run models/fetch, or choose the runtime opencv.");
}

// A file that is open while this lives, or for ever once it is kept.
class OpenedFile {
 public:
  explicit OpenedFile(const std::string& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenedFile() {
    if (descriptor_ >= 0 && !kept_) close(descriptor_);
  }
  OpenedFile(const OpenedFile&) = delete;
  OpenedFile& operator=(const OpenedFile&) = delete;

  int descriptor() const { return descriptor_; }
  void Keep() { kept_ = true; }

 private:
  int descriptor_;
  bool kept_ = false;
};

}  // namespace

absl::StatusOr<const OrtApi*> OpenOnnxRuntimeLibrary(
    const std::string& path, const std::string& sha256) {
  OpenedFile file(path);
  if (file.descriptor() < 0) {
    return NotLoaded("is not in the model directory.");
  }
  if (sha256.empty() || Sha256OfDescriptor(file.descriptor()) != sha256) {
    return NotLoaded("in the model directory is another version.");
  }
  // By the descriptor, so that what is opened is what was verified, even if
  // another file has taken the name.
  const std::string verified =
      "/proc/self/fd/" + std::to_string(file.descriptor());
  void* const library =
      dlopen(verified.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) return NotLoaded("cannot be opened here.");
  // The loader knows the library by this name from now on.
  file.Keep();
  const auto get_base =
      reinterpret_cast<OrtGetApiBaseFunction>(dlsym(library, "OrtGetApiBase"));
  if (get_base == nullptr) return NotLoaded("is not what it should be.");
  const OrtApi* const api = get_base()->GetApi(kInterfaceVersion);
  if (api == nullptr) return NotLoaded("is too old.");
  return api;
}

}  // namespace burntin
