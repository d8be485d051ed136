// Bounds the bytes of all uploads that the server holds at the same time.
#ifndef BURNTIN_SERVER_UPLOAD_BYTE_BUDGET_H_
#define BURNTIN_SERVER_UPLOAD_BYTE_BUDGET_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace burntin {

// All methods may be called from any number of threads at the same time.
class ByteBudget {
 public:
  // Bytes that are taken as long as it lives. Movable.
  class Lease {
   public:
    Lease(ByteBudget* budget, int64_t bytes) : budget_(budget, Return{bytes}) {}

   private:
    struct Return {
      int64_t bytes = 0;
      void operator()(ByteBudget* budget) const { budget->Give(bytes); }
    };
    std::unique_ptr<ByteBudget, Return> budget_;
  };

  // `total_bytes` >= 1.
  explicit ByteBudget(int64_t total_bytes) : total_bytes_(total_bytes) {}

  // Waits until `bytes` are free, first come, first served; what is larger
  // than the whole budget takes all of it. Nothing once `cancelled`, which is
  // asked several times a second, says so.
  std::optional<Lease> Take(int64_t bytes,
                            const std::function<bool()>& cancelled);

  // Bytes that are taken now, and uploads that wait for room.
  int64_t taken_bytes();
  int waiting();

 private:
  void Give(int64_t bytes);

  const int64_t total_bytes_;
  // Not burntin::Mutex, whose Condition cannot wait for a limited time.
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t taken_bytes_ = 0;     // guarded by mutex_
  uint64_t last_ticket_ = 0;    // guarded by mutex_
  std::set<uint64_t> waiting_;  // tickets, guarded by mutex_
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_UPLOAD_BYTE_BUDGET_H_
