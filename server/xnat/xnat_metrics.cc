#include "server/xnat/xnat_metrics.h"

namespace burntin {

XnatMetrics::XnatMetrics(MetricRegistry* registry)
    : other_(MakeOutcomes("other", registry)),
      seconds_(registry->AddHistogram(
          {"burntin_xnat_request_duration_seconds",
           "From a request to XNAT to the end of its answer."},
          {}, SecondsBuckets())) {
  for (const char* method : {"GET", "POST", "PUT", "DELETE"}) {
    methods_[method] = MakeOutcomes(method, registry);
  }
}

XnatMetrics::Outcomes XnatMetrics::MakeOutcomes(const std::string& method,
                                                MetricRegistry* registry) {
  const auto add = [&](const char* outcome) {
    return registry->AddCounter(
        {"burntin_xnat_requests_total",
         "Requests to XNAT, by the class of the answer's HTTP status."},
        {{"method", method}, {"outcome", outcome}});
  };
  return {.success = add("success"),
          .redirect = add("redirect"),
          .client_error = add("client_error"),
          .server_error = add("server_error"),
          .unreachable = add("unreachable")};
}

void XnatMetrics::Count(std::string_view method, int status,
                        double seconds) const {
  const auto found = methods_.find(method);
  const Outcomes& outcomes = found == methods_.end() ? other_ : found->second;
  Counter* const counter = status == 0    ? outcomes.unreachable
                           : status < 300 ? outcomes.success
                           : status < 400 ? outcomes.redirect
                           : status < 500 ? outcomes.client_error
                                          : outcomes.server_error;
  counter->Increment();
  seconds_->Observe(seconds);
}

}  // namespace burntin
