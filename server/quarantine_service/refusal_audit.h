// Refused callers in the audit trail.
#ifndef BURNTIN_SERVER_QUARANTINE_SERVICE_REFUSAL_AUDIT_H_
#define BURNTIN_SERVER_QUARANTINE_SERVICE_REFUSAL_AUDIT_H_

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "detector/base/mutex.h"
#include "server/identity/entrance.h"
#include "server/identity/failure_limiter.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"

namespace burntin {

// Any number of threads may call at the same time.
class RefusalAudit {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  // Owns neither; both outlive it.
  RefusalAudit(Ledger* ledger, Log* log, Clock clock)
      : ledger_(ledger), log_(log), clock_(std::move(clock)) {}

  // Records that the entrance has refused a call. The call is refused whether
  // or not that works; if it does not, the log says so.
  //
  // So that strangers cannot make the trail grow without limit, an address, or
  // an IPv6 network, has as many entries as FailureLimiter has tries: ten, and
  // ten more a minute. The first that is too much is recorded with
  // TOO_MANY_FAILURES, which says that those after it are not, until there is
  // room again. The log has them all.
  void Record(const Refusal& refusal);

 private:
  // kTooMany: it is recorded as the last for now.
  enum class Share { kRecord, kTooMany, kLeaveOut };
  Share ShareOf(const Refusal& refusal);

  Ledger* const ledger_;
  Log* const log_;
  const Clock clock_;
  FailureLimiter limiter_;
  Mutex mutex_;
  std::set<std::string> full_ ABSL_GUARDED_BY(mutex_);  // groups without room
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_SERVICE_REFUSAL_AUDIT_H_
