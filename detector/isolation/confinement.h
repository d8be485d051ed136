// What a worker gives up before it reads anything that others wrote. Private
// to detector/isolation.
#ifndef BURNTIN_DETECTOR_ISOLATION_CONFINEMENT_H_
#define BURNTIN_DETECTOR_ISOLATION_CONFINEMENT_H_

#include <cstdint>

#include "detector/isolation/decoder_process.h"

namespace burntin {

// Sets the limits; makes the process die with the thread that started it,
// leave no core file, be the kernel's first choice when memory is short, pay
// no heed to requests to end, keep of root's powers only that to read, and make
// the system calls of FilterSystemCalls alone. Says whether the last was
// possible.
//
// Builds with a sanitizer keep their address space and all system calls.
bool Confine(const ResourceLimits& limits);

// Lets the process use so much more processor time from now on; beyond, the
// kernel kills it.
void AllowCpuSeconds(int64_t seconds);

// Leaves what decoding needs: memory, time, reading files, temporary files
// without a name, and the descriptors that are open. All else fails with
// EPERM, first of all sockets, other processes and programs, and files with
// names to write. False where the kernel does not let this be done.
bool FilterSystemCalls();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_CONFINEMENT_H_
