// A page with the figures of a batch and plots of them. It needs nothing else:
// no other file, no network, no scripts. It names no instance and no patient.
#ifndef BURNTIN_CLIENT_BATCH_SUMMARY_PAGE_H_
#define BURNTIN_CLIENT_BATCH_SUMMARY_PAGE_H_

#include <cstdint>
#include <string>

#include "client/batch/tally.h"

namespace burntin {

struct SummaryFigures {
  Tally tally;
  int64_t sessions = 0;
  int64_t given_up = 0;
  int64_t skipped = 0;  // files that are not DICOM
  int64_t missing = 0;  // instances without an answer
};

std::string SummaryPage(const SummaryFigures& figures);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_SUMMARY_PAGE_H_
