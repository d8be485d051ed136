// The configuration in the detector's words. Pure.
#ifndef BURNTIN_SERVER_DAEMON_DETECTOR_SETTINGS_H_
#define BURNTIN_SERVER_DAEMON_DETECTOR_SETTINGS_H_

#include <functional>

#include "absl/status/status.h"
#include "detector/detector.h"
#include "server/config/config.h"
#include "server/report_cache/sql_tier.h"

namespace burntin {

DetectorOptions ToDetectorOptions(const ServerConfig& config);

// Without isolation it has no program.
DecoderOptions ToDecoderOptions(const ServerConfig& config);

// Of the reports that the ledger's database keeps. Tells each failure.
SqlTierOptions ToCacheOptions(
    const ServerConfig& config,
    std::function<void(const absl::Status& status)> on_failure);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_DETECTOR_SETTINGS_H_
