#include "client/protocol/protocol_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <sstream>
#include <utility>

#include "client/output/checked_stream.h"
#include "client/output/wording.h"
#include "client/protocol/session_check.h"
#include "client/protocol/session_output.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/routing/dasher.h"
#include "server/routing/project_id.h"
#include "server/routing/protocol_file.h"
#include "server/routing/protocol_parser.h"
#include "wire/report_proto.h"

namespace burntin {
namespace {

absl::StatusOr<std::string> ReadText(const std::string& path) {
  absl::StatusOr<std::string> text = ReadProtocolFile(path);
  if (text.ok()) return text;
  return Error(
      Reason::kInvalidArgument,
      fmt::format("{}: {}", path, std::string(text.status().message())));
}

absl::Status CheckProject(std::string_view option, const std::string& project) {
  if (IsProjectId(project) && !IsSameProject(project, kUnassigned)) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               fmt::format("{} has to be the ID of a project: letters, digits, "
                           "_ and -, at most 64.",
                           option));
}

class Check {
 public:
  Check(const ProtocolCheckArguments& arguments,
        const ProtocolCheckEnvironment& environment)
      : arguments_(arguments), environment_(environment) {
    site_.quarantine_project = arguments.quarantine_project;
    site_.hospital_project = arguments.hospital_project;
  }

  absl::StatusOr<int> Run() {
    RETURN_IF_ERROR(CheckProjects());
    RETURN_IF_ERROR(LoadProtocol());
    RETURN_IF_ERROR(LoadDasher());
    if (arguments_.paths.empty()) return kExitAllOut;
    ASSIGN_OR_RETURN(const WalkResult walk, FindFiles());
    ASSIGN_OR_RETURN(std::vector<CheckedFile> files, ReadHeaders(walk));
    if (arguments_.inspect) RETURN_IF_ERROR(Inspect(walk, &files));
    return Tell(CheckSessions(*protocol_, files, dasher_));
  }

 private:
  std::ostream& err() { return *environment_.err; }

  absl::Status CheckProjects() const {
    RETURN_IF_ERROR(
        CheckProject("--quarantine-project", site_.quarantine_project));
    if (site_.hospital_project.empty()) return absl::OkStatus();
    return CheckProject("--hospital-project", site_.hospital_project);
  }

  absl::Status LoadProtocol() {
    const std::string& path = arguments_.protocol_file;
    ASSIGN_OR_RETURN(const std::string text, ReadText(path));
    const ReadProtocol read = ParseProtocol(path, text, site_);
    if (!read.protocol) {
      return Error(Reason::kInvalidArgument,
                   fmt::format("The protocol has errors, so a server would "
                               "not take it.\n{}",
                               Listed(read.errors, path)));
    }
    protocol_ = read.protocol;
    err() << TerminalSafe(path) << ": a protocol of " << protocol_->rules.size()
          << " rules\n";
    for (const ProtocolNote& notice : read.notices) {
      err() << "notice: " << TerminalSafe(Listed({notice}, path)) << '\n';
    }
    return absl::OkStatus();
  }

  absl::Status LoadDasher() {
    if (protocol_->dasher) dasher_ = {*protocol_->dasher, site_};
    if (arguments_.dasher_file.empty()) return absl::OkStatus();
    if (site_.hospital_project.empty()) {
      return Error(Reason::kInvalidArgument,
                   "To compare with DASHER, name its hospital project by "
                   "--hospital-project.");
    }
    ASSIGN_OR_RETURN(const std::string text, ReadText(arguments_.dasher_file));
    dasher_ = {DasherLinesOf(text), site_};
    return absl::OkStatus();
  }

  absl::StatusOr<WalkResult> FindFiles() {
    ASSIGN_OR_RETURN(WalkResult walk,
                     Walk(arguments_.paths, environment_.looks_like_dicom));
    if (!walk.skipped.empty()) {
      err() << "skipped, not DICOM: " << walk.skipped.size() << " files\n";
    }
    if (walk.files.empty()) {
      return Error(Reason::kInvalidArgument,
                   "There is nothing to check: no DICOM file was found. Check "
                   "the paths.");
    }
    return walk;
  }

  absl::StatusOr<std::vector<CheckedFile>> ReadHeaders(const WalkResult& walk) {
    ASSIGN_OR_RETURN(const auto read_header,
                     environment_.make_header_reader(arguments_.inspection));
    std::vector<CheckedFile> files;
    for (const FoundFile& found : walk.files) {
      CheckedFile file{found.label, std::nullopt, std::nullopt};
      if (found.state == FoundFile::State::kReadable) {
        absl::StatusOr<Header> header = read_header(found.path);
        if (header.ok()) file.header = *std::move(header);
      }
      files.push_back(std::move(file));
    }
    return files;
  }

  absl::Status Inspect(const WalkResult& walk,
                       std::vector<CheckedFile>* files) {
    ASSIGN_OR_RETURN(const auto inspector,
                     environment_.make_inspector(arguments_.inspection));
    std::vector<FoundFile> readable;
    std::vector<CheckedFile*> places;
    for (size_t i = 0; i < walk.files.size(); ++i) {
      (*files)[i].assessment = InstanceAssessment();
      if (walk.files[i].state != FoundFile::State::kReadable) continue;
      readable.push_back(walk.files[i]);
      places.push_back(&(*files)[i]);
    }
    err() << "inspecting " << readable.size() << " files\n" << std::flush;
    std::mutex mutex;
    return inspector->InspectAll(
        readable, [&](size_t index, const v1::InstanceReport& report) {
          const std::lock_guard lock(mutex);
          places[index]->assessment = AssessmentOf(report);
        });
  }

  static InstanceAssessment AssessmentOf(const v1::InstanceReport& report) {
    InstanceAssessment assessment{FromProto(report.verdict()),
                                  report.risk(),
                                  {},
                                  report.inspected_in_full()};
    for (const v1::Reason& reason : report.reasons()) {
      assessment.reasons.push_back(
          {ReasonFromName(reason.code()).value_or(Reason::kInternalFailure),
           reason.message()});
    }
    return assessment;
  }

  absl::StatusOr<int> Tell(const std::vector<SessionResult>& results) {
    if (!arguments_.inspect) {
      err() << "by the headers alone: no pixels were inspected, and nothing "
               "goes out before they are (--inspect)\n";
    }
    bool all_out = true;
    for (const SessionResult& result : results) {
      all_out = all_out && result.decision.action == RouteAction::kToProject;
      if (arguments_.format == ScanFormat::kJsonLines) {
        RETURN_IF_ERROR(WriteJsonLine(*protocol_, result, environment_.out));
      } else {
        *environment_.out << SessionText(*protocol_, result) << '\n';
      }
    }
    RETURN_IF_ERROR(FlushChecked(environment_.out));
    err() << SummaryText(results) << '\n';
    const bool strays =
        !results.empty() && results.front().study_instance_uid.empty();
    if (strays) {
      err() << "Files name no study, or cannot be read. They may belong to any "
               "session, so let none out before you have looked at them.\n";
    }
    return all_out ? kExitAllOut : kExitNotAllOut;
  }

  const ProtocolCheckArguments& arguments_;
  const ProtocolCheckEnvironment& environment_;
  ProtocolSite site_;
  std::shared_ptr<const Protocol> protocol_;
  std::optional<DasherComparison> dasher_;
};

}  // namespace

int CheckProtocol(const ProtocolCheckArguments& arguments,
                  const ProtocolCheckEnvironment& environment) {
  const absl::StatusOr<int> status = Check(arguments, environment).Run();
  if (status.ok()) {
    *environment.err << std::flush;
    return *status;
  }
  std::istringstream lines{std::string(status.status().message())};
  for (std::string line; std::getline(lines, line);) {
    *environment.err << "burntin: " << TerminalSafe(line) << '\n';
  }
  *environment.err << std::flush;
  return kExitCheckFailed;
}

}  // namespace burntin
