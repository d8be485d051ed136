// routing: says where an imaging session goes, by a protocol that the site's
// admin writes. Pure: a protocol and what is known of a session in, a decision
// out; no sockets, no clock, no files. This header: a protocol that was read
// and checked (see protocol_parser.h and dasher.h for how).
//
// A rule applies to one object's header and to the verdict of the object's
// whole session. The first rule that fires decides for that object; where none
// does it is quarantine. What is not known never lets anything out:
//
// - A condition on a value that the header lacks is neither met nor unmet.
//   A rule that lets out needs every condition met. A rule that holds
//   (`quarantine`, `inspect_first`) fires unless a condition is unmet.
// - Letter case counts where a match lets out, and is ignored where a match
//   holds; for `none_of` it is the other way round.
// - Before an inspection, a rule that asks for the verdict or the risk, and
//   every rule that lets out, asks for the inspection instead.
// - A rule that lets out wants the verdict CLEAR, unless it names others. It
//   never takes INDETERMINATE, nor a session of which any object is so, nor an
//   object without Modality or SOP Class UID.
#ifndef BURNTIN_SERVER_ROUTING_PROTOCOL_H_
#define BURNTIN_SERVER_ROUTING_PROTOCOL_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "detector/base/verdict.h"
#include "server/routing/attribute.h"
#include "server/routing/pattern.h"

namespace burntin {

// From harmless to strictest.
enum class RouteAction { kToProject, kInspectFirst, kQuarantine };

// What one attribute has to be: every part that is set has to be met.
struct ValueCondition {
  Attribute attribute = Attribute::kModality;
  LetterCase any_case = LetterCase::kCounts;   // of any_of and all_of
  LetterCase none_case = LetterCase::kCounts;  // of none_of
  std::vector<std::string> any_of;   // one value at least is one of these
  std::vector<std::string> all_of;   // each of these is among the values
  std::vector<std::string> none_of;  // no value is one of these
  std::vector<Pattern> patterns;     // one value at least matches one
  bool absent = false;               // the header has no value; then no other
};

// A kind of device: what all of its conditions are met by.
struct Device {
  std::vector<ValueCondition> conditions;
  std::vector<std::string> sources;  // where it is told of; names, see below
};

// Kinds of devices that have something in common, from a data file.
struct DeviceList {
  std::string name;
  std::vector<Device> devices;
};

struct DeviceCondition {
  std::shared_ptr<const DeviceList> list;
  bool on_list = true;  // false: the device has to be on no row of it
};

struct Rule {
  std::string name;
  int line = 0;    // in the file, counted from 1
  int column = 0;  // counted from 1
  RouteAction action = RouteAction::kQuarantine;
  std::string project;  // of kToProject
  std::vector<ValueCondition> values;
  std::vector<DeviceCondition> devices;
  // The verdicts that it takes; not set: all. Always set for kToProject.
  std::optional<std::set<Verdict>> verdicts;
  std::optional<double> risk_below;     // risk < this
  std::optional<double> risk_at_least;  // risk >= this
};

// The two lines of a DASHER protocol.txt as its own evaluator has them: whole,
// each the first in the file that holds "Modality" or "ModelName", or "error2"
// where there is none.
struct DasherLines {
  std::string modalities;
  std::string models;
};

struct Protocol {
  std::string quarantine_project;
  std::vector<Rule> rules;  // in the order in which they are tried
  // SOP Class UIDs of objects that do not hold their session although they have
  // no pixels that could be inspected; see pixelless.h.
  std::set<std::string> pixelless;
  // Set if the protocol was read from a DASHER protocol.txt.
  std::optional<DasherLines> dasher;
  std::string hospital_project;  // of that
};

// Something to say about a file: an error, or a notice that it does what may
// not be meant.
struct ProtocolNote {
  int line = 0;    // counted from 1
  int column = 0;  // counted from 1
  std::string message;

  friend bool operator==(const ProtocolNote&, const ProtocolNote&) = default;
};

// Notes one a line, as in "protocol.yaml:12:5: ...".
std::string Listed(const std::vector<ProtocolNote>& notes,
                   const std::string& file_name);

// What reading a file gives: a protocol, or at least one error.
struct ReadProtocol {
  std::shared_ptr<const Protocol> protocol;  // null if there is an error
  std::vector<ProtocolNote> errors;          // all of the file, by place
  std::vector<ProtocolNote> notices;         // by place
};

// What a protocol does not say itself.
struct ProtocolSite {
  std::string quarantine_project = "QUARANTINE";
  // Where DASHER sends what it does not quarantine. Only for its protocol.txt,
  // which is refused without it.
  std::string hospital_project;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_PROTOCOL_H_
