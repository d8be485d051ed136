#include "client/scan/scan.h"

#include <fmt/format.h>

#include <utility>

#include "client/output/failure.h"
#include "client/output/json_lines.h"
#include "client/output/text_table.h"
#include "client/output/wording.h"
#include "client/scan/scan_run.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

int Fail(const absl::Status& status, std::ostream* err) {
  TellFailure(status, err);
  return kExitFailed;
}

absl::Status CheckNotEmpty(const WalkResult& walk) {
  if (!walk.files.empty()) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "There is nothing to scan: no DICOM file was found. Check the "
               "paths.");
}

// Even a quiet scan tells how much it left out.
void TellSkipped(const WalkResult& walk, bool quiet, std::ostream* err) {
  if (quiet && !walk.skipped.empty()) {
    *err << "skipped, not DICOM: " << walk.skipped.size() << " files\n"
         << std::flush;
  }
  if (quiet) return;
  for (const std::string& path : walk.skipped) {
    *err << "skipped, not DICOM: " << TerminalSafe(path) << '\n';
  }
  *err << std::flush;
}

std::unique_ptr<EventSink> MakeResultSink(const ScanArguments& arguments,
                                          const ScanEnvironment& environment) {
  if (arguments.format == ScanFormat::kJsonLines) {
    return std::make_unique<JsonLines>(environment.out);
  }
  const TextTableOptions options{
      .color = environment.out_is_terminal && environment.may_use_color,
      .text = arguments.text};
  return std::make_unique<TextTable>(environment.out, options);
}

absl::StatusOr<std::unique_ptr<HtmlReport>> MakeReportSink(
    const ScanArguments& arguments, const ScanEnvironment& environment) {
  HtmlReportOptions options;
  options.text = arguments.text;
  options.scanned_at = environment.now;
  options.inspected_by = arguments.server.empty()
                             ? "this computer"
                             : "the server " + arguments.server;
  return HtmlReport::Create(arguments.report_path, options,
                            environment.render_frame);
}

std::unique_ptr<ProgressMeter> MakeProgress(
    const WalkResult& walk, const ScanArguments& arguments,
    const ScanEnvironment& environment) {
  if (arguments.quiet) return nullptr;
  const ProgressOptions options{
      .terminal = environment.err_is_terminal,
      .columns = environment.err_columns,
      .files_total = static_cast<int64_t>(walk.files.size()),
      .bytes_total = walk.bytes};
  return std::make_unique<ProgressMeter>(environment.err, options,
                                         environment.clock);
}

void TellPeople(const ScanArguments& arguments, const ScanOutcome& outcome,
                std::ostream* err) {
  if (arguments.quiet) return;
  if (arguments.format == ScanFormat::kJsonLines) {
    *err << SummaryWords(outcome.summary) << '\n';
  }
  if (!arguments.report_path.empty() && outcome.status.ok()) {
    *err << "report: " << TerminalSafe(arguments.report_path)
         << " (holds patient data)\n";
  }
  *err << std::flush;
}

absl::StatusOr<ScanOutcome> Run(const ScanArguments& arguments,
                                const ScanEnvironment& environment) {
  ASSIGN_OR_RETURN(const WalkResult walk,
                   Walk(arguments.paths, environment.looks_like_dicom));
  TellSkipped(walk, arguments.quiet, environment.err);
  RETURN_IF_ERROR(CheckNotEmpty(walk));
  std::unique_ptr<HtmlReport> page;
  if (!arguments.report_path.empty()) {
    ASSIGN_OR_RETURN(page, MakeReportSink(arguments, environment));
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Inspector> inspector,
                   environment.make_inspector(arguments));
  const std::unique_ptr<EventSink> results =
      MakeResultSink(arguments, environment);
  const std::unique_ptr<ProgressMeter> progress =
      MakeProgress(walk, arguments, environment);
  ScanParts parts{.inspector = inspector.get(),
                  .sinks = {results.get()},
                  .progress = progress.get(),
                  .results_share_terminal = environment.out_is_terminal};
  if (page) parts.sinks.push_back(page.get());
  return RunScan(walk, parts);
}

}  // namespace

int Scan(const ScanArguments& arguments, const ScanEnvironment& environment) {
  const absl::StatusOr<ScanOutcome> outcome = Run(arguments, environment);
  if (!outcome.ok()) return Fail(outcome.status(), environment.err);
  TellPeople(arguments, *outcome, environment.err);
  if (!outcome->status.ok()) return Fail(outcome->status, environment.err);
  return outcome->summary.held() > 0 ? kExitHeld : kExitNothingFound;
}

}  // namespace burntin
