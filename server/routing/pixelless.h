// Kinds of objects that have no pixels by their definition, such as structured
// reports. Nothing of them can be inspected, so each is INDETERMINATE and holds
// its session, unless a protocol says by `without_pixels` that this kind may
// go with it. What text stands in them is the header's matter, which burntin
// does not judge.
#ifndef BURNTIN_SERVER_ROUTING_PIXELLESS_H_
#define BURNTIN_SERVER_ROUTING_PIXELLESS_H_

#include <set>
#include <string>
#include <string_view>

#include "server/routing/decide_session.h"
#include "server/routing/protocol.h"

namespace burntin {

// SOP Class UIDs of a kind by its name in a protocol; empty if there is none.
std::set<std::string> PixellessClasses(std::string_view kind);

// The names of all kinds, with commas between.
std::string PixellessKinds();

// Whether the object does not hold its session: its class is of a kind that the
// protocol names, and that it has no pixels is all that is said against it. An
// image whose pixels are missing is of no such kind. `protocol` may be null.
bool MayGoWithoutPixels(const Protocol* protocol,
                        const InstanceFacts& instance);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_PIXELLESS_H_
