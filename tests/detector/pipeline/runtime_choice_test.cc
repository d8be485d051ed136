// Skipped where models/fetch has not run.
#include "detector/pipeline/runtime_choice.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "detector/pipeline/model_digest.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;

constexpr char kLibrary[] = "libonnxruntime.so";

std::vector<std::string> Names(const ChosenRuntime& chosen) {
  std::vector<std::string> names;
  for (const ModelVersion& model : chosen.models) names.push_back(model.name);
  return names;
}

class RuntimeChoiceTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(MODEL_DIRECTORY "/text_detector.onnx")) {
      GTEST_SKIP() << "no models; run models/fetch";
    }
    for (const auto& entry :
         std::filesystem::directory_iterator(MODEL_DIRECTORY)) {
      if (entry.path().filename() == kLibrary) continue;
      std::filesystem::create_symlink(
          entry.path(), folder_.File(entry.path().filename().string()));
    }
  }

  // False, and the test is to end, where there is no library.
  bool AddLibrary() {
    const std::string library = std::string(MODEL_DIRECTORY "/") + kLibrary;
    if (!std::filesystem::exists(library)) return false;
    std::filesystem::create_symlink(library, folder_.File(kLibrary));
    return true;
  }

  void ExpectOpenCv(InferenceRuntime wish) {
    const auto chosen = ChooseRuntime(wish, folder_.path());
    ASSERT_THAT(chosen, IsOk());
    EXPECT_THAT(
        Names(*chosen),
        ElementsAre("text_detector.onnx", "text_glance.onnx",
                    "text_glance_grey.onnx", "text_maps_careful.onnx",
                    "text_maps_careful_grey.onnx", "text_maps_quick.onnx",
                    "text_maps_quick_grey.onnx", "text_reader.onnx",
                    "text_reader_charset.txt", "text_recognizer_160.onnx",
                    "text_recognizer_320.onnx", "text_recognizer_640.onnx",
                    "text_recognizer_charset.txt"));
  }

  void ExpectOnnxRuntime(InferenceRuntime wish) {
    const auto chosen = ChooseRuntime(wish, folder_.path());
    ASSERT_THAT(chosen, IsOk());
    EXPECT_THAT(
        Names(*chosen),
        ElementsAre(kLibrary, "text_detector_ort.onnx", "text_glance.onnx",
                    "text_glance_grey.onnx", "text_maps_careful.onnx",
                    "text_maps_careful_grey.onnx", "text_maps_quick.onnx",
                    "text_maps_quick_grey.onnx", "text_reader.onnx",
                    "text_reader_charset.txt", "text_recognizer_charset.txt",
                    "text_recognizer_ort.onnx"));
    EXPECT_EQ(chosen->models[0].sha256, PromisedOnnxRuntime()->sha256);
  }

  TempDir folder_;
};

TEST_F(RuntimeChoiceTest, WithoutALibraryOpenCvServes) {
  ExpectOpenCv(InferenceRuntime::kAuto);
  ExpectOpenCv(InferenceRuntime::kOpenCv);
  EXPECT_THAT(ChooseRuntime(InferenceRuntime::kOnnxRuntime, folder_.path()),
              FailsWith(Reason::kModelNotLoaded));
}

TEST_F(RuntimeChoiceTest, WithALibraryItServesUnlessOpenCvIsAskedFor) {
  if (!AddLibrary()) GTEST_SKIP() << "no ONNX Runtime; run models/fetch";
  ExpectOnnxRuntime(InferenceRuntime::kAuto);
  ExpectOnnxRuntime(InferenceRuntime::kOnnxRuntime);
  ExpectOpenCv(InferenceRuntime::kOpenCv);
}

TEST_F(RuntimeChoiceTest, AnotherLibraryIsAnErrorUnlessOpenCvIsAskedFor) {
  folder_.Write(kLibrary, "not the library");
  EXPECT_THAT(ChooseRuntime(InferenceRuntime::kAuto, folder_.path()),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(ChooseRuntime(InferenceRuntime::kOnnxRuntime, folder_.path()),
              FailsWith(Reason::kModelNotLoaded));
  ExpectOpenCv(InferenceRuntime::kOpenCv);
}

TEST_F(RuntimeChoiceTest, OnlyTheFilesOfTheRuntimeAreNeeded) {
  std::filesystem::remove(folder_.File("text_recognizer_ort.onnx"));
  ExpectOpenCv(InferenceRuntime::kAuto);
  std::filesystem::remove(folder_.File("text_recognizer_160.onnx"));
  EXPECT_THAT(ChooseRuntime(InferenceRuntime::kAuto, folder_.path()),
              FailsWith(Reason::kModelNotLoaded));
}

TEST_F(RuntimeChoiceTest, OnlyTheFilesOfTheChosenNetworksAreNeeded) {
  const auto choose = [&](NetworkChoice networks) {
    return ChooseRuntime(InferenceRuntime::kOpenCv, folder_.path(), networks);
  };
  std::filesystem::remove(folder_.File("text_detector.onnx"));
  for (const char* width : {"160", "320", "640"}) {
    std::filesystem::remove(
        folder_.File(std::string("text_recognizer_") + width + ".onnx"));
  }
  const auto own = choose(NetworkChoice::kOwn);
  ASSERT_THAT(own, IsOk());
  EXPECT_THAT(
      Names(*own),
      ElementsAre("text_glance.onnx", "text_glance_grey.onnx",
                  "text_maps_careful.onnx", "text_maps_careful_grey.onnx",
                  "text_maps_quick.onnx", "text_maps_quick_grey.onnx",
                  "text_reader.onnx", "text_reader_charset.txt"));
  EXPECT_THAT(choose(NetworkChoice::kAll), FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(choose(NetworkChoice::kPpOcr),
              FailsWith(Reason::kModelNotLoaded));
}

TEST_F(RuntimeChoiceTest, TheNetworksThatCameBeforeNeedNoneOfOurs) {
  for (const char* file :
       {"text_glance.onnx", "text_glance_grey.onnx", "text_maps_careful.onnx",
        "text_maps_careful_grey.onnx", "text_maps_quick.onnx",
        "text_maps_quick_grey.onnx", "text_reader.onnx",
        "text_reader_charset.txt"}) {
    std::filesystem::remove(folder_.File(file));
  }
  const auto chosen = ChooseRuntime(InferenceRuntime::kOpenCv, folder_.path(),
                                    NetworkChoice::kPpOcr);
  ASSERT_THAT(chosen, IsOk());
  EXPECT_THAT(
      Names(*chosen),
      ElementsAre("text_detector.onnx", "text_recognizer_160.onnx",
                  "text_recognizer_320.onnx", "text_recognizer_640.onnx",
                  "text_recognizer_charset.txt"));
}

}  // namespace
}  // namespace burntin
