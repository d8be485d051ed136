// What happens to files on their way: cut, and patched.
#ifndef BURNTIN_TESTS_TESTUTIL_DAMAGE_H_
#define BURNTIN_TESTS_TESTUTIL_DAMAGE_H_

#include <stdexcept>
#include <string>
#include <string_view>

namespace burntin {

// The first `percent` of the bytes.
inline std::string CutTo(std::string_view bytes, int percent) {
  return std::string(
      bytes.substr(0, bytes.size() * static_cast<size_t>(percent) / 100));
}

// The bytes with the first `from` replaced by `to`, which is as long.
inline std::string Patch(std::string bytes, std::string_view from,
                         std::string_view to) {
  const size_t at = bytes.find(from);
  if (at == std::string::npos || from.size() != to.size()) {
    throw std::invalid_argument("the bytes to patch are not there");
  }
  return bytes.replace(at, from.size(), to);
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_DAMAGE_H_
