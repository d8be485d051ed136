#include "client/inspect/inspector.h"
#include "detector/detector.h"
#include "wire/report_proto.h"

namespace burntin {

v1::InstanceReport LocalReport(const FoundFile& file, Reason reason,
                               const std::string& message) {
  return ToProto(FailedReport(reason, message),
                 ToProto(DetectorVersion(), /*models=*/{}), file.label,
                 /*include_text=*/false);
}

v1::InstanceReport UninspectableReport(const FoundFile& file) {
  if (file.state == FoundFile::State::kEmpty) {
    return LocalReport(file, Reason::kFileEmpty,
                       "The file has no bytes. Get the object again from "
                       "where it came.");
  }
  return LocalReport(file, Reason::kFileUnreadable,
                     "The file or folder could not be read. Check that it "
                     "exists and that you may read it.");
}

}  // namespace burntin
