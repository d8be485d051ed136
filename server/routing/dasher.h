// DASHER's own protocol.txt, twice: as what its two lines mean, read strictly,
// and as what DASHER's evaluator makes of them.
//
//   0008,0060  Modality                CT, MR        or ALL
//   0008,1090  ManufacturersModelName  Aera, Skyra   or ALLOW ALL
//
// The first line lists the modalities that go to the hospital project, the
// second the models that do not. Anything else is quarantined.
#ifndef BURNTIN_SERVER_ROUTING_DASHER_H_
#define BURNTIN_SERVER_ROUTING_DASHER_H_

#include <optional>
#include <string>
#include <string_view>

#include "server/routing/protocol.h"

namespace burntin {

// What the lines mean: entries are parted by commas and compare whole. Two
// rules, named as the lines: the models listed are held, and so is what names
// no model where some are listed; then the modalities listed are let out to
// the hospital project, once their session is CLEAR. A line that is missing,
// repeated or unknown is an error, and so is a model that looks like several.
// Errors and notices are some dozens at most, and quote no unknown line.
ReadProtocol ParseDasher(std::string_view text, const ProtocolSite& site);

// What DASHER's evaluator takes out of the file.
DasherLines DasherLinesOf(std::string_view text);

enum class DasherRoute {
  kHospital,
  kQuarantine,
  // It fails, and XNAT leaves the object in its unassigned prearchive.
  kUnassigned,
};

// Where DASHER sends one object. It looks for the object's modality and model
// anywhere in the whole lines, so `CT` is found in `RTSTRUCT`, and `ALL` in a
// model's name turns the second line off. A value is not set if the header has
// no such attribute, and empty if the attribute is empty.
DasherRoute RouteAsDasher(const DasherLines& lines,
                          const std::optional<std::string>& modality,
                          const std::optional<std::string>& model);

// What RouteAsDasher takes of an attribute's text: its first value, parted from
// the others by a backslash. Not set if there is no text.
std::optional<std::string> AsDasherReads(std::string_view values);

// ID of the project that a route leads to, by the protocol's site.
std::string DasherProject(const Protocol& protocol, DasherRoute route);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_DASHER_H_
