// What this side makes of a report that a server sent. Pure.
#ifndef BURNTIN_CLIENT_INSPECT_RECEIVED_REPORT_H_
#define BURNTIN_CLIENT_INSPECT_RECEIVED_REPORT_H_

#include "burntin/v1/report.pb.h"
#include "client/walk/walk.h"

namespace burntin {

// `report`, never less safe than it came: a verdict that this version does
// not know, and a clear one that does not cover every frame, covers none, or
// comes with text that is not benign, become indeterminate with a reason; an
// unknown category becomes OTHER; recognised text that was not asked for is
// dropped. `path` becomes the file's label.
v1::InstanceReport CheckReceived(v1::InstanceReport report,
                                 const FoundFile& file, bool include_text);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_RECEIVED_REPORT_H_
