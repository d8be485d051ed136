#include <fmt/format.h>

#include <functional>
#include <ostream>

#include "burntin/v1/scan_event.pb.h"
#include "client/batch/answers.h"
#include "client/batch/batch.h"
#include "client/batch/csv.h"
#include "client/batch/failure.h"
#include "client/batch/summary_page.h"
#include "client/html/atomic_file.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/json.h"
#include "wire/session_summary.h"

namespace burntin {
namespace {

class Export {
 public:
  Export(const BatchExportArguments& arguments, const Plan& plan)
      : arguments_(arguments), plan_(plan) {}

  absl::Status Run() {
    const auto all = [this](std::ostream& jsonl) {
      return WithFile(arguments_.csv_path, [&](std::ostream& csv) {
        return WithFile(arguments_.summary_path, [&](std::ostream& summary) {
          return Write(&jsonl, &csv, &summary);
        });
      });
    };
    return WithFile(arguments_.jsonl_path, all);
  }

  const SummaryFigures& figures() const { return figures_; }

 private:
  // What is not asked for is written to nowhere.
  static absl::Status WithFile(
      const std::string& path,
      const std::function<absl::Status(std::ostream& out)>& write) {
    if (!path.empty()) return WriteAtomically(path, write);
    std::ostream nowhere(nullptr);
    return write(nowhere);
  }

  absl::Status Write(std::ostream* jsonl, std::ostream* csv,
                     std::ostream* summary) {
    *csv << CsvHeader();
    ASSIGN_OR_RETURN(
        const AnswerCounts counts,
        ForEachAnswer(arguments_.batch, plan_,
                      [&](const v1::InstanceReport& report, bool given_up) {
                        return Take(report, given_up, jsonl, csv);
                      }));
    if (counts.missing > 0 && !arguments_.partial) {
      return Error(Reason::kInvalidArgument,
                   fmt::format("{} of {} instances have no answer yet. Run "
                               "the batch to its end, or export by --partial "
                               "what there is.",
                               counts.missing, plan_.instances));
    }
    figures_.given_up = counts.given_up;
    figures_.missing = counts.missing;
    figures_.skipped = plan_.skipped;
    if (counts.missing == 0) RETURN_IF_ERROR(WriteSessions(jsonl));
    *summary << SummaryPage(figures_);
    return absl::OkStatus();
  }

  absl::Status Take(v1::InstanceReport report, bool given_up,
                    std::ostream* jsonl, std::ostream* csv) {
    report.clear_timings();
    report.clear_from_cache();
    if (!arguments_.text) {
      for (v1::Region& region : *report.mutable_regions()) region.clear_text();
    }
    figures_.tally.Add(report);
    sessions_.Add(report);
    *csv << CsvRow(report, given_up);
    v1::ScanEvent event;
    *event.mutable_instance() = std::move(report);
    return WriteEvent(event, jsonl);
  }

  absl::Status WriteSessions(std::ostream* jsonl) {
    for (v1::SessionReport& report : sessions_.Reports()) {
      ++figures_.sessions;
      v1::ScanEvent event;
      *event.mutable_session() = std::move(report);
      RETURN_IF_ERROR(WriteEvent(event, jsonl));
    }
    return absl::OkStatus();
  }

  absl::Status WriteEvent(const v1::ScanEvent& event, std::ostream* jsonl) {
    if (arguments_.jsonl_path.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(event));
    *jsonl << line << '\n';
    return absl::OkStatus();
  }

  const BatchExportArguments& arguments_;
  const Plan& plan_;
  SummaryFigures figures_;
  SessionSummary sessions_;
};

absl::Status Run(const BatchExportArguments& arguments, std::ostream* err) {
  if (arguments.jsonl_path.empty() && arguments.csv_path.empty() &&
      arguments.summary_path.empty()) {
    return Error(Reason::kInvalidArgument,
                 "There is nothing to write. Give --jsonl, --csv or "
                 "--summary.");
  }
  ASSIGN_OR_RETURN(const Plan plan, ReadPlan(arguments.batch));
  Export batch_export(arguments, plan);
  RETURN_IF_ERROR(batch_export.Run());
  const SummaryFigures& figures = batch_export.figures();
  *err << fmt::format("exported: {} of {} instances, {} held, {} given up\n",
                      figures.tally.all.total(), plan.instances,
                      figures.tally.all.held(), figures.given_up);
  if (figures.tally.versions.size() > 1) {
    *err << "note: the answers come from " << figures.tally.versions.size()
         << " versions of the detector or its models; the summary lists "
            "them\n";
  }
  *err << std::flush;
  return absl::OkStatus();
}

}  // namespace

int ExportBatch(const BatchExportArguments& arguments,
                const BatchEnvironment& environment) {
  const absl::Status status = Run(arguments, environment.err);
  return status.ok() ? kBatchDone : FailBatch(status, environment.err);
}

}  // namespace burntin
