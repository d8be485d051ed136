#include "client/session/session.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "client/html/atomic_file.h"
#include "client/html/html_report.h"
#include "client/output/checked_stream.h"
#include "client/output/failure.h"
#include "client/output/wording.h"
#include "client/scan/scan_run.h"
#include "client/session/session_request.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "wire/json.h"

namespace burntin {
namespace {

using FileState = std::tuple<std::string, int64_t, int64_t, int64_t>;

// What changes when a file does: its path, size and time of change.
std::vector<FileState> StateOf(const WalkResult& walk) {
  std::vector<FileState> states;
  for (const FoundFile& file : walk.files) {
    struct stat info = {};
    stat(file.path.c_str(), &info);
    states.emplace_back(file.path, info.st_size, info.st_mtim.tv_sec,
                        info.st_mtim.tv_nsec);
  }
  return states;
}

// Keeps what was inspected.
class Keeper final : public EventSink {
 public:
  absl::Status Instance(const FoundFile& file,
                        const v1::InstanceReport& report) override {
    files.push_back({report, FileSha256(file.path)});
    return absl::OkStatus();
  }
  absl::Status Session(const v1::SessionReport& report) override {
    sessions.push_back(report);
    return absl::OkStatus();
  }
  absl::Status Finish(const ScanSummary& finished) override {
    summary = finished;
    return absl::OkStatus();
  }

  std::vector<InspectedFile> files;
  std::vector<v1::SessionReport> sessions;
  ScanSummary summary;
};

class Session {
 public:
  Session(const SessionArguments& arguments,
          const SessionEnvironment& environment)
      : arguments_(arguments), environment_(environment) {}

  absl::StatusOr<int> Run() {
    RETURN_IF_ERROR(CheckIsOneServer());
    RETURN_IF_ERROR(CheckCanWrite(JsonPath()));
    ASSIGN_OR_RETURN(inspector_,
                     environment_.make_inspector(arguments_.inspection));
    ASSIGN_OR_RETURN(const std::unique_ptr<Keeper> inspected, InspectAll());
    if (arguments_.inspect_only) {
      RETURN_IF_ERROR(WriteJson(*inspected, nullptr));
      return TellInspected(inspected->summary);
    }
    const absl::StatusOr<v1::DecideSessionResponse> response =
        Decide(*inspected);
    RETURN_IF_ERROR(
        WriteJson(*inspected, response.ok() ? &*response : nullptr));
    if (!response.ok()) return response.status();
    return Tell(*response);
  }

 private:
  std::string JsonPath() const { return arguments_.output + "/report.json"; }
  std::string PagePath() const { return arguments_.output + "/report.html"; }

  // A decision is made by the reports that the same server made.
  absl::Status CheckIsOneServer() const {
    if (arguments_.inspection.streams <= 1 &&
        arguments_.inspection.server.find(',') == std::string::npos) {
      return absl::OkStatus();
    }
    return Error(Reason::kInvalidArgument,
                 "A session is decided by the server that inspected it. Name "
                 "one server by --server, without --streams.");
  }

  absl::StatusOr<WalkResult> FindFiles() const {
    ASSIGN_OR_RETURN(WalkResult walk,
                     Walk({arguments_.input}, environment_.looks_like_dicom));
    if (!walk.files.empty()) return walk;
    return Error(Reason::kInvalidArgument,
                 "There is no DICOM file in the session. Check what was "
                 "mounted as its input.");
  }

  // Until the files after the inspection are those before it.
  absl::StatusOr<std::unique_ptr<Keeper>> InspectAll() {
    ASSIGN_OR_RETURN(WalkResult walk, FindFiles());
    for (int i = 0; i < arguments_.most_inspections; ++i) {
      const std::vector<FileState> before = StateOf(walk);
      ASSIGN_OR_RETURN(std::unique_ptr<Keeper> inspected, Inspect(walk));
      ASSIGN_OR_RETURN(walk, FindFiles());
      if (StateOf(walk) == before) return inspected;
      *environment_.err << "The session changed while it was inspected; it is "
                           "inspected again.\n"
                        << std::flush;
    }
    return absl::AbortedError(
        "The session changed each time while it was inspected. Run "
        "this again when nothing is uploaded to it any more.");
  }

  absl::StatusOr<std::unique_ptr<Keeper>> Inspect(const WalkResult& walk) {
    HtmlReportOptions options;
    options.text = arguments_.inspection.text;
    options.scanned_at = environment_.now;
    options.inspected_by = "the server " + arguments_.inspection.server;
    ASSIGN_OR_RETURN(
        const std::unique_ptr<HtmlReport> page,
        HtmlReport::Create(PagePath(), options, environment_.render_frame));
    auto keeper = std::make_unique<Keeper>();
    ProgressMeter progress(
        environment_.err,
        {.files_total = static_cast<int64_t>(walk.files.size()),
         .bytes_total = walk.bytes},
        environment_.clock);
    const ScanOutcome outcome =
        RunScan(walk, {.inspector = inspector_.get(),
                       .sinks = {keeper.get(), page.get()},
                       .progress = &progress});
    RETURN_IF_ERROR(outcome.status);
    RETURN_IF_ERROR(LetXnatRead(PagePath()));
    return keeper;
  }

  absl::StatusOr<v1::DecideSessionResponse> Decide(const Keeper& inspected) {
    ASSIGN_OR_RETURN(const v1::DecideSessionRequest request,
                     MakeRequest(inspected.files, arguments_.location));
    ASSIGN_OR_RETURN(const std::unique_ptr<Router> router,
                     environment_.make_router(arguments_.inspection));
    return router->Decide(request);
  }

  // Another user than this one takes the files over.
  static absl::Status LetXnatRead(const std::string& path) {
    if (chmod(path.c_str(), 0644) == 0) return absl::OkStatus();
    return Error(Reason::kInternalFailure,
                 "The permissions of a report cannot be set. Check the output "
                 "folder.");
  }

  absl::Status WriteJson(const Keeper& inspected,
                         const v1::DecideSessionResponse* response) {
    const auto write = [&](std::ostream& out) {
      out << "{\"decided\":";
      if (response == nullptr) out << "null";
      if (response != nullptr) {
        ASSIGN_OR_RETURN(const std::string json, ToJsonLine(*response));
        out << json;
      }
      out << ",\n\"sessions\":[";
      for (size_t i = 0; i < inspected.sessions.size(); ++i) {
        ASSIGN_OR_RETURN(const std::string json,
                         ToJsonLine(inspected.sessions[i]));
        out << (i == 0 ? "\n" : ",\n") << json;
      }
      out << "],\n\"instances\":[";
      for (size_t i = 0; i < inspected.files.size(); ++i) {
        ASSIGN_OR_RETURN(const std::string json,
                         ToJsonLine(inspected.files[i].report));
        out << (i == 0 ? "\n" : ",\n") << json;
      }
      out << "]}\n";
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(WriteAtomically(JsonPath(), write));
    return LetXnatRead(JsonPath());
  }

  int StatusOfHeld() const {
    return arguments_.held_is_success ? kSessionOut : kSessionHeld;
  }

  absl::StatusOr<int> TellInspected(const ScanSummary& summary) {
    *environment_.out << SummaryWords(summary) << '\n';
    RETURN_IF_ERROR(FlushChecked(environment_.out));
    return summary.held() > 0 ? StatusOfHeld() : kSessionOut;
  }

  absl::StatusOr<int> Tell(const v1::DecideSessionResponse& response) {
    const v1::Decision& decision = response.decision();
    const bool is_out = decision.action() == v1::ROUTE_ACTION_TO_PROJECT;
    *environment_.out << fmt::format(
        "{}: {} of {} objects, verdict {}, risk {:.2f}\n",
        is_out ? "to project" : "quarantine", decision.target_project(),
        decision.instances_total(), VerdictWord(decision.verdict()),
        decision.risk());
    for (const v1::Reason& reason : decision.reasons()) {
      *environment_.out << "  " << reason.code() << ": "
                        << TerminalSafe(reason.message()) << '\n';
    }
    if (!response.case_id().empty()) {
      *environment_.out << "case: " << response.case_id() << '\n';
    }
    RETURN_IF_ERROR(FlushChecked(environment_.out));
    return is_out ? kSessionOut : StatusOfHeld();
  }

  const SessionArguments& arguments_;
  const SessionEnvironment& environment_;
  std::unique_ptr<Inspector> inspector_;
};

}  // namespace

int DecideAndReport(const SessionArguments& arguments,
                    const SessionEnvironment& environment) {
  const absl::StatusOr<int> exit_status = Session(arguments, environment).Run();
  if (exit_status.ok()) return *exit_status;
  TellFailure(exit_status.status(), environment.err);
  return kSessionFailed;
}

}  // namespace burntin
