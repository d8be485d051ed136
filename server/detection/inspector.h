// Inspects uploaded objects with a detector and answers in the contract's
// words, free of gRPC.
#ifndef BURNTIN_SERVER_DETECTION_INSPECTOR_H_
#define BURNTIN_SERVER_DETECTION_INSPECTOR_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "burntin/v1/detection_service.pb.h"
#include "detector/base/anonymous_file.h"
#include "detector/detector.h"
#include "server/detection/evidence_taker.h"
#include "server/detection/inspection_metrics.h"
#include "server/log/log.h"
#include "server/reports/report_store.h"

namespace burntin {

// Any number of threads may call at the same time.
class Inspector {
 public:
  // `include_text`: whether callers may ask for recognised characters.
  // `reports`, if it is not null, gets each report that a detector made. It and
  // `log` outlive the inspector.
  Inspector(bool include_text, Log* log, ReportStore* reports = nullptr)
      : include_text_(include_text), log_(log), reports_(reports) {}

  // Sets the detector, which is not owned and outlives the last call. Once,
  // before the first Inspect.
  void UseDetector(Detector* detector, const std::string& version);

  // Has pictures taken for the reports that are kept; without, there are none.
  // Not owned. As UseDetector.
  void UseEvidence(EvidenceTaker* evidence) { evidence_ = evidence; }

  // Counts each report that its caller waits for. Not owned, outlives the
  // inspector. As UseDetector.
  void UseMetrics(const InspectionMetrics* metrics) { metrics_ = metrics; }
  const InspectionMetrics* metrics() const { return metrics_; }  // may be null

  // TEXT_NOT_ALLOWED if the header asks for what this server does not send.
  absl::Status CheckOptions(const v1::InstanceHeader& header) const;

  // The report of the object in `file`. `cancelled` is asked between frames;
  // after it was true, the report is of no use.
  v1::InstanceReport Inspect(const v1::InstanceHeader& header,
                             const AnonymousFile& file,
                             const std::function<bool()>& cancelled) const;

  // The report of an object that is larger than the limit.
  v1::InstanceReport TooLarge(const v1::InstanceHeader& header) const;

  // The report of an object whose upload ended with `error`, made by `Error`.
  v1::InstanceReport NotKept(const v1::InstanceHeader& header,
                             const absl::Status& error) const;

 private:
  void Count(const InstanceReport& report) const;

  v1::InstanceReport Answer(const v1::InstanceHeader& header,
                            const InstanceReport& report) const;

  // Keeps what `report`, made of `file` and sent as `answer`, says.
  void Keep(const AnonymousFile& file, const InstanceReport& report,
            const v1::InstanceReport& answer,
            const std::function<bool()>& cancelled) const;

  const bool include_text_;
  Log* log_;
  ReportStore* reports_;
  EvidenceTaker* evidence_ = nullptr;
  const InspectionMetrics* metrics_ = nullptr;
  Detector* detector_ = nullptr;
  v1::ComponentVersions versions_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_INSPECTOR_H_
