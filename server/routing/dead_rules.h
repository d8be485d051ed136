// Finds rules that can never decide anything. Pure.
#ifndef BURNTIN_SERVER_ROUTING_DEAD_RULES_H_
#define BURNTIN_SERVER_ROUTING_DEAD_RULES_H_

#include <vector>

#include "server/routing/protocol.h"

namespace burntin {

// One note for each rule of which rules before it take all that it would,
// because they ask for no more than it does. Compares values one by one, so it
// misses what follows from two conditions together, or from how patterns
// overlap; it never names a rule that can let something out.
std::vector<ProtocolNote> DeadRules(const Protocol& protocol);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_DEAD_RULES_H_
