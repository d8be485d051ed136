// protocol: what a protocol would do with the DICOM files of a folder. This
// header: the sessions and their decisions, without input or output.
#ifndef BURNTIN_CLIENT_PROTOCOL_SESSION_CHECK_H_
#define BURNTIN_CLIENT_PROTOCOL_SESSION_CHECK_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "detector/base/header.h"
#include "server/routing/decide_session.h"
#include "server/routing/protocol.h"

namespace burntin {

// One file, with what could be found out about it.
struct CheckedFile {
  std::string label;                             // its path, fit for messages
  std::optional<Header> header;                  // not set: it cannot be read
  std::optional<InstanceAssessment> assessment;  // not set: not inspected
};

struct SessionResult {
  std::string study_instance_uid;  // empty: files that name no study
  int files = 0;
  std::set<std::string> modalities;
  std::set<std::string> devices;  // manufacturer and model
  RoutingDecision decision;
  // What it would be if an inspection found nothing; not set if one was made.
  std::optional<RoutingDecision> if_clear;
  std::vector<TriedRule> trace;       // of the object that decided
  std::string deciding_label;         // of that object; empty: there is none
  std::map<std::string, int> dasher;  // objects by project; empty: not asked
  bool dasher_differs = false;
};

// What DASHER is compared by: its lines, and the IDs of its projects.
struct DasherComparison {
  DasherLines lines;
  ProtocolSite site;
};

// One result for each study, ascending by its UID. Files whose header cannot
// be read or names no study are one session, which nothing lets out.
std::vector<SessionResult> CheckSessions(
    const Protocol& protocol, const std::vector<CheckedFile>& files,
    const std::optional<DasherComparison>& dasher);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_PROTOCOL_SESSION_CHECK_H_
