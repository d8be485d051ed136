#include <map>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/status_macros.h"
#include "detector/text/neural_network.h"
#include "detector/text/onnx_runtime_interface.h"
#include "detector/text/onnx_runtime_library.h"

namespace burntin {
namespace {

constexpr char kInputName[] = "x";
constexpr char kOutputName[] = "probability";

const NetworkFiles& Files() {
  static const auto* const kFiles =
      new NetworkFiles{.detector = "text_detector_ort.onnx",
                       .first_glance = "text_glance.onnx",
                       .grey_first_glance = "text_glance_grey.onnx",
                       .quick_maps = "text_maps_quick.onnx",
                       .grey_quick_maps = "text_maps_quick_grey.onnx",
                       .careful_maps = "text_maps_careful.onnx",
                       .grey_careful_maps = "text_maps_careful_grey.onnx",
                       .own_recognizer = OwnRecognizer(),
                       .recognizer = {"text_recognizer_charset.txt",
                                      {{"text_recognizer_ort.onnx", 0, 800}}}};
  return *kFiles;
}

absl::Status LoadError() {
  return Error(Reason::kModelNotLoaded,
               "A neural network's model could not be loaded. Run "
               "models/fetch.");
}

absl::Status RunError() {
  return Error(Reason::kEngineFailed,
               "A neural network failed. Look at the object by hand.");
}

// Releases what the library made by the function that it has for that.
template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

// Whether a call worked. What the library says about a failure (paths,
// shapes) stops here.
bool Worked(const OrtApi& api, OrtStatus* status) {
  if (status == nullptr) return true;
  api.ReleaseStatus(status);
  return false;
}

void DropMessage(void*, int, const char*, const char*, const char*,
                 const char*) {}

// The library and its environment, of which a process has one however often
// it is asked for.
class Environment {
 public:
  static absl::StatusOr<std::shared_ptr<Environment>> Create(
      const OrtApi& api) {
    OrtEnv* env = nullptr;
    if (!Worked(api, api.CreateEnvWithCustomLogger(&DropMessage, nullptr,
                                                   kOrtLoggingLevelFatal,
                                                   "burntin", &env))) {
      return LoadError();
    }
    auto environment = std::make_shared<Environment>(api, env);
    if (!Worked(api, api.DisableTelemetryEvents(env))) return LoadError();
    return environment;
  }

  Environment(const OrtApi& api, OrtEnv* env)
      : api_(api), env_(env, api.ReleaseEnv) {}

  const OrtApi& api() const { return api_; }
  OrtEnv* env() const { return env_.get(); }

 private:
  const OrtApi& api_;
  Owned<OrtEnv> env_;
};

// A loaded network, which any number of threads may run at the same time.
class Session {
 public:
  static absl::StatusOr<std::shared_ptr<Session>> Load(
      std::shared_ptr<Environment> environment, const std::string& path);

  Session(std::shared_ptr<Environment> environment, OrtSession* session,
          OrtMemoryInfo* memory)
      : environment_(std::move(environment)),
        session_(session, environment_->api().ReleaseSession),
        memory_(memory, environment_->api().ReleaseMemoryInfo) {}

  absl::StatusOr<Tensor> Run(const Tensor& input) const;

 private:
  absl::StatusOr<Tensor> ToTensor(OrtValue* value) const;

  std::shared_ptr<Environment> environment_;
  Owned<OrtSession> session_;
  Owned<OrtMemoryInfo> memory_;
};

// One thread, which is the caller's: burntin's own pool divides the work.
bool SetOptions(const OrtApi& api, OrtSessionOptions* options) {
  return Worked(api, api.SetIntraOpNumThreads(options, 1)) &&
         Worked(api, api.SetInterOpNumThreads(options, 1)) &&
         Worked(api, api.SetSessionExecutionMode(options, kOrtSequential)) &&
         Worked(api,
                api.SetSessionGraphOptimizationLevel(options, kOrtEnableAll)) &&
         Worked(api, api.AddSessionConfigEntry(
                         options, "session.intra_op.allow_spinning", "0")) &&
         Worked(api, api.AddSessionConfigEntry(
                         options, "session.inter_op.allow_spinning", "0")) &&
         // Plans of memory are kept for each size of input, and ours vary.
         Worked(api, api.DisableMemPattern(options));
}

absl::StatusOr<std::shared_ptr<Session>> Session::Load(
    std::shared_ptr<Environment> environment, const std::string& path) {
  const OrtApi& api = environment->api();
  OrtSessionOptions* made = nullptr;
  if (!Worked(api, api.CreateSessionOptions(&made))) return LoadError();
  const Owned<OrtSessionOptions> options(made, api.ReleaseSessionOptions);
  if (!SetOptions(api, options.get())) return LoadError();
  OrtSession* session = nullptr;
  if (!Worked(api, api.CreateSession(environment->env(), path.c_str(),
                                     options.get(), &session))) {
    return LoadError();
  }
  OrtMemoryInfo* memory = nullptr;
  const bool has_memory = Worked(
      api,
      api.CreateCpuMemoryInfo(kOrtArenaAllocator, kOrtMemTypeDefault, &memory));
  auto loaded =
      std::make_shared<Session>(std::move(environment), session, memory);
  if (!has_memory) return LoadError();
  return loaded;
}

absl::StatusOr<Tensor> Session::Run(const Tensor& input) const {
  const OrtApi& api = environment_->api();
  OrtValue* made = nullptr;
  // The library takes inputs as writable, but only reads them.
  if (!Worked(api, api.CreateTensorWithDataAsOrtValue(
                       memory_.get(), const_cast<float*>(input.values.data()),
                       input.values.size() * sizeof(float), input.shape.data(),
                       input.shape.size(), kOrtFloat, &made))) {
    return RunError();
  }
  const Owned<OrtValue> in(made, api.ReleaseValue);
  const OrtValue* const inputs[] = {in.get()};
  const char* const input_names[] = {kInputName};
  const char* const output_names[] = {kOutputName};
  OrtValue* result = nullptr;
  if (!Worked(api, api.Run(session_.get(), nullptr, input_names, inputs, 1,
                           output_names, 1, &result))) {
    return RunError();
  }
  const Owned<OrtValue> out(result, api.ReleaseValue);
  return ToTensor(out.get());
}

absl::StatusOr<Tensor> Session::ToTensor(OrtValue* value) const {
  const OrtApi& api = environment_->api();
  OrtTensorTypeAndShapeInfo* made = nullptr;
  if (!Worked(api, api.GetTensorTypeAndShape(value, &made))) return RunError();
  const Owned<OrtTensorTypeAndShapeInfo> info(
      made, api.ReleaseTensorTypeAndShapeInfo);
  int type = 0;
  size_t dimensions = 0;
  size_t elements = 0;
  void* data = nullptr;
  if (!Worked(api, api.GetTensorElementType(info.get(), &type)) ||
      !Worked(api, api.GetDimensionsCount(info.get(), &dimensions)) ||
      !Worked(api, api.GetTensorShapeElementCount(info.get(), &elements)) ||
      !Worked(api, api.GetTensorMutableData(value, &data)) ||
      type != kOrtFloat) {
    return RunError();
  }
  Tensor tensor;
  tensor.shape.resize(dimensions);
  if (!Worked(api,
              api.GetDimensions(info.get(), tensor.shape.data(), dimensions))) {
    return RunError();
  }
  const auto* first = static_cast<const float*>(data);
  tensor.values.assign(first, first + elements);
  return tensor;
}

class OnnxNetwork final : public NeuralNetwork {
 public:
  explicit OnnxNetwork(std::shared_ptr<const Session> session)
      : session_(std::move(session)) {}

  absl::StatusOr<Tensor> Run(const Tensor& input) override {
    return session_->Run(input);
  }

 private:
  std::shared_ptr<const Session> session_;
};

class OnnxRuntime final : public NeuralRuntime {
 public:
  explicit OnnxRuntime(std::shared_ptr<Environment> environment)
      : environment_(std::move(environment)) {}

  const NetworkFiles& files() const override { return Files(); }

  absl::StatusOr<std::unique_ptr<NeuralNetwork>> Load(
      const std::string& path) override {
    const MutexLock lock(&mu_);
    std::shared_ptr<Session>& session = sessions_[path];
    if (session == nullptr) {
      ASSIGN_OR_RETURN(session, Session::Load(environment_, path));
    }
    return std::make_unique<OnnxNetwork>(session);
  }

 private:
  const std::shared_ptr<Environment> environment_;
  Mutex mu_;
  std::map<std::string, std::shared_ptr<Session>> sessions_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace

absl::StatusOr<std::shared_ptr<NeuralRuntime>> MakeOnnxRuntime(
    const std::string& library_file, const std::string& sha256) {
  ASSIGN_OR_RETURN(const OrtApi* const api,
                   OpenOnnxRuntimeLibrary(library_file, sha256));
  ASSIGN_OR_RETURN(std::shared_ptr<Environment> environment,
                   Environment::Create(*api));
  return std::make_shared<OnnxRuntime>(std::move(environment));
}

}  // namespace burntin
