// How values are spelled for people. Pure.
#ifndef BURNTIN_CLIENT_OUTPUT_WORDING_H_
#define BURNTIN_CLIENT_OUTPUT_WORDING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "burntin/v1/report.pb.h"
#include "client/output/event_sink.h"

namespace burntin {

// "CLEAR", "REVIEW", "IDENTIFYING" or "INDETERMINATE".
std::string_view VerdictWord(v1::Verdict verdict);

// "PERSON_NAME" and so on; an unknown category is "OTHER".
std::string_view CategoryWord(v1::Category category);

// "frame", "overlay 6000", "icon" and so on; "unknown place" for a value that
// this version does not know.
std::string SourceWords(const v1::Region& region);

// "0", "0-12, 40"; empty for a region without frames.
std::string FrameRangesWords(const v1::Region& region);

// Number of regions that were not proven benign.
int64_t FindingsOf(const v1::InstanceReport& report);

// The same, with "+" if there are more.
std::string FindingsWords(const v1::InstanceReport& report);

// "3 held (1 review, 2 identifying, 0 indeterminate), 9 clear; ...".
std::string SummaryWords(const ScanSummary& summary);

// `text` as one line that a terminal can show safely: control characters,
// line feeds and escape sequences too, become "?".
std::string TerminalSafe(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_WORDING_H_
