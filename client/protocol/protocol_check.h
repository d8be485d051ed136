// `burntin protocol check` without its command line: from arguments to exit
// status.
#ifndef BURNTIN_CLIENT_PROTOCOL_PROTOCOL_CHECK_H_
#define BURNTIN_CLIENT_PROTOCOL_PROTOCOL_CHECK_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/inspect/inspector.h"
#include "client/scan/scan.h"
#include "client/walk/walk.h"
#include "detector/base/header.h"

namespace burntin {

// Exit statuses.
inline constexpr int kExitAllOut = 0;       // every session goes to a project
inline constexpr int kExitNotAllOut = 1;    // a session stays, or has to be
                                            // inspected first
inline constexpr int kExitCheckFailed = 2;  // the check itself failed

struct ProtocolCheckArguments {
  std::vector<std::string> paths;
  std::string protocol_file;
  std::string dasher_file;  // a protocol.txt to compare with; empty: none
  std::string quarantine_project = "QUARANTINE";
  std::string hospital_project;  // of DASHER
  ScanFormat format = ScanFormat::kText;
  bool inspect = false;      // also the pixels
  ScanArguments inspection;  // how, if so
};

// What a check touches outside itself, so that tests can bring their own.
struct ProtocolCheckEnvironment {
  using HeaderReader =
      std::function<absl::StatusOr<Header>(const std::string& path)>;

  std::ostream* out = nullptr;  // results
  std::ostream* err = nullptr;  // everything meant for people
  LooksLikeDicomFunction looks_like_dicom;
  // Makes what reads headers; an error is the check's.
  std::function<absl::StatusOr<HeaderReader>(const ScanArguments& arguments)>
      make_header_reader;
  // Makes the inspector. Called after make_header_reader, and only to inspect.
  std::function<absl::StatusOr<std::unique_ptr<Inspector>>(
      const ScanArguments& arguments)>
      make_inspector;
};

// Checks and returns the exit status. Without `paths` it checks the protocol's
// file alone: then 0 says that it is one. Fails, with a sentence on `err`, when
// the protocol is broken (with all errors and their places), a path does not
// exist, there is no DICOM file at all, the inspector fails, or the results
// cannot be written.
int CheckProtocol(const ProtocolCheckArguments& arguments,
                  const ProtocolCheckEnvironment& environment);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_PROTOCOL_PROTOCOL_CHECK_H_
