// A real PostgreSQL server of a test's own, reached by a socket in a temporary
// folder, without a network. Ends with the test's process, however that ends.
#ifndef BURNTIN_TESTS_SERVER_LEDGER_POSTGRESQL_SERVER_H_
#define BURNTIN_TESTS_SERVER_LEDGER_POSTGRESQL_SERVER_H_

#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/testutil/temp_dir.h"

namespace burntin {

class PostgresqlServer {
 public:
  // The server of this process, started with the first call. Throws
  // std::runtime_error, so that the test fails, if Debian's package
  // `postgresql` is not there or does not start.
  static PostgresqlServer& Get();

  ~PostgresqlServer();
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  // Makes an empty database and returns how libpq finds it.
  std::string NewDatabase();

  // Ends the server at once, as a crash of the machine would, and starts it
  // again on the same data.
  void KillAndRestart();

 private:
  PostgresqlServer();
  void Start();
  std::string Describe(const std::string& database) const;

  TempDir folder_;
  std::string data_;
  pid_t server_ = -1;
  int databases_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_LEDGER_POSTGRESQL_SERVER_H_
