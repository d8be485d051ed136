// CRC-32 as text: tells a line that was cut off or overwritten from a whole
// one. No defence against intent.
#ifndef BURNTIN_CLIENT_BATCH_CHECKSUM_H_
#define BURNTIN_CLIENT_BATCH_CHECKSUM_H_

#include <string>
#include <string_view>

namespace burntin {

// 8 lower-case hexadecimal digits.
std::string Checksum(std::string_view bytes);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_CHECKSUM_H_
