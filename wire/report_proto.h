// wire: turns the detector's reports and errors into the contract's messages,
// the same for the server and for the in-process client. This header: one
// object's report, and verdicts both ways. Pure functions.
#ifndef BURNTIN_WIRE_REPORT_PROTO_H_
#define BURNTIN_WIRE_REPORT_PROTO_H_

#include <string_view>
#include <vector>

#include "burntin/v1/report.pb.h"
#include "detector/report.h"

namespace burntin {

// A report lists at most so many regions, those with the highest scores.
inline constexpr int kMaxRegions = 10'000;

// Longer recognised text is cut between two characters.
inline constexpr int kMaxRegionTextBytes = 1'024;

v1::Verdict ToProto(Verdict verdict);

// What a reader of the contract makes of `verdict`: a value that it does not
// know, and VERDICT_UNSPECIFIED, are indeterminate.
Verdict FromProto(v1::Verdict verdict);

// What produced a report: the detector's version and its models, which are
// put in ascending order of their names.
v1::ComponentVersions ToProto(std::string_view detector_version,
                              std::vector<ModelVersion> models);

// The contract's form of `report`. `path` is the caller's label of the object.
// Recognised characters are left out unless `include_text`. Every string of
// the result is valid UTF-8, whatever the object's header and `path` hold.
v1::InstanceReport ToProto(const InstanceReport& report,
                           const v1::ComponentVersions& versions,
                           std::string_view path, bool include_text);

}  // namespace burntin

#endif  // BURNTIN_WIRE_REPORT_PROTO_H_
