#include "client/output/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "wire/report_proto.h"
#include "wire/utf8.h"

namespace burntin {
namespace {

bool IsControl(unsigned char byte) { return byte < 0x20 || byte == 0x7F; }

// Whether the UTF-8 sequence at `i` is U+0080 to U+009F, which terminals may
// take for commands, or U+202A to U+202E or U+2066 to U+2069, which turn the
// direction of what follows.
size_t UnsafeSequenceBytes(std::string_view text, size_t i) {
  const auto byte = [&](size_t k) {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0;
  };
  if (byte(i) == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) <= 0x9F) return 2;
  if (byte(i) != 0xE2) return 0;
  const int last = byte(i + 2);
  const bool overrides = byte(i + 1) == 0x80 && last >= 0xAA && last <= 0xAE;
  const bool isolates = byte(i + 1) == 0x81 && last >= 0xA6 && last <= 0xA9;
  return overrides || isolates ? 3 : 0;
}

}  // namespace

std::string_view VerdictWord(v1::Verdict verdict) {
  switch (FromProto(verdict)) {
    case Verdict::kClear:
      return "CLEAR";
    case Verdict::kReview:
      return "REVIEW";
    case Verdict::kIdentifying:
      return "IDENTIFYING";
    case Verdict::kIndeterminate:
      return "INDETERMINATE";
  }
  return "INDETERMINATE";
}

std::string_view CategoryWord(v1::Category category) {
  constexpr std::string_view kPrefix = "CATEGORY_";
  const std::string_view name =
      v1::Category_IsValid(category) && category != v1::CATEGORY_UNSPECIFIED
          ? std::string_view(v1::Category_Name(category))
          : std::string_view("CATEGORY_OTHER");
  return name.substr(kPrefix.size());
}

std::string SourceWords(const v1::Region& region) {
  switch (region.source()) {
    case v1::SOURCE_FRAME:
      return "frame";
    case v1::SOURCE_OVERLAY_PLANE:
      return fmt::format("overlay plane {:04X}", region.source_index());
    case v1::SOURCE_HIGH_BIT_OVERLAY:
      return fmt::format("high-bit overlay {:04X}", region.source_index());
    case v1::SOURCE_ICON:
      return "icon image";
    case v1::SOURCE_BARCODE:
      return "barcode";
    case v1::SOURCE_DOCUMENT:
      return "document page";
    case v1::SOURCE_SLIDE_LABEL:
      return "slide label";
    case v1::SOURCE_SLIDE_OVERVIEW:
      return "slide overview";
    case v1::SOURCE_GRAPHIC_ANNOTATION:
      return "graphic annotation";
    default:
      return "unknown place";
  }
}

std::string FrameRangesWords(const v1::Region& region) {
  std::string words;
  for (const v1::FrameRange& range : region.frame_ranges()) {
    if (!words.empty()) words += ", ";
    words += range.first() == range.last()
                 ? fmt::format("{}", range.first())
                 : fmt::format("{}-{}", range.first(), range.last());
  }
  return words;
}

int64_t FindingsOf(const v1::InstanceReport& report) {
  return std::count_if(report.regions().begin(), report.regions().end(),
                       [](const v1::Region& region) {
                         return region.category() != v1::CATEGORY_BENIGN;
                       });
}

std::string FindingsWords(const v1::InstanceReport& report) {
  return fmt::format("{}{}", FindingsOf(report),
                     report.regions_truncated() ? "+" : "");
}

std::string SummaryWords(const ScanSummary& summary) {
  const v1::VerdictCounts& counts = summary.counts;
  std::string words = fmt::format(
      "{} of {} held ({} identifying, {} review, {} indeterminate), {} clear; "
      "{} skipped as not DICOM; {} frames, {:.1f} MB in {:.1f} s",
      summary.held(), summary.total(), counts.identifying(), counts.review(),
      counts.indeterminate(), counts.clear(), summary.skipped, summary.frames,
      static_cast<double>(summary.bytes) / 1e6, summary.duration.count());
  if (!summary.complete) words += "; THE SCAN FAILED before its end";
  return words;
}

std::string TerminalSafe(std::string_view text) {
  const std::string valid = ValidUtf8(text);
  std::string safe;
  safe.reserve(valid.size());
  for (size_t i = 0; i < valid.size();) {
    const size_t unsafe = IsControl(static_cast<unsigned char>(valid[i]))
                              ? 1
                              : UnsafeSequenceBytes(valid, i);
    safe += unsafe > 0 ? '?' : valid[i];
    i += std::max<size_t>(unsafe, 1);
  }
  return safe;
}

}  // namespace burntin
