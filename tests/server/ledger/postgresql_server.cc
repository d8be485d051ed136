#include "tests/server/ledger/postgresql_server.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "server/ledger/sql/connection.h"

namespace burntin {
namespace {

constexpr char kInstalled[] = "/usr/lib/postgresql";
constexpr std::chrono::seconds kStartLimit{120};

// The newest version that Debian has installed.
std::string ProgramFolder() {
  std::string newest;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator(kInstalled, ignored)) {
    newest = std::max(newest, entry.path().string());
  }
  if (newest.empty()) {
    throw std::runtime_error(
        "PostgreSQL is missing. Run scripts/install-deps --test.");
  }
  return newest + "/bin/";
}

// PostgreSQL does not run as root.
const passwd* OtherUser() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  if (user == nullptr) throw std::runtime_error("no user postgres");
  return user;
}

// Starts a program that ends when this thread does.
pid_t Spawn(const std::vector<std::string>& command, const std::string& log) {
  const passwd* user = OtherUser();
  std::vector<char*> arguments;
  for (const std::string& word : command) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child > 0) return child;
  const int file = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0644);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  if (user != nullptr) {
    if (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0) {
      _exit(126);
    }
  }
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (chdir("/") != 0) _exit(126);
  execv(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

PostgresqlServer& PostgresqlServer::Get() {
  static PostgresqlServer server;
  return server;
}

PostgresqlServer::PostgresqlServer() : data_(folder_.File("data")) {
  if (const passwd* user = OtherUser()) {
    if (chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("chown failed");
    }
  }
  const pid_t made =
      Spawn({ProgramFolder() + "initdb", "-D", data_, "-U", "burntin", "-A",
             "trust", "-E", "UTF8", "--locale=C", "--no-sync"},
            folder_.File("initdb.log"));
  int status = 0;
  waitpid(made, &status, 0);
  if (status != 0) throw std::runtime_error("initdb failed");
  Start();
}

// fsync is off: these tests kill processes, not the machine.
void PostgresqlServer::Start() {
  server_ = Spawn(
      {ProgramFolder() + "postgres", "-D", data_, "-k", folder_.path(), "-c",
       "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=40"},
      folder_.File("postgres.log"));
  const auto end = std::chrono::steady_clock::now() + kStartLimit;
  while (!OpenPostgresql(Describe("postgres"), OpenMode::kReadOnly).ok()) {
    int status = 0;
    if (waitpid(server_, &status, WNOHANG) != 0 ||
        std::chrono::steady_clock::now() > end) {
      throw std::runtime_error("PostgreSQL did not start");
    }
    poll(nullptr, 0, /*timeout=*/20);
  }
}

PostgresqlServer::~PostgresqlServer() {
  kill(server_, SIGQUIT);
  waitpid(server_, nullptr, 0);
}

void PostgresqlServer::KillAndRestart() {
  kill(server_, SIGQUIT);
  waitpid(server_, nullptr, 0);
  Start();
}

std::string PostgresqlServer::Describe(const std::string& database) const {
  return "host=" + folder_.path() + " user=burntin dbname=" + database;
}

std::string PostgresqlServer::NewDatabase() {
  const std::string name = "ledger_" + std::to_string(++databases_);
  const auto connection =
      OpenPostgresql(Describe("postgres"), OpenMode::kReadWrite);
  if (!connection.ok() ||
      !(*connection)->RunScript("CREATE DATABASE " + name).ok()) {
    throw std::runtime_error("CREATE DATABASE failed");
  }
  return Describe(name);
}

}  // namespace burntin
