#include "client/output/json_lines.h"

#include <string>

#include "burntin/v1/scan_event.pb.h"
#include "client/output/checked_stream.h"
#include "detector/base/status_macros.h"
#include "wire/json.h"

namespace burntin {
namespace {

absl::Status WriteEvent(const v1::ScanEvent& event, std::ostream* out) {
  ASSIGN_OR_RETURN(const std::string line, ToJsonLine(event));
  *out << line << '\n';
  return FlushChecked(out);
}

}  // namespace

absl::Status JsonLines::Instance(const FoundFile& /*file*/,
                                 const v1::InstanceReport& report) {
  v1::ScanEvent event;
  *event.mutable_instance() = report;
  return WriteEvent(event, out_);
}

absl::Status JsonLines::Session(const v1::SessionReport& report) {
  v1::ScanEvent event;
  *event.mutable_session() = report;
  return WriteEvent(event, out_);
}

absl::Status JsonLines::Finish(const ScanSummary& /*summary*/) {
  return FlushChecked(out_);
}

}  // namespace burntin
