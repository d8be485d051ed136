// Answers `GET /metrics` over HTTP.
#ifndef BURNTIN_SERVER_METRICS_EXPOSER_H_
#define BURNTIN_SERVER_METRICS_EXPOSER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// Whether `listen` can be listened on: "IPV4:PORT" or "localhost:PORT".
// INVALID_ARGUMENT for any other text.
absl::Status CheckMetricsAddress(const std::string& listen);

// Serves a registry, to anybody who reaches the address, without encryption,
// as long as it lives. One thread of its own, which waits for no caller: who
// sends nothing for five seconds is sent away, a request has 16 KiB, and at
// most 64 callers are heard at a time, 32 of them of one address. Each
// connection serves one request.
class MetricExposer {
 public:
  // `listen` as CheckMetricsAddress takes it; port 0 takes a free one. Does not
  // own the registry, which outlives it. INVALID_ARGUMENT if it cannot listen.
  static absl::StatusOr<std::unique_ptr<MetricExposer>> Start(
      const std::string& listen, MetricRegistry* registry);

  ~MetricExposer();

  // HOST:PORT with the port that was bound.
  const std::string& address() const { return address_; }

 private:
  struct Server;
  MetricExposer(std::unique_ptr<Server> server, std::string address);

  const std::unique_ptr<Server> server_;
  const std::string address_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_METRICS_EXPOSER_H_
