#include "client/inspect/received_report.h"

#include <algorithm>
#include <string>

#include "detector/base/error.h"
#include "wire/report_proto.h"

namespace burntin {
namespace {

void MakeIndeterminate(const std::string& message, v1::InstanceReport* report) {
  report->set_verdict(v1::VERDICT_INDETERMINATE);
  report->set_inspected_in_full(false);
  report->set_risk(1);
  v1::Reason* reason = report->add_reasons();
  reason->set_code(std::string(ReasonName(Reason::kInternalFailure)));
  reason->set_message(message);
}

bool IsKnown(v1::Verdict verdict) {
  return ToProto(FromProto(verdict)) == verdict;
}

bool IsFullyInspected(const v1::InstanceReport& report) {
  return report.frames_total() > 0 &&
         report.frames_inspected() == report.frames_total();
}

bool HasSuspectRegion(const v1::InstanceReport& report) {
  return std::any_of(report.regions().begin(), report.regions().end(),
                     [](const v1::Region& region) {
                       return region.category() != v1::CATEGORY_BENIGN;
                     });
}

void CheckVerdict(v1::InstanceReport* report) {
  if (!IsKnown(report->verdict())) {
    MakeIndeterminate(
        "The server sent a verdict that this version does not know. Use a "
        "client of the server's version.",
        report);
  } else if (report->verdict() == v1::VERDICT_CLEAR &&
             !IsFullyInspected(*report)) {
    MakeIndeterminate(
        "The server called the object clear without all of its frames. "
        "Report this with the server's version.",
        report);
  } else if (report->verdict() == v1::VERDICT_CLEAR &&
             HasSuspectRegion(*report)) {
    MakeIndeterminate(
        "The server called the object clear beside text that is not benign. "
        "Report this with the server's version.",
        report);
  }
}

void CheckRegion(bool include_text, v1::Region* region) {
  if (!include_text) region->clear_text();
  if (!v1::Category_IsValid(region->category()) ||
      region->category() == v1::CATEGORY_UNSPECIFIED) {
    region->set_category(v1::CATEGORY_OTHER);
  }
}

}  // namespace

v1::InstanceReport CheckReceived(v1::InstanceReport report,
                                 const FoundFile& file, bool include_text) {
  report.set_path(file.label);
  for (v1::Region& region : *report.mutable_regions()) {
    CheckRegion(include_text, &region);
  }
  if (!IsFullyInspected(report)) report.set_inspected_in_full(false);
  CheckVerdict(&report);
  return report;
}

}  // namespace burntin
