#include "server/metrics/exposer.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "absl/memory/memory.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/host_port.h"

namespace burntin {
namespace {

// One that scrapes finds room beside callers that ask for nothing, and these
// are sent away in time for the next scrape.
constexpr unsigned kConnections = 64;
constexpr unsigned kConnectionsOfOneAddress = 32;
constexpr unsigned kPatienceSeconds = 5;
// What a request's line and headers may take.
constexpr size_t kRequestBytes = size_t{16} << 10;

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

// Answers with `text`, and ends the connection: who keeps one takes room.
MHD_Result Send(MHD_Connection* connection, unsigned status,
                const std::string& text) {
  // The library only reads what it is to copy.
  MHD_Response* const response = MHD_create_response_from_buffer(
      text.size(), const_cast<char*>(text.data()), MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, kContentType);
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
  const MHD_Result sent = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return sent;
}

MHD_Result Answer(void* registry, MHD_Connection* connection, const char* path,
                  const char* method, const char*, const char*, size_t*,
                  void**) {
  const std::string_view asked = method;
  if (asked != MHD_HTTP_METHOD_GET && asked != MHD_HTTP_METHOD_HEAD) {
    return Send(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "");
  }
  if (std::string_view(path) != "/metrics") {
    return Send(connection, MHD_HTTP_NOT_FOUND, "");
  }
  try {
    return Send(connection, MHD_HTTP_OK,
                static_cast<const MetricRegistry*>(registry)->Text());
  } catch (const std::exception&) {  // want of memory
    return MHD_NO;                   // ends the connection
  }
}

}  // namespace

// prometheus::Exposer is not used: its threads have 100 kB of stack, of which
// the thread-local memory of OpenBLAS, which OpenCV brings on many machines,
// takes 60.
struct MetricExposer::Server {
  Server(const HostPort& binding, MetricRegistry* registry) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(binding.port));
    inet_pton(AF_INET, binding.host.c_str(), &address.sin_addr);
    daemon = MHD_start_daemon(
        MHD_USE_AUTO_INTERNAL_THREAD, static_cast<uint16_t>(binding.port),
        /*apc=*/nullptr, /*apc_cls=*/nullptr, Answer, registry,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_TIMEOUT,
        kPatienceSeconds, MHD_OPTION_CONNECTION_LIMIT, kConnections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, kConnectionsOfOneAddress,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, kRequestBytes, MHD_OPTION_END);
  }
  ~Server() {
    if (daemon != nullptr) MHD_stop_daemon(daemon);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that was bound; 0 where none could be.
  int Port() const {
    const MHD_DaemonInfo* const info =
        daemon == nullptr
            ? nullptr
            : MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info == nullptr ? 0 : info->port;
  }

  MHD_Daemon* daemon = nullptr;
};

absl::Status CheckMetricsAddress(const std::string& listen) {
  return Binding(listen).status();
}

absl::StatusOr<std::unique_ptr<MetricExposer>> MetricExposer::Start(
    const std::string& listen, MetricRegistry* registry) {
  ASSIGN_OR_RETURN(const HostPort binding, Binding(listen));
  auto server = std::make_unique<Server>(binding, registry);
  const int port = server->Port();
  if (port == 0) return CannotListen(listen);
  std::string address = binding.host + ":" + std::to_string(port);
  return absl::WrapUnique(
      new MetricExposer(std::move(server), std::move(address)));
}

MetricExposer::MetricExposer(std::unique_ptr<Server> server,
                             std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

MetricExposer::~MetricExposer() = default;

}  // namespace burntin
