#include "server/daemon/case_count.h"

namespace burntin {

void CaseCount::Poll(std::chrono::steady_clock::time_point now) {
  if (!IsDue(now)) return;
  const absl::StatusOr<OpenCases> open = ledger_->CountOpenCases();
  const MutexLock lock(&mutex_);
  open_.reset();
  if (open.ok()) open_ = *open;
}

bool CaseCount::IsDue(std::chrono::steady_clock::time_point now) {
  const MutexLock lock(&mutex_);
  if (begun_ && now - *begun_ < interval_) return false;
  begun_ = now;
  return true;
}

SampledMetric CaseCount::Measure() {
  SampledMetric cases = {
      {"burntin_cases_open", "Cases that wait, by their state in the ledger."},
      MetricKind::kGauge,
      {}};
  const MutexLock lock(&mutex_);
  if (!open_) return cases;
  const auto add = [&](const char* state, int64_t count) {
    cases.samples.push_back({{{"state", state}}, static_cast<double>(count)});
  };
  add("HELD", open_->held);
  add("AWAITING_APPROVAL", open_->awaiting_approval);
  add("RELEASING", open_->releasing);
  return cases;
}

}  // namespace burntin
