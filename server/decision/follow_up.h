// What a decision leaves to be done, apart from the call that made it: XNAT may
// take minutes, and its failures change no decision.
#ifndef BURNTIN_SERVER_DECISION_FOLLOW_UP_H_
#define BURNTIN_SERVER_DECISION_FOLLOW_UP_H_

#include <string>

namespace burntin {

// A decision and the reports that it was made by, for the session's own record.
struct SessionReport {
  std::string experiment_id;  // where it lies in XNAT
  std::string decision_id;
  std::string json_lines;  // as SessionReportText makes it
};

// Takes notes and returns at once. Any number of threads may call at the same
// time.
class FollowUp {
 public:
  virtual ~FollowUp() = default;

  // Quarantine::ReleaseCleared of this case.
  virtual void ReleaseCleared(const std::string& case_id) = 0;

  // Whether reports are stored at all.
  virtual bool StoresReports() const = 0;
  virtual void StoreReport(SessionReport report) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_FOLLOW_UP_H_
