// Sums up the reports of many objects: one SessionReport for each study.
//
// A session is as bad as its worst object. From worst to harmless:
// IDENTIFYING, INDETERMINATE, REVIEW, CLEAR. An object that was not fully
// inspected is thus worse than text that a person has to read, and a session
// is clear only when each of its objects is. An unknown verdict counts as
// INDETERMINATE.
//
// The risk of a series and of a session is the highest of its objects. It is
// not put together as if objects were independent (1 - product of 1 - risk):
// those of one session show one patient, written by the same few machines in
// the same layout, so what one shows or hides the others mostly do as well, and
// the small residual risk of each of a thousand clean slices would add up to an
// alarm.
//
// The result depends on the set of reports only, not on the order in which
// they were added, so results that finish in any order give one answer.
#ifndef BURNTIN_WIRE_SESSION_SUMMARY_H_
#define BURNTIN_WIRE_SESSION_SUMMARY_H_

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "burntin/v1/report.pb.h"

namespace burntin {

// How bad a verdict is: 0 for CLEAR, more for worse. Compare only.
int Severity(v1::Verdict verdict);

// Counts one object with `verdict`; an unknown one as indeterminate.
void AddToCounts(v1::Verdict verdict, v1::VerdictCounts* counts);

// Keeps a few sums for each study and series, not the reports. One thread at
// a time.
class SessionSummary {
 public:
  // Objects without a StudyInstanceUID are one session with an empty one.
  void Add(const v1::InstanceReport& report);

  // One report for each study, ascending by its UID; series likewise.
  std::vector<v1::SessionReport> Reports() const;

 private:
  // Sorts an object before all objects that are less bad; equally bad ones
  // by path and SOP Instance UID.
  using Rank = std::tuple<int, double, std::string, std::string>;
  // Sorts a reason's best appearance first: by the severity of the object,
  // by its place in that object's list, by its sentence.
  using ReasonRank = std::tuple<int, int, std::string>;

  struct Series {
    v1::SeriesSummary message;
    std::string first_sop_instance_uid;
  };

  struct Session {
    v1::SessionReport message;
    Rank worst;
    std::map<std::string, Series> series;       // by UID
    std::map<std::string, ReasonRank> reasons;  // by code
  };

  static void AddToSeries(const v1::InstanceReport& report, Session* session);
  static void AddReasons(const v1::InstanceReport& report, Session* session);
  static v1::SessionReport Finish(const Session& session);

  std::map<std::string, Session> sessions_;  // by StudyInstanceUID
};

}  // namespace burntin

#endif  // BURNTIN_WIRE_SESSION_SUMMARY_H_
