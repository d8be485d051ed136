// Routing in the contract's words. Pure functions.
#ifndef BURNTIN_WIRE_DECISION_PROTO_H_
#define BURNTIN_WIRE_DECISION_PROTO_H_

#include "burntin/v1/routing_service.pb.h"
#include "server/routing/decide_session.h"
#include "server/routing/header_facts.h"
#include "server/routing/rule_match.h"

namespace burntin {

v1::RouteAction ToProto(RouteAction action);

// Without what the ledger and the clock add.
v1::Decision ToProto(const RoutingDecision& decision);

v1::RuleTrace ToProto(const Protocol& protocol, const TriedRule& tried);

HeaderFacts FactsOf(const v1::HeaderFacts& header);

}  // namespace burntin

#endif  // BURNTIN_WIRE_DECISION_PROTO_H_
