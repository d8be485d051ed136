// SHA-256, to know what is loaded.
#ifndef BURNTIN_DETECTOR_TEXT_FILE_DIGEST_H_
#define BURNTIN_DETECTOR_TEXT_FILE_DIGEST_H_

#include <string>
#include <string_view>

namespace burntin {

// 64 lower-case hexadecimal digits.
std::string Sha256OfText(std::string_view text);

// 64 lower-case hexadecimal digits of all that `file_descriptor` holds,
// wherever it stands. Empty if it cannot be read.
std::string Sha256OfDescriptor(int file_descriptor);

// The same of the file at `path`.
std::string Sha256OfFile(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_FILE_DIGEST_H_
