#include "wire/session_summary.h"

#include <algorithm>
#include <utility>

#include "wire/report_proto.h"

namespace burntin {
namespace {

v1::Verdict Known(v1::Verdict verdict) { return ToProto(FromProto(verdict)); }

v1::Verdict Worse(v1::Verdict a, v1::Verdict b) {
  return Severity(a) >= Severity(b) ? a : b;
}

}  // namespace

int Severity(v1::Verdict verdict) {
  switch (FromProto(verdict)) {
    case Verdict::kClear:
      return 0;
    case Verdict::kReview:
      return 1;
    case Verdict::kIndeterminate:
      return 2;
    case Verdict::kIdentifying:
      return 3;
  }
  return 2;
}

void AddToCounts(v1::Verdict verdict, v1::VerdictCounts* counts) {
  switch (FromProto(verdict)) {
    case Verdict::kClear:
      return counts->set_clear(counts->clear() + 1);
    case Verdict::kReview:
      return counts->set_review(counts->review() + 1);
    case Verdict::kIdentifying:
      return counts->set_identifying(counts->identifying() + 1);
    case Verdict::kIndeterminate:
      return counts->set_indeterminate(counts->indeterminate() + 1);
  }
}

void SessionSummary::Add(const v1::InstanceReport& report) {
  Session& session = sessions_[report.study_instance_uid()];
  const v1::Verdict verdict = Known(report.verdict());
  const Rank rank(-Severity(verdict), -report.risk(), report.path(),
                  report.sop_instance_uid());
  v1::SessionReport& message = session.message;
  const bool first = message.instances_total() == 0;
  if (first || rank < session.worst) session.worst = rank;
  message.set_verdict(first ? verdict : Worse(message.verdict(), verdict));
  message.set_risk(std::max(message.risk(), report.risk()));
  message.set_instances_total(message.instances_total() + 1);
  AddToCounts(verdict, message.mutable_verdict_counts());
  AddToSeries(report, &session);
  AddReasons(report, &session);
}

void SessionSummary::AddToSeries(const v1::InstanceReport& report,
                                 Session* session) {
  Series& series = session->series[report.series_instance_uid()];
  v1::SeriesSummary& message = series.message;
  const v1::Verdict verdict = Known(report.verdict());
  const bool first = message.instances_total() == 0;
  message.set_verdict(first ? verdict : Worse(message.verdict(), verdict));
  message.set_risk(std::max(message.risk(), report.risk()));
  message.set_instances_total(message.instances_total() + 1);
  const auto key = std::tie(report.sop_instance_uid(), report.modality());
  if (first ||
      key < std::tie(series.first_sop_instance_uid, message.modality())) {
    series.first_sop_instance_uid = report.sop_instance_uid();
    message.set_modality(report.modality());
  }
}

void SessionSummary::AddReasons(const v1::InstanceReport& report,
                                Session* session) {
  for (int i = 0; i < report.reasons_size(); ++i) {
    const v1::Reason& reason = report.reasons(i);
    ReasonRank rank(-Severity(report.verdict()), i, reason.message());
    const auto [entry, added] = session->reasons.emplace(reason.code(), rank);
    if (!added) entry->second = std::min(entry->second, std::move(rank));
  }
}

v1::SessionReport SessionSummary::Finish(const Session& session) {
  v1::SessionReport message = session.message;
  message.set_worst_path(std::get<2>(session.worst));
  message.set_worst_sop_instance_uid(std::get<3>(session.worst));
  for (const auto& [uid, series] : session.series) {
    v1::SeriesSummary* added = message.add_series();
    *added = series.message;
    added->set_series_instance_uid(uid);
  }
  std::vector<std::pair<ReasonRank, std::string>> reasons;
  for (const auto& [code, rank] : session.reasons) {
    reasons.emplace_back(rank, code);
  }
  std::sort(reasons.begin(), reasons.end());
  for (const auto& [rank, code] : reasons) {
    v1::Reason* added = message.add_reasons();
    added->set_code(code);
    added->set_message(std::get<2>(rank));
  }
  return message;
}

std::vector<v1::SessionReport> SessionSummary::Reports() const {
  std::vector<v1::SessionReport> reports;
  reports.reserve(sessions_.size());
  for (const auto& [uid, session] : sessions_) {
    reports.push_back(Finish(session));
    reports.back().set_study_instance_uid(uid);
  }
  return reports;
}

}  // namespace burntin
