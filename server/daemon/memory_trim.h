// Gives memory that was freed back to the system now and then. The C library
// keeps it, in a pool for each of many threads, so a server that holds large
// frames for moments, each on another thread, grows to the sum of the pools.
#ifndef BURNTIN_SERVER_DAEMON_MEMORY_TRIM_H_
#define BURNTIN_SERVER_DAEMON_MEMORY_TRIM_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace burntin {

// What the C library offers for it. Takes milliseconds; any thread may call.
void GiveFreedMemoryBack();

class MemoryTrim {
 public:
  // Calls `trim`, which must not throw, every `period` > 0 on a thread of its
  // own.
  explicit MemoryTrim(std::chrono::milliseconds period,
                      std::function<void()> trim = GiveFreedMemoryBack);

  // Waits for a call that is under way.
  ~MemoryTrim();
  MemoryTrim(const MemoryTrim&) = delete;
  MemoryTrim& operator=(const MemoryTrim&) = delete;

 private:
  void Run();

  const std::chrono::milliseconds period_;
  const std::function<void()> trim_;
  // Not burntin::Mutex, whose Condition cannot wait for a limited time.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_MEMORY_TRIM_H_
