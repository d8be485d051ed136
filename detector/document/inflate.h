// Private to detector/document.
#ifndef BURNTIN_DETECTOR_DOCUMENT_INFLATE_H_
#define BURNTIN_DETECTOR_DOCUMENT_INFLATE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace burntin {

// The bytes in a zlib stream; what follows its end is ignored. Nothing for a
// stream that is damaged, cut, or holds more than `limit_bytes`.
std::optional<std::string> Inflate(std::string_view stored, size_t limit_bytes);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_INFLATE_H_
