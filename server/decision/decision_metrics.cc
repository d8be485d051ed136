#include "server/decision/decision_metrics.h"

#include <string>

namespace burntin {
namespace {

constexpr std::string_view kPrefix = "ROUTE_ACTION_";

constexpr v1::RouteAction kActions[] = {v1::ROUTE_ACTION_QUARANTINE,
                                        v1::ROUTE_ACTION_TO_PROJECT,
                                        v1::ROUTE_ACTION_INSPECT_FIRST};

}  // namespace

DecisionMetrics::DecisionMetrics(MetricRegistry* registry) {
  for (const v1::RouteAction action : kActions) {
    const std::string name =
        v1::RouteAction_Name(action).substr(kPrefix.size());
    const auto add = [&](const char* recorded) {
      return registry->AddCounter(
          {"burntin_routing_decisions_total",
           "Decisions about sessions, by what they say and whether the ledger "
           "has them."},
          {{"action", name}, {"recorded", recorded}});
    };
    actions_[action] = {.recorded = add("true"), .answered_only = add("false")};
  }
}

// A client reads an action that it does not know as quarantine; so is it
// counted.
void DecisionMetrics::Count(v1::RouteAction action, bool recorded) const {
  const auto found = actions_.find(action);
  const Counters& counters = found == actions_.end()
                                 ? actions_.at(v1::ROUTE_ACTION_QUARANTINE)
                                 : found->second;
  (recorded ? counters.recorded : counters.answered_only)->Increment();
}

}  // namespace burntin
