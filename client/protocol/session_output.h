// How the results of a check are written. Pure but for the stream.
#ifndef BURNTIN_CLIENT_PROTOCOL_SESSION_OUTPUT_H_
#define BURNTIN_CLIENT_PROTOCOL_SESSION_OUTPUT_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/protocol/session_check.h"

namespace burntin {

// A paragraph for people: where the session goes, by which rule, why the rules
// before it did not fire, and where DASHER would send it.
std::string SessionText(const Protocol& protocol, const SessionResult& result);

// One line for people: how many sessions go where.
std::string SummaryText(const std::vector<SessionResult>& results);

// One CheckedSession in JSON, and a line feed.
absl::Status WriteJsonLine(const Protocol& protocol,
                           const SessionResult& result, std::ostream* out);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_PROTOCOL_SESSION_OUTPUT_H_
