// What a case lists, from the reports that its decision was made by. Pure.
#ifndef BURNTIN_SERVER_DECISION_CASE_FINDINGS_H_
#define BURNTIN_SERVER_DECISION_CASE_FINDINGS_H_

#include <string>
#include <vector>

#include "server/decision/decision_log.h"
#include "server/ledger/records.h"

namespace burntin {

// The most findings that a case lists.
inline constexpr int kMostFindings = 10'000;

struct CaseFindings {
  std::vector<FindingRecord> findings;  // highest score first
  int total = 0;
  bool truncated = false;  // not all that was found is in `findings`
};

// One finding for each text that is not known to be benign, of each object
// that is not CLEAR; objects are not compared, because their pixels are not
// here to tell whether they show the same. One for the whole object where it
// has no report, where it is INDETERMINATE, and where it lists no such text.
// Only an object of which burntin could decode nothing has no picture, and
// text that a presentation state would draw.
// Recognised text, if the reports hold it, is left out unless `include_text`.
CaseFindings FindingsOf(const SessionDecision& session, bool include_text);

// SHA-256 over the session's objects, their reports and the pictures that were
// kept of them, whatever their order,
// what was expected of it, and what was decided but for the protocol's digest.
std::string BasisSha256(const SessionDecision& session);

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_CASE_FINDINGS_H_
