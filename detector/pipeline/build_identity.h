// Which code this process runs: its own and its libraries'. Private to
// detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_BUILD_IDENTITY_H_
#define BURNTIN_DETECTOR_PIPELINE_BUILD_IDENTITY_H_

#include <string>

namespace burntin {

// 64 hexadecimal digits that differ as soon as the program, or a library that
// it is linked to (and so on), is another build: an upgrade of a library may
// change what is decoded and read, and the program's version does not tell.
// Libraries that are loaded later, and the kernel's own, do not count. Empty if
// it cannot be told.
std::string BuildIdentity();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_BUILD_IDENTITY_H_
