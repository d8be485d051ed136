// Runs xnat_stub.py, a stand-in for XNAT over real HTTP on a free port.
#ifndef BURNTIN_TESTS_SERVER_XNAT_XNAT_STUB_H_
#define BURNTIN_TESTS_SERVER_XNAT_XNAT_STUB_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace burntin {

class XnatStub {
 public:
  // With a certificate and its key (PEM files) it speaks TLS.
  explicit XnatStub(const std::string& certificate = "",
                    const std::string& key = "");
  ~XnatStub();
  XnatStub(const XnatStub&) = delete;
  XnatStub& operator=(const XnatStub&) = delete;

  int port() const { return port_; }
  std::string url() const;

  // Ends it, so that nobody listens on its port.
  void Stop();

  // What the head of xnat_stub.py says. Each returns the state after it.
  nlohmann::json SetWorld(const nlohmann::json& world) {
    return Control("world", world);
  }
  nlohmann::json SetFaults(const nlohmann::json& faults) {
    return Control("faults", faults);
  }
  nlohmann::json Expire() { return Control("expire", {}); }
  nlohmann::json DoLate() { return Control("late", {}); }
  nlohmann::json State() { return Control("state", {}); }

  // How often it was asked for this.
  static int Count(const nlohmann::json& state, const std::string& operation);

 private:
  nlohmann::json Control(const std::string& what, const nlohmann::json& body);

  bool tls_ = false;
  std::string certificate_;
  int process_ = -1;
  int input_ = -1;  // its standard input
  int port_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_XNAT_XNAT_STUB_H_
