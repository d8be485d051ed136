// Inspects files with a detector in this process.
#ifndef BURNTIN_CLIENT_INSPECT_IN_PROCESS_INSPECTOR_H_
#define BURNTIN_CLIENT_INSPECT_IN_PROCESS_INSPECTOR_H_

#include <memory>
#include <span>

#include "client/inspect/inspector.h"
#include "detector/detector.h"

namespace burntin {

class InProcessInspector final : public Inspector {
 public:
  // Keeps `files_in_flight` >= 1 files in work at a time. More than the
  // detector's workers keeps all of them busy while a file is opened.
  InProcessInspector(std::unique_ptr<Detector> detector, int files_in_flight,
                     bool include_text);

  absl::Status InspectAll(std::span<const FoundFile> files,
                          const Answer& answer) override;
  int max_in_flight() const override { return files_in_flight_; }

 private:
  const std::unique_ptr<Detector> detector_;
  const int files_in_flight_;
  const bool include_text_;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_IN_PROCESS_INSPECTOR_H_
