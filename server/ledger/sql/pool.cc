#include "server/ledger/sql/pool.h"

#include <utility>

#include "detector/base/status_macros.h"

namespace burntin {

ConnectionPool::Lease::~Lease() {
  transaction_.reset();  // rolls back unless it was committed
  // A lease that was moved from has no connection.
  if (connection_ != nullptr) pool_->Give(std::move(connection_));
}

absl::StatusOr<ConnectionPool::Lease> ConnectionPool::Begin(
    TransactionKind kind) {
  for (bool again = false;; again = true) {
    ASSIGN_OR_RETURN(Lease lease, Take());
    absl::StatusOr<Transaction> transaction =
        Transaction::Begin(lease.get(), kind);
    if (transaction.ok()) {
      lease.transaction_ =
          std::make_unique<Transaction>(*std::move(transaction));
      return lease;
    }
    if (again || !lease->broken()) return transaction.status();
  }
}

absl::StatusOr<ConnectionPool::Lease> ConnectionPool::Take() {
  {
    const MutexLock lock(&mutex_);
    while (free_places_ == 0) changed_.Wait(&mutex_);
    --free_places_;
    if (!idle_.empty()) {
      Lease lease(this, std::move(idle_.back()));
      idle_.pop_back();
      return lease;
    }
  }
  absl::StatusOr<std::unique_ptr<Connection>> opened =
      OpenConnection(database_, mode_);
  if (!opened.ok()) {
    Give(nullptr);
    return opened.status();
  }
  return Lease(this, *std::move(opened));
}

void ConnectionPool::Give(std::unique_ptr<Connection> connection) {
  const MutexLock lock(&mutex_);
  ++free_places_;
  if (connection != nullptr && connection->broken()) {
    idle_.clear();  // whatever broke one has broken the others
  } else if (connection != nullptr) {
    idle_.push_back(std::move(connection));
  }
  changed_.NotifyOne();
}

}  // namespace burntin
