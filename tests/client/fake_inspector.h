// Inspectors and reports for tests.
#ifndef BURNTIN_TESTS_CLIENT_FAKE_INSPECTOR_H_
#define BURNTIN_TESTS_CLIENT_FAKE_INSPECTOR_H_

#include <span>
#include <string>
#include <utility>

#include "client/inspect/inspector.h"

namespace burntin {

// The verdict that a file's name begins with: clear*, review*, identifying*;
// anything else is indeterminate.
inline v1::Verdict VerdictByName(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name.starts_with("clear")) return v1::VERDICT_CLEAR;
  if (name.starts_with("review")) return v1::VERDICT_REVIEW;
  if (name.starts_with("identifying")) return v1::VERDICT_IDENTIFYING;
  return v1::VERDICT_INDETERMINATE;
}

inline v1::InstanceReport ReportByName(const FoundFile& file) {
  v1::InstanceReport report;
  report.set_path(file.label);
  report.set_study_instance_uid("1.2.3");
  report.set_verdict(VerdictByName(file.path));
  report.set_frames_total(1);
  report.set_frames_inspected(1);
  report.set_inspected_in_full(report.verdict() != v1::VERDICT_INDETERMINATE &&
                               !file.path.ends_with("_part"));
  if (report.verdict() != v1::VERDICT_CLEAR) {
    report.set_risk(1);
    v1::Reason* reason = report.add_reasons();
    reason->set_code("UNPROVEN_TEXT");
    reason->set_message("There is text.");
  }
  return report;
}

// Answers by the files' names, the last file first, and returns `status`.
class FakeInspector final : public Inspector {
 public:
  explicit FakeInspector(absl::Status status = absl::OkStatus())
      : status_(std::move(status)) {}

  absl::Status InspectAll(std::span<const FoundFile> files,
                          const Answer& answer) override {
    for (size_t i = files.size(); i > 0; --i) {
      answer(i - 1, ReportByName(files[i - 1]));
    }
    return status_;
  }

  int max_in_flight() const override { return 1; }

 private:
  const absl::Status status_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_CLIENT_FAKE_INSPECTOR_H_
