#include "server/metrics/exposer.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <prometheus/text_serializer.h>
#include <sys/socket.h>

#include <chrono>
#include <iterator>
#include <string>
#include <thread>
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
constexpr size_t kThreads = 4;
constexpr auto kPatience = std::chrono::seconds(5);
constexpr auto kMoment = std::chrono::milliseconds(1);

constexpr char kContentType[] = "text/plain; version=0.0.4; charset=utf-8";

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

absl::StatusOr<HostPort> Binding(const std::string& listen) {
  ASSIGN_OR_RETURN(HostPort address, ParseHostPort(listen));
  if (address.host == "localhost") address.host = "127.0.0.1";
  if (IsIpv4(address.host)) return address;
  return Error(Reason::kInvalidArgument,
               "metrics.listen is " + listen +
                   ", which is no IPv4 address. Write numbers, as in "
                   "127.0.0.1:9464, or localhost.");
}

// Not the library's own, which let two programs share a port.
void SetSocketOptions(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
}

}  // namespace

// prometheus::Exposer is not used: its threads have 100 kB of stack, of which
// the thread-local memory of OpenBLAS, which OpenCV brings on many machines,
// takes 60.
struct MetricExposer::Server {
  explicit Server(const MetricRegistry::Parts* parts) {
    server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server.set_socket_options(SetSocketOptions);
    server.set_read_timeout(kPatience);
    server.set_write_timeout(kPatience);
    // Who keeps a connection keeps a thread.
    server.set_keep_alive_max_count(1);
    server.Get("/metrics",
               [parts](const httplib::Request&, httplib::Response& answer) {
                 answer.set_content(Exposition(*parts), kContentType);
               });
  }

  ~Server() {
    server.stop();
    if (thread.joinable()) thread.join();
  }

  // The port that was bound, or -1.
  int Bind(const HostPort& address) {
    if (address.port == 0) return server.bind_to_any_port(address.host);
    return server.bind_to_port(address.host, address.port) ? address.port : -1;
  }

  void Serve() {
    thread = std::thread([this] { server.listen_after_bind(); });
    // stop() does nothing to a server that does not run yet.
    while (!server.is_running()) std::this_thread::sleep_for(kMoment);
  }

  static std::string Exposition(const MetricRegistry::Parts& parts) {
    std::vector<prometheus::MetricFamily> families = parts.registry->Collect();
    std::vector<prometheus::MetricFamily> sampled = parts.sampled->Collect();
    std::move(sampled.begin(), sampled.end(), std::back_inserter(families));
    return prometheus::TextSerializer().Serialize(families);
  }

  httplib::Server server;
  std::thread thread;
};

absl::Status CheckMetricsAddress(const std::string& listen) {
  return Binding(listen).status();
}

absl::StatusOr<std::unique_ptr<MetricExposer>> MetricExposer::Start(
    const std::string& listen, MetricRegistry* registry) {
  ASSIGN_OR_RETURN(const HostPort binding, Binding(listen));
  auto server = std::make_unique<Server>(registry->parts_.get());
  const int port = server->Bind(binding);
  if (port < 0) return CannotListen(listen);
  server->Serve();
  std::string address = binding.host + ":" + std::to_string(port);
  return absl::WrapUnique(
      new MetricExposer(std::move(server), std::move(address)));
}

MetricExposer::MetricExposer(std::unique_ptr<Server> server,
                             std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

MetricExposer::~MetricExposer() = default;

}  // namespace burntin
