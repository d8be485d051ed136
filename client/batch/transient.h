// Which answers may be others when the instance is inspected again. Pure.
#ifndef BURNTIN_CLIENT_BATCH_TRANSIENT_H_
#define BURNTIN_CLIENT_BATCH_TRANSIENT_H_

#include "burntin/v1/report.pb.h"

namespace burntin {

// Whether the instance was not inspected for a cause that lies outside it, or
// may: the file system, the machine's load, an engine. A damaged or unsupported
// object is not inspected again.
bool MayBeTransient(const v1::InstanceReport& report);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_TRANSIENT_H_
