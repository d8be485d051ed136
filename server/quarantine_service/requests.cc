#include "server/quarantine_service/requests.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <string>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

using google::protobuf::util::TimeUtil;

constexpr int kMaxPageSize = 1'000;
constexpr int kDefaultMaxSide = 1'600;
constexpr int kGreatestMaxSide = 4'096;
constexpr size_t kMaxIdBytes = 64;

// Years 1 to 9999, as Timestamp says.
constexpr int64_t kFirstSecond = -62'135'596'800;
constexpr int64_t kLastSecond = 253'402'300'799;

absl::Status Refuse(const std::string& sentence) {
  return Error(Reason::kInvalidArgument, sentence);
}

absl::StatusOr<int64_t> MicrosecondsOf(
    const google::protobuf::Timestamp& time) {
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond ||
      time.nanos() < 0 || time.nanos() > 999'999'999) {
    return Refuse("A time is out of range. Send one of the years 1 to 9999.");
  }
  return TimeUtil::TimestampToMicroseconds(time);
}

}  // namespace

absl::StatusOr<CaseFilter> FilterOf(const v1::ListCasesRequest& request) {
  CaseFilter filter;
  for (const int state : request.states()) {
    if (!v1::CaseState_IsValid(state) || state == v1::CASE_STATE_UNSPECIFIED) {
      return Refuse("`states` holds a state that this server does not know.");
    }
    filter.states.push_back(static_cast<v1::CaseState>(state));
  }
  for (const int verdict : request.verdicts()) {
    if (!v1::Verdict_IsValid(verdict) || verdict == v1::VERDICT_UNSPECIFIED) {
      return Refuse(
          "`verdicts` holds a verdict that this server does not know.");
    }
    filter.verdicts.push_back(static_cast<v1::Verdict>(verdict));
  }
  if (request.study_instance_uid().size() > kMaxIdBytes) {
    return Refuse("`study_instance_uid` has more than 64 characters.");
  }
  filter.study_instance_uid = request.study_instance_uid();
  if (request.has_create_time_from()) {
    ASSIGN_OR_RETURN(filter.create_time_from_us,
                     MicrosecondsOf(request.create_time_from()));
  }
  if (request.has_create_time_until()) {
    ASSIGN_OR_RETURN(filter.create_time_until_us,
                     MicrosecondsOf(request.create_time_until()));
  }
  return filter;
}

absl::StatusOr<AuditFilter> FilterOf(
    const v1::ListAuditEventsRequest& request) {
  if (request.sequence_from() < 0 || request.case_id().size() > kMaxIdBytes) {
    return Refuse(
        "`sequence_from` is below 0, or `case_id` has more than 64 "
        "bytes.");
  }
  AuditFilter filter;
  filter.case_id = request.case_id();
  filter.sequence_from = std::max(request.sequence_from(), int64_t{1});
  return filter;
}

absl::StatusOr<int> PageSizeOf(int asked, int by_default) {
  if (asked < 0) return Refuse("`page_size` is below 0.");
  if (asked == 0) return by_default;
  return std::min(asked, kMaxPageSize);
}

absl::StatusOr<int> MaxSideOf(int asked) {
  if (asked < 0 || asked > kGreatestMaxSide) {
    return Refuse("`max_side` is outside [0, 4096].");
  }
  return asked == 0 ? kDefaultMaxSide : asked;
}

}  // namespace burntin
