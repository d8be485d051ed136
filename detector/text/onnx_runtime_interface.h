// The part of ONNX Runtime's C interface that is called. Private to
// detector/text.
//
// The interface is a table of functions, OrtApi, to which versions only ever
// append. Positions, signatures and values are those of onnxruntime_c_api.h
// (MIT, Microsoft Corporation) as of versions 1.17 to 1.29.
#ifndef BURNTIN_DETECTOR_TEXT_ONNX_RUNTIME_INTERFACE_H_
#define BURNTIN_DETECTOR_TEXT_ONNX_RUNTIME_INTERFACE_H_

#include <cstddef>
#include <cstdint>

namespace burntin {

// Made and released by the library.
struct OrtEnv;
struct OrtMemoryInfo;
struct OrtRunOptions;
struct OrtSession;
struct OrtSessionOptions;
struct OrtStatus;
struct OrtTensorTypeAndShapeInfo;
struct OrtValue;

// Enumerations, which C passes as an int.
inline constexpr int kOrtLoggingLevelFatal = 4;
inline constexpr int kOrtSequential = 0;
inline constexpr int kOrtEnableAll = 99;
inline constexpr int kOrtArenaAllocator = 0;
inline constexpr int kOrtMemTypeDefault = 0;
inline constexpr int kOrtFloat = 1;

using OrtLoggingFunction = void (*)(void* param, int severity,
                                    const char* category, const char* log_id,
                                    const char* code_location,
                                    const char* message);

// A null status means success; any other has to be released.
struct OrtApi {
  using Unused = void (*)();

  Unused unused_0[4];
  OrtStatus* (*CreateEnvWithCustomLogger)(OrtLoggingFunction logger,
                                          void* param, int severity,
                                          const char* log_id, OrtEnv** env);
  Unused unused_5[1];
  OrtStatus* (*DisableTelemetryEvents)(const OrtEnv* env);
  OrtStatus* (*CreateSession)(const OrtEnv* env, const char* model_path,
                              const OrtSessionOptions* options,
                              OrtSession** session);
  Unused unused_8[1];
  OrtStatus* (*Run)(OrtSession* session, const OrtRunOptions* options,
                    const char* const* input_names,
                    const OrtValue* const* inputs, size_t input_count,
                    const char* const* output_names, size_t output_count,
                    OrtValue** outputs);
  OrtStatus* (*CreateSessionOptions)(OrtSessionOptions** options);
  Unused unused_11[2];
  OrtStatus* (*SetSessionExecutionMode)(OrtSessionOptions* options, int mode);
  Unused unused_14[3];
  OrtStatus* (*DisableMemPattern)(OrtSessionOptions* options);
  Unused unused_18[5];
  OrtStatus* (*SetSessionGraphOptimizationLevel)(OrtSessionOptions* options,
                                                 int level);
  OrtStatus* (*SetIntraOpNumThreads)(OrtSessionOptions* options, int threads);
  OrtStatus* (*SetInterOpNumThreads)(OrtSessionOptions* options, int threads);
  Unused unused_26[23];
  OrtStatus* (*CreateTensorWithDataAsOrtValue)(const OrtMemoryInfo* memory,
                                               void* data, size_t bytes,
                                               const int64_t* shape,
                                               size_t dimensions, int type,
                                               OrtValue** value);
  Unused unused_50[1];
  OrtStatus* (*GetTensorMutableData)(OrtValue* value, void** data);
  Unused unused_52[8];
  OrtStatus* (*GetTensorElementType)(const OrtTensorTypeAndShapeInfo* info,
                                     int* type);
  OrtStatus* (*GetDimensionsCount)(const OrtTensorTypeAndShapeInfo* info,
                                   size_t* dimensions);
  OrtStatus* (*GetDimensions)(const OrtTensorTypeAndShapeInfo* info,
                              int64_t* shape, size_t dimensions);
  Unused unused_63[1];
  OrtStatus* (*GetTensorShapeElementCount)(
      const OrtTensorTypeAndShapeInfo* info, size_t* elements);
  OrtStatus* (*GetTensorTypeAndShape)(const OrtValue* value,
                                      OrtTensorTypeAndShapeInfo** info);
  Unused unused_66[3];
  OrtStatus* (*CreateCpuMemoryInfo)(int allocator, int memory_type,
                                    OrtMemoryInfo** memory);
  Unused unused_70[22];
  void (*ReleaseEnv)(OrtEnv* env);
  void (*ReleaseStatus)(OrtStatus* status);
  void (*ReleaseMemoryInfo)(OrtMemoryInfo* memory);
  void (*ReleaseSession)(OrtSession* session);
  void (*ReleaseValue)(OrtValue* value);
  Unused unused_97[2];
  void (*ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo* info);
  void (*ReleaseSessionOptions)(OrtSessionOptions* options);
  Unused unused_101[29];
  OrtStatus* (*AddSessionConfigEntry)(OrtSessionOptions* options,
                                      const char* key, const char* value);
};

static_assert(offsetof(OrtApi, Run) == 9 * sizeof(void*));
static_assert(offsetof(OrtApi, CreateCpuMemoryInfo) == 69 * sizeof(void*));
static_assert(offsetof(OrtApi, ReleaseEnv) == 92 * sizeof(void*));
static_assert(offsetof(OrtApi, AddSessionConfigEntry) == 130 * sizeof(void*));

struct OrtApiBase {
  // Null for a version that the library does not have.
  const OrtApi* (*GetApi)(uint32_t version) noexcept;
  const char* (*GetVersionString)() noexcept;
};

// The type of the one function that the library exports, OrtGetApiBase.
using OrtGetApiBaseFunction = const OrtApiBase* (*)() noexcept;

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_ONNX_RUNTIME_INTERFACE_H_
