// The configuration in the detector's words. Pure.
#ifndef BURNTIN_SERVER_DAEMON_DETECTOR_SETTINGS_H_
#define BURNTIN_SERVER_DAEMON_DETECTOR_SETTINGS_H_

#include "detector/detector.h"
#include "server/config/config.h"

namespace burntin {

DetectorOptions ToDetectorOptions(const ServerConfig& config);

// Without isolation it has no program.
DecoderOptions ToDecoderOptions(const ServerConfig& config);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_DETECTOR_SETTINGS_H_
