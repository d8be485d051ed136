#include "client/output/text_table.h"

#include <fmt/format.h>

#include <string_view>

#include "client/output/checked_stream.h"
#include "client/output/wording.h"

namespace burntin {
namespace {

constexpr char kIndent[] = "    ";

constexpr char kAnyStudy[] =
    "Each of these may belong to any study of this scan: treat none as clear.";

std::string_view ColorOf(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_CLEAR:
      return "\x1b[32m";  // green
    case v1::VERDICT_REVIEW:
      return "\x1b[33m";  // yellow
    case v1::VERDICT_IDENTIFYING:
      return "\x1b[1;31m";  // bold red
    default:
      return "\x1b[1;35m";  // bold magenta
  }
}

std::string HeldWords(const v1::SessionReport& report) {
  const v1::VerdictCounts& counts = report.verdict_counts();
  return fmt::format(
      "{}/{}", counts.review() + counts.identifying() + counts.indeterminate(),
      report.instances_total());
}

}  // namespace

std::string TextTable::Verdict(v1::Verdict verdict) const {
  const std::string word = fmt::format("{:<13}", VerdictWord(verdict));
  if (!options_.color) return word;
  return fmt::format("{}{}\x1b[0m", ColorOf(verdict), word);
}

std::string TextTable::Dim(const std::string& words) const {
  return options_.color ? "\x1b[2m" + words + "\x1b[0m" : words;
}

absl::Status TextTable::Instance(const FoundFile& /*file*/,
                                 const v1::InstanceReport& report) {
  if (!has_instance_header_) {
    *out_ << Dim(fmt::format("{:<13}  {:>4}  {:>9}  {:>8}  {}", "VERDICT",
                             "RISK", "FRAMES", "FINDINGS", "FILE"))
          << '\n';
    has_instance_header_ = true;
  }
  const std::string frames =
      fmt::format("{}/{}", report.frames_inspected(), report.frames_total());
  *out_ << fmt::format("{}  {:>4.2f}  {:>9}  {:>8}  {}\n",
                       Verdict(report.verdict()), report.risk(), frames,
                       FindingsWords(report), TerminalSafe(report.path()));
  if (report.verdict() != v1::VERDICT_CLEAR) WriteReasons(report);
  if (options_.text) WriteRegions(report);
  return FlushChecked(out_);
}

void TextTable::WriteReasons(const v1::InstanceReport& report) {
  for (const v1::Reason& reason : report.reasons()) {
    *out_ << kIndent
          << Dim(TerminalSafe(
                 fmt::format("{}: {}", reason.code(), reason.message())))
          << '\n';
  }
}

void TextTable::WriteRegions(const v1::InstanceReport& report) {
  for (const v1::Region& region : report.regions()) {
    std::string place = SourceWords(region);
    const std::string frames = FrameRangesWords(region);
    if (!frames.empty()) place += " " + frames;
    *out_ << kIndent
          << TerminalSafe(
                 fmt::format("{} {:.2f} {} {}: \"{}\"",
                             CategoryWord(region.category()), region.score(),
                             region.matched_attribute(), place, region.text()))
          << '\n';
  }
}

absl::Status TextTable::Session(const v1::SessionReport& report) {
  if (!has_session_header_) {
    *out_ << '\n'
          << Dim(fmt::format("{:<13}  {:>4}  {:>9}  {}", "SESSION", "RISK",
                             "HELD", "STUDY"))
          << '\n';
    has_session_header_ = true;
  }
  const std::string study = report.study_instance_uid().empty()
                                ? "(objects that name no study)"
                                : TerminalSafe(report.study_instance_uid());
  *out_ << fmt::format("{}  {:>4.2f}  {:>9}  {}\n", Verdict(report.verdict()),
                       report.risk(), HeldWords(report), study);
  if (report.study_instance_uid().empty() &&
      report.verdict() != v1::VERDICT_CLEAR) {
    *out_ << kIndent << Dim(kAnyStudy) << '\n';
  }
  return FlushChecked(out_);
}

absl::Status TextTable::Finish(const ScanSummary& summary) {
  *out_ << '\n' << SummaryWords(summary) << '\n';
  return FlushChecked(out_);
}

}  // namespace burntin
