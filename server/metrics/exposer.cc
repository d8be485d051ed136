#include "server/metrics/exposer.h"

#include <arpa/inet.h>
#include <prometheus/exposer.h>

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/metrics/registry_parts.h"
#include "wire/host_port.h"

namespace burntin {
namespace {

// One that scrapes leaves some to callers that ask for nothing, and these are
// sent away in time for the next scrape.
constexpr char kThreads[] = "4";
constexpr char kRequestTimeoutMs[] = "5000";

bool IsIpv4(const std::string& host) {
  in_addr address = {};
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

absl::Status CannotListen(const std::string& listen) {
  return Error(Reason::kInvalidArgument,
               "The metrics cannot be served on " + listen +
                   ". Check that metrics.listen is an address of this machine "
                   "and that no other program uses the port.");
}

// As the library takes it, which binds to every address for "+" and the like.
absl::StatusOr<std::string> Binding(const std::string& listen) {
  ASSIGN_OR_RETURN(const HostPort address, ParseHostPort(listen));
  const std::string port = ":" + std::to_string(address.port);
  if (address.host == "localhost") return "127.0.0.1" + port;
  if (IsIpv4(address.host)) return address.host + port;
  return Error(Reason::kInvalidArgument,
               "metrics.listen is " + listen +
                   ", which is no IPv4 address. Write numbers, as in "
                   "127.0.0.1:9464, or localhost.");
}

}  // namespace

struct MetricExposer::Server {
  explicit Server(const std::string& binding)
      : exposer(std::vector<std::string>{
            "listening_ports", binding, "num_threads", kThreads,
            "request_timeout_ms", kRequestTimeoutMs}) {}
  prometheus::Exposer exposer;
};

absl::Status CheckMetricsAddress(const std::string& listen) {
  return Binding(listen).status();
}

absl::StatusOr<std::unique_ptr<MetricExposer>> MetricExposer::Start(
    const std::string& listen, MetricRegistry* registry) {
  ASSIGN_OR_RETURN(const std::string binding, Binding(listen));
  try {
    auto server = std::make_unique<Server>(binding);
    const std::vector<int> ports = server->exposer.GetListeningPorts();
    if (ports.size() != 1) return CannotListen(listen);
    server->exposer.RegisterCollectable(registry->parts_->registry);
    server->exposer.RegisterCollectable(registry->parts_->sampled);
    std::string address = binding.substr(0, binding.rfind(':') + 1) +
                          std::to_string(ports.front());
    return absl::WrapUnique(
        new MetricExposer(std::move(server), std::move(address)));
  } catch (const std::exception&) {
    return CannotListen(listen);
  }
}

MetricExposer::MetricExposer(std::unique_ptr<Server> server,
                             std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

MetricExposer::~MetricExposer() = default;

}  // namespace burntin
