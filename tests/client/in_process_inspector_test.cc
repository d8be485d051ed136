#include "client/inspect/in_process_inspector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace burntin {
namespace {

// Answers an object only when `together` of them are in work at the same time.
class MeetingDetector final : public Detector {
 public:
  explicit MeetingDetector(int together) : together_(together) {}

  InstanceReport Inspect(const std::string& path,
                         const InspectOptions&) override {
    std::unique_lock lock(mutex_);
    ++arrived_;
    met_.notify_all();
    met_.wait(lock, [&] { return arrived_ >= together_; });
    InstanceReport report;
    report.header.sop_instance_uid = path;
    Finding finding;
    finding.match.reading.text = PhiText("DOE JANE");
    report.findings.push_back(finding);
    return report;
  }

  std::vector<ModelVersion> models() const override {
    return {{"text-detector", "ab"}};
  }

 private:
  const int together_;
  std::mutex mutex_;
  std::condition_variable met_;
  int arrived_ = 0;
};

std::vector<FoundFile> Files(int count) {
  std::vector<FoundFile> files;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    files.push_back({.path = number, .label = number, .bytes = 1});
  }
  return files;
}

std::vector<v1::InstanceReport> Answers(InProcessInspector* inspector,
                                        const std::vector<FoundFile>& files) {
  std::vector<v1::InstanceReport> answers(files.size());
  EXPECT_TRUE(inspector
                  ->InspectAll(files,
                               [&](size_t i, v1::InstanceReport report) {
                                 answers[i] = std::move(report);
                               })
                  .ok());
  return answers;
}

TEST(InProcessInspectorTest, SeveralFilesAreInWorkAtATime) {
  InProcessInspector inspector(std::make_unique<MeetingDetector>(3),
                               /*files_in_flight=*/3, /*include_text=*/false);
  const std::vector<FoundFile> files = Files(7);
  const std::vector<v1::InstanceReport> answers = Answers(&inspector, files);
  for (size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(answers[i].sop_instance_uid(), files[i].path);
    EXPECT_EQ(answers[i].path(), files[i].label);
    EXPECT_EQ(answers[i].versions().models(0).name(), "text-detector");
  }
}

// Says in the report whether texts were asked for.
class AskedDetector final : public Detector {
 public:
  InstanceReport Inspect(const std::string&,
                         const InspectOptions& options) override {
    InstanceReport report;
    report.header.modality = options.texts ? "texts" : "none";
    return report;
  }
  std::vector<ModelVersion> models() const override { return {}; }
};

TEST(InProcessInspectorTest, ADetectorIsAskedForTextsOnlyIfTheyAreIncluded) {
  for (const bool include_text : {false, true}) {
    InProcessInspector inspector(std::make_unique<AskedDetector>(), 1,
                                 include_text);
    EXPECT_EQ(Answers(&inspector, Files(1))[0].modality(),
              include_text ? "texts" : "none");
  }
}

TEST(InProcessInspectorTest, RecognisedTextIsIncludedOnlyWhenAskedFor) {
  for (const bool include_text : {false, true}) {
    InProcessInspector inspector(std::make_unique<MeetingDetector>(1), 1,
                                 include_text);
    EXPECT_EQ(Answers(&inspector, Files(1))[0].regions(0).text(),
              include_text ? "DOE JANE" : "");
  }
}

}  // namespace
}  // namespace burntin
