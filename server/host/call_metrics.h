// Counts calls: by method, by how they ended, by how long they took.
#ifndef BURNTIN_SERVER_HOST_CALL_METRICS_H_
#define BURNTIN_SERVER_HOST_CALL_METRICS_H_

#include <grpcpp/support/server_interceptor.h>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/metrics/metric_registry.h"

namespace burntin {

// Methods are those of the access table; all others are "unlisted". Any number
// of threads may call at the same time.
class CallMetrics {
 public:
  // All metrics begin with 0. Does not own the registry, which outlives it.
  explicit CallMetrics(MetricRegistry* registry);
  ~CallMetrics();

  // Has to be given to the server, behind what may change how a call ends. The
  // metrics outlive it.
  std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
  MakeInterceptorFactory();

 private:
  class Interceptor;
  class Factory;

  struct Method {
    std::array<Counter*, 17> ended_with;  // by the number of the code
    Gauge* in_flight = nullptr;
    Histogram* seconds = nullptr;
  };

  static Method MakeMethod(const std::string& rpc, MetricRegistry* registry);
  const Method& MethodOf(std::string_view method) const;
  void CountFailure(const grpc::Status& status) const;

  std::map<std::string, Method, std::less<>> methods_;  // as on the wire
  Method unlisted_;
  std::map<std::string, Counter*, std::less<>> failures_;  // by reason
  Counter* other_failures_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_HOST_CALL_METRICS_H_
