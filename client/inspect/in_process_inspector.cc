#include "client/inspect/in_process_inspector.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "wire/report_proto.h"

namespace burntin {

InProcessInspector::InProcessInspector(std::unique_ptr<Detector> detector,
                                       int files_in_flight, bool include_text)
    : detector_(std::move(detector)),
      files_in_flight_(std::max(1, files_in_flight)),
      include_text_(include_text) {}

absl::Status InProcessInspector::InspectAll(std::span<const FoundFile> files,
                                            const Answer& answer) {
  const v1::ComponentVersions versions =
      ToProto(DetectorVersion(), detector_->models());
  InspectOptions options;
  options.texts = include_text_;
  std::atomic<size_t> next = 0;
  const auto inspect = [&] {
    for (size_t i = next++; i < files.size(); i = next++) {
      const InstanceReport report = detector_->Inspect(files[i].path, options);
      answer(i, ToProto(report, versions, files[i].label, include_text_));
    }
  };
  const size_t threads =
      std::min(files.size(), static_cast<size_t>(files_in_flight_));
  std::vector<std::jthread> pool;
  for (size_t i = 0; i < threads; ++i) pool.emplace_back(inspect);
  pool.clear();  // joins
  return absl::OkStatus();
}

}  // namespace burntin
