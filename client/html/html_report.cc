#include "client/html/html_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <utility>

#include "client/html/atomic_file.h"
#include "client/html/instance_view.h"
#include "client/html/style.h"
#include "client/html/templates.h"
#include "client/output/wording.h"
#include "detector/base/status_macros.h"
#include "wire/session_summary.h"

namespace burntin {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

std::string StudyTitle(const v1::SessionReport& session) {
  return session.study_instance_uid().empty() ? "Objects that name no study"
                                              : session.study_instance_uid();
}

data CountsData(const v1::VerdictCounts& counts) {
  data list(data::type::list);
  const auto add = [&](v1::Verdict verdict, int count) {
    data view;
    view.set("style", VerdictStyle(verdict));
    view.set("verdict", std::string(VerdictWord(verdict)));
    view.set("count", std::to_string(count));
    view.set("none", count == 0);
    list.push_back(view);
  };
  add(v1::VERDICT_IDENTIFYING, counts.identifying());
  add(v1::VERDICT_INDETERMINATE, counts.indeterminate());
  add(v1::VERDICT_REVIEW, counts.review());
  add(v1::VERDICT_CLEAR, counts.clear());
  return list;
}

data SessionData(int number, const v1::SessionReport& session) {
  const v1::VerdictCounts& counts = session.verdict_counts();
  data view;
  view.set("number", std::to_string(number));
  view.set("style", VerdictStyle(session.verdict()));
  view.set("verdict", std::string(VerdictWord(session.verdict())));
  view.set("risk", fmt::format("{:.2f}", session.risk()));
  view.set("title", StudyTitle(session));
  view.set("total", std::to_string(session.instances_total()));
  view.set("held", std::to_string(session.instances_total() - counts.clear()));
  return view;
}

}  // namespace

absl::StatusOr<std::unique_ptr<HtmlReport>> HtmlReport::Create(
    const std::string& path, HtmlReportOptions options,
    FrameRenderer renderer) {
  RETURN_IF_ERROR(CheckCanWrite(path));
  return std::unique_ptr<HtmlReport>(
      new HtmlReport(path, std::move(options), std::move(renderer)));
}

HtmlReport::HtmlReport(std::string path, HtmlReportOptions options,
                       FrameRenderer renderer)
    : path_(std::move(path)),
      options_(std::move(options)),
      renderer_(std::move(renderer)),
      pictures_left_(options_.pictures_in_all) {}

absl::Status HtmlReport::Instance(const FoundFile& file,
                                  const v1::InstanceReport& report) {
  Study& study = studies_[report.study_instance_uid()];
  if (report.verdict() == v1::VERDICT_CLEAR) {
    study.clear.push_back(report.path());
  } else {
    study.held.push_back({file.path, report});
  }
  return absl::OkStatus();
}

absl::Status HtmlReport::Session(const v1::SessionReport& report) {
  sessions_.push_back(report);
  return absl::OkStatus();
}

absl::Status HtmlReport::Finish(const ScanSummary& summary) {
  // Worst first, so that the pictures go to what matters most.
  std::stable_sort(sessions_.begin(), sessions_.end(),
                   [](const auto& a, const auto& b) {
                     return std::pair(Severity(a.verdict()), a.risk()) >
                            std::pair(Severity(b.verdict()), b.risk());
                   });
  return WriteAtomically(
      path_, [&](std::ostream& out) { return WritePage(summary, out); });
}

absl::Status HtmlReport::WritePage(const ScanSummary& summary,
                                   std::ostream& out) {
  data view;
  view.set("style", PageStyle());
  view.set("style_hash", PageStyleHash());
  view.set("scanned_at", options_.scanned_at);
  view.set("inspected_by", options_.inspected_by);
  view.set("version", DetectorVersion());
  view.set("held", std::to_string(summary.held()));
  view.set("total", std::to_string(summary.total()));
  view.set("none_held", summary.held() == 0);
  view.set("frames", std::to_string(summary.frames));
  view.set("skipped", std::to_string(summary.skipped));
  view.set("text", options_.text);
  view.set("incomplete", !summary.complete);
  view.set("counts", CountsData(summary.counts));
  data sessions(data::type::list);
  for (size_t i = 0; i < sessions_.size(); ++i) {
    sessions.push_back(SessionData(static_cast<int>(i) + 1, sessions_[i]));
  }
  view.set("sessions", sessions);
  out << mustache(kPageTop).render(view);
  for (size_t i = 0; i < sessions_.size(); ++i) {
    WriteStudy(static_cast<int>(i) + 1, sessions_[i], out);
  }
  out << mustache(kPageEnd).render(view);
  return absl::OkStatus();
}

void HtmlReport::WriteStudy(int number, const v1::SessionReport& session,
                            std::ostream& out) {
  Study& study = studies_[session.study_instance_uid()];
  std::stable_sort(
      study.held.begin(), study.held.end(), [](const Held& a, const Held& b) {
        return std::pair(Severity(a.report.verdict()), a.report.risk()) >
               std::pair(Severity(b.report.verdict()), b.report.risk());
      });
  data view = SessionData(number, session);
  out << mustache(kStudyTop).render(view);
  const PictureBudget budget{&renderer_, options_.picture_max_side,
                             options_.pictures_per_instance, &pictures_left_};
  for (const Held& held : study.held) {
    out << InstanceHtml(held.path, held.report, options_.text, budget);
  }
  data clear(data::type::list);
  for (const std::string& label : study.clear) clear.push_back(label);
  view.set("has_clear", !study.clear.empty());
  view.set("clear_count", std::to_string(study.clear.size()));
  view.set("clear", clear);
  out << mustache(kStudyEnd).render(view);
}

}  // namespace burntin
