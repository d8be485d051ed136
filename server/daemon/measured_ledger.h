// A ledger whose times and failures are counted.
#ifndef BURNTIN_SERVER_DAEMON_MEASURED_LEDGER_H_
#define BURNTIN_SERVER_DAEMON_MEASURED_LEDGER_H_

#include <memory>

#include "server/ledger/ledger.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// Does and answers what `ledger` does. Owns the ledger, and not the registry,
// which outlives the answer.
std::unique_ptr<Ledger> MeasureLedger(std::unique_ptr<Ledger> ledger,
                                      MetricRegistry* registry);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_MEASURED_LEDGER_H_
