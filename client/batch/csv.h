// Answers as a table (RFC 4180, UTF-8). Pure.
#ifndef BURNTIN_CLIENT_BATCH_CSV_H_
#define BURNTIN_CLIENT_BATCH_CSV_H_

#include <string>
#include <string_view>

#include "burntin/v1/report.pb.h"

namespace burntin {

// The names of the columns, and a line feed.
std::string CsvHeader();

// One row for an instance. Never holds recognised text.
std::string CsvRow(const v1::InstanceReport& report, bool given_up);

// One value. A program that opens tables takes one that begins with =, +, -, @,
// a tab or a carriage return for a formula, and headers are written by
// strangers; such a value gets an apostrophe before it.
std::string CsvValue(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_CSV_H_
