#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "client/batch/answers.h"
#include "client/batch/batch.h"
#include "client/batch/failure.h"
#include "client/batch/part_log.h"
#include "client/batch/plan.h"
#include "client/output/checked_stream.h"
#include "client/output/wording.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

struct Standing {
  Plan plan;
  int64_t answered = 0;
  int64_t given_up = 0;
  int64_t parts_done = 0;
  int64_t parts_begun = 0;  // and not done

  bool done() const { return answered == plan.instances; }
};

absl::StatusOr<Standing> Count(const std::string& batch) {
  Standing standing;
  ASSIGN_OR_RETURN(standing.plan, ReadPlan(batch));
  for (int64_t part = 0; part < standing.plan.parts(); ++part) {
    ASSIGN_OR_RETURN(const PartCounts counts,
                     CountPart(batch, standing.plan, part));
    standing.answered += counts.answered;
    standing.given_up += counts.given_up;
    const bool part_done = counts.answered == standing.plan.SizeOf(part);
    standing.parts_done += part_done ? 1 : 0;
    standing.parts_begun += !part_done && counts.answered > 0 ? 1 : 0;
  }
  return standing;
}

std::string AsText(const Standing& standing) {
  const Plan& plan = standing.plan;
  return fmt::format(
      "instances   {}\n"
      "answered    {} ({:.1f} %)\n"
      "given up    {}\n"
      "left        {}\n"
      "parts       {} done, {} begun, {} in all\n",
      plan.instances, standing.answered,
      100.0 * static_cast<double>(standing.answered) /
          static_cast<double>(plan.instances),
      standing.given_up, plan.instances - standing.answered,
      standing.parts_done, standing.parts_begun, plan.parts());
}

std::string AsJson(const Standing& standing) {
  const nlohmann::json document = {
      {"instances", standing.plan.instances},
      {"answered", standing.answered},
      {"givenUp", standing.given_up},
      {"left", standing.plan.instances - standing.answered},
      {"parts", standing.plan.parts()},
      {"partsDone", standing.parts_done},
      {"partsBegun", standing.parts_begun}};
  return document.dump() + "\n";
}

absl::Status ListGivenUp(const std::string& batch, const Plan& plan,
                         std::ostream* out) {
  return ForEachAnswer(
             batch, plan,
             [&](const v1::InstanceReport& report, bool given_up) {
               if (!given_up) return absl::OkStatus();
               const std::string code =
                   report.reasons().empty() ? "" : report.reasons(0).code();
               *out << code << '\t' << TerminalSafe(report.path()) << '\n';
               return absl::OkStatus();
             })
      .status();
}

absl::StatusOr<int> Tell(const BatchStatusArguments& arguments,
                         const BatchEnvironment& environment) {
  ASSIGN_OR_RETURN(const Standing standing, Count(arguments.batch));
  if (arguments.list_given_up) {
    RETURN_IF_ERROR(
        ListGivenUp(arguments.batch, standing.plan, environment.out));
  } else {
    *environment.out << (arguments.json ? AsJson(standing) : AsText(standing));
  }
  RETURN_IF_ERROR(FlushChecked(environment.out));
  return standing.done() ? kBatchDone : kBatchNotDone;
}

}  // namespace

int TellBatchStatus(const BatchStatusArguments& arguments,
                    const BatchEnvironment& environment) {
  const absl::StatusOr<int> exit_status = Tell(arguments, environment);
  return exit_status.ok() ? *exit_status
                          : FailBatch(exit_status.status(), environment.err);
}

}  // namespace burntin
