// Strings that come from files and from their names, made fit for messages:
// protobuf refuses to parse a string that is not valid UTF-8. Pure functions.
#ifndef BURNTIN_WIRE_UTF8_H_
#define BURNTIN_WIRE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace burntin {

// `bytes` with each ill-formed sequence replaced by U+FFFD. A caller that
// uploads an object passes its label through this first.
std::string ValidUtf8(std::string_view bytes);

// The longest beginning of `text`, which is valid UTF-8, that has at most
// `max_bytes` bytes and ends between two characters.
std::string CutUtf8(std::string text, size_t max_bytes);

}  // namespace burntin

#endif  // BURNTIN_WIRE_UTF8_H_
