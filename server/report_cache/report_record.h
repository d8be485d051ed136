// A report as bytes, sealed to its key. Pure functions.
#ifndef BURNTIN_SERVER_REPORT_CACHE_REPORT_RECORD_H_
#define BURNTIN_SERVER_REPORT_CACHE_REPORT_RECORD_H_

#include <optional>
#include <string>
#include <string_view>

#include "detector/report.h"

namespace burntin {

// What of a report is kept: all but times and the header's identifiers, and
// the recognised texts only if `with_texts`. Nothing for a report that is not
// `repeatable`, or says of itself that not everything was inspected.
std::optional<std::string> EncodeReport(std::string_view key,
                                        const InstanceReport& report,
                                        bool with_texts);

struct DecodedReport {
  InstanceReport report;  // from_cache is true
  bool has_texts = false;
};

// Nothing for a record that was damaged, belongs to another key, or does not
// say what a complete report says: such a one never answers.
std::optional<DecodedReport> DecodeReport(std::string_view key,
                                          std::string_view record);

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_REPORT_RECORD_H_
