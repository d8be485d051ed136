// A few connections to one database, shared by many threads.
#ifndef BURNTIN_SERVER_LEDGER_SQL_POOL_H_
#define BURNTIN_SERVER_LEDGER_SQL_POOL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/mutex.h"
#include "server/ledger/sql/connection.h"

namespace burntin {

// Any number of threads may call at the same time.
class ConnectionPool {
 public:
  // A connection in a transaction, for one thread, until it goes.
  class Lease {
   public:
    Connection* get() const { return connection_.get(); }
    Connection* operator->() const { return get(); }
    absl::Status Commit() { return transaction_->Commit(); }

    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

   private:
    friend class ConnectionPool;
    Lease(ConnectionPool* pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}

    ConnectionPool* pool_;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Transaction> transaction_;
  };

  // Opens up to `size` >= 1 connections, as they are needed.
  ConnectionPool(std::string database, OpenMode mode, int size)
      : database_(std::move(database)), mode_(mode), free_places_(size) {}

  // Waits for a free connection and begins a transaction on it. A connection
  // that turns out to be broken is replaced once. LEDGER_UNAVAILABLE.
  absl::StatusOr<Lease> Begin(TransactionKind kind);

 private:
  absl::StatusOr<Lease> Take();
  void Give(std::unique_ptr<Connection> connection);

  const std::string database_;
  const OpenMode mode_;
  Mutex mutex_;
  Condition changed_;
  int free_places_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_POOL_H_
