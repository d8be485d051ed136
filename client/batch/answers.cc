#include "client/batch/answers.h"

#include <google/protobuf/util/json_util.h>

#include <string_view>

#include "client/batch/part_log.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::StatusOr<v1::InstanceReport> ParseAnswer(std::string_view json) {
  v1::InstanceReport report;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (google::protobuf::util::JsonStringToMessage({json.data(), json.size()},
                                                  &report, options)
          .ok()) {
    return report;
  }
  return Error(Reason::kInternalFailure,
               "An answer of the batch cannot be read. It was written by a "
               "newer version of burntin: use that one.");
}

}  // namespace

absl::StatusOr<AnswerCounts> ForEachAnswer(
    const std::string& batch, const Plan& plan,
    const std::function<absl::Status(const v1::InstanceReport& report,
                                     bool given_up)>& take) {
  AnswerCounts counts;
  for (int64_t part = 0; part < plan.parts(); ++part) {
    ASSIGN_OR_RETURN(const std::string log, ReadPartLog(batch, part));
    ASSIGN_OR_RETURN(const PartState state, ReadPartState(log, plan, part));
    for (const InstanceState& instance : state.instances) {
      if (!instance.answer_at) {
        ++counts.missing;
        continue;
      }
      ++counts.answered;
      counts.given_up += instance.given_up ? 1 : 0;
      ASSIGN_OR_RETURN(const v1::InstanceReport report,
                       ParseAnswer(std::string_view(log).substr(
                           *instance.answer_at, instance.answer_bytes)));
      RETURN_IF_ERROR(take(report, instance.given_up));
    }
  }
  return counts;
}

}  // namespace burntin
