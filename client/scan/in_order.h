// Puts results that finish in any order back into theirs.
#ifndef BURNTIN_CLIENT_SCAN_IN_ORDER_H_
#define BURNTIN_CLIENT_SCAN_IN_ORDER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <utility>

namespace burntin {

// Hands each result on as soon as all before it were handed on. Results are
// numbered from 0 without gaps. One thread at a time.
template <typename T>
class InOrder {
 public:
  using Next = std::function<void(size_t index, const T& result)>;

  explicit InOrder(Next next) : next_(std::move(next)) {}

  void Put(size_t index, T result) {
    waiting_.emplace(index, std::move(result));
    while (!waiting_.empty() && waiting_.begin()->first == expected_) {
      next_(expected_, waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++expected_;
    }
  }

  // Number of results handed on so far.
  size_t count() const { return expected_; }

 private:
  const Next next_;
  std::map<size_t, T> waiting_;
  size_t expected_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_SCAN_IN_ORDER_H_
