// session: what XNAT's Container Service starts for one session or one scan.
// `burntin session` without its command line: from arguments to exit status.
#ifndef BURNTIN_CLIENT_SESSION_SESSION_H_
#define BURNTIN_CLIENT_SESSION_SESSION_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "burntin/v1/routing_service.pb.h"
#include "client/scan/scan.h"
#include "client/session/router.h"

namespace burntin {

// Exit statuses.
inline constexpr int kSessionOut = 0;     // it goes to a project
inline constexpr int kSessionHeld = 1;    // it goes to, or stays in, quarantine
inline constexpr int kSessionFailed = 2;  // not known, so treat it as held

struct SessionArguments {
  std::string input;             // folder with the session's files
  std::string output;            // folder for report.json and report.html
  v1::SessionLocation location;  // where the session lies in XNAT
  bool inspect_only = false;     // a part of a session: nothing is decided
  // A held session ends with status 0 as well, for a caller that keeps the
  // reports of what it takes for a success only.
  bool held_is_success = false;
  ScanArguments inspection;  // how to reach the server
  // So often a session is inspected again that changed meanwhile.
  int most_inspections = 3;
};

// What it touches outside itself, so that tests can bring their own.
struct SessionEnvironment {
  std::ostream* out = nullptr;  // what was decided
  std::ostream* err = nullptr;  // everything else
  std::string now;              // for the page, as people read it
  ProgressMeter::Clock clock;
  LooksLikeDicomFunction looks_like_dicom;
  FrameRenderer render_frame;
  std::function<absl::StatusOr<std::unique_ptr<Inspector>>(
      const ScanArguments& arguments)>
      make_inspector;
  std::function<absl::StatusOr<std::unique_ptr<Router>>(
      const ScanArguments& arguments)>
      make_router;
};

// Sends the session's files to the server, asks where it goes and writes both
// reports. If files came or changed meanwhile, as when another upload was
// merged into the session, it starts again. The reports are there whenever the
// files were inspected, decided or not.
int DecideAndReport(const SessionArguments& arguments,
                    const SessionEnvironment& environment);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_SESSION_SESSION_H_
