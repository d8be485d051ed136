// Takes numbers and bytes from the front of a fuzzer's input; zeros behind its
// end.
#ifndef BURNTIN_TESTS_FUZZ_BYTE_READER_H_
#define BURNTIN_TESTS_FUZZ_BYTE_READER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace burntin {

class ByteReader {
 public:
  ByteReader(const uint8_t* data, size_t size) : left_(data, size) {}

  template <typename T>
  T Take() {
    T value{};
    const size_t size = std::min(sizeof(T), left_.size());
    if (size > 0) std::memcpy(&value, left_.data(), size);
    left_ = left_.subspan(size);
    return value;
  }

  // In [least, most].
  int TakeIn(int least, int most) {
    return least + static_cast<int>(Take<uint32_t>() %
                                    static_cast<uint32_t>(most - least + 1));
  }

  std::span<const uint8_t> Rest() const { return left_; }

 private:
  std::span<const uint8_t> left_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_FUZZ_BYTE_READER_H_
