// What a report depends on, in one digest.
#ifndef BURNTIN_SERVER_REPORT_CACHE_REPORT_KEY_H_
#define BURNTIN_SERVER_REPORT_CACHE_REPORT_KEY_H_

#include <optional>
#include <string>

namespace burntin {

// Of all bytes of the file at `path` and of a detector's fingerprint; 64
// hexadecimal digits. All bytes, because the header decides what is looked for
// in the pixels and how they are shown, and is part of the report: what of it
// plays no part is nobody's to know but the detector's. What a session's
// routing depends on is not in it. Nothing if the file cannot be read or there
// is no fingerprint.
std::optional<std::string> ReportKey(const std::string& fingerprint,
                                     const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_REPORT_KEY_H_
