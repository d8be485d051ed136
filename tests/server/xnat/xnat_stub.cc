#include "tests/server/xnat/xnat_stub.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include "server/xnat/http_client.h"

namespace burntin {
namespace {

using ::nlohmann::json;

std::vector<std::string> Arguments(const std::string& certificate,
                                   const std::string& key) {
  std::vector<std::string> arguments = {"/usr/bin/python3", XNAT_STUB};
  if (!certificate.empty()) {
    arguments.insert(arguments.end(), {"--tls", certificate, key});
  }
  return arguments;
}

}  // namespace

XnatStub::XnatStub(const std::string& certificate, const std::string& key)
    : tls_(!certificate.empty()), certificate_(certificate) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipes");
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::vector<std::string> arguments = Arguments(certificate, key);
  std::vector<char*> raw;
  for (std::string& argument : arguments) raw.push_back(argument.data());
  raw.push_back(nullptr);
  const int failed =
      posix_spawn(&process_, raw[0], &actions, nullptr, raw.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  input_ = in[1];
  FILE* said = fdopen(out[0], "r");
  const int read = failed != 0 ? 0 : fscanf(said, "%d", &port_);
  fclose(said);
  if (read != 1) throw std::runtime_error("xnat_stub.py did not start");
}

XnatStub::~XnatStub() { Stop(); }

void XnatStub::Stop() {
  if (process_ < 0) return;
  close(input_);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

std::string XnatStub::url() const {
  return (tls_ ? "https://localhost:" : "http://127.0.0.1:") +
         std::to_string(port_);
}

json XnatStub::Control(const std::string& what, const json& body) {
  HttpRequest request;
  request.method = what == "state" ? "GET" : "POST";
  request.path = "/stub/" + what;
  if (!body.is_null()) request.body = body.dump();
  const HttpOutcome outcome =
      HttpClient({.base_url = url(), .ca_file = certificate_}).Send(request);
  if (!outcome.answer.ok() || outcome.answer->status != 200) {
    throw std::runtime_error("xnat_stub.py did not do as told");
  }
  return json::parse(outcome.answer->body);
}

int XnatStub::Count(const json& state, const std::string& operation) {
  const auto& asked = state.at("asked");
  return static_cast<int>(
      std::count(asked.begin(), asked.end(), json(operation)));
}

}  // namespace burntin
