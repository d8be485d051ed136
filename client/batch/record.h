// The lines of a part's log. Pure.
//
// "CHECKSUM KIND NUMBER COUNT TEXT\n": the checksum is that of all that follows
// it, so a line that was cut off or overwritten is known as such.
#ifndef BURNTIN_CLIENT_BATCH_RECORD_H_
#define BURNTIN_CLIENT_BATCH_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace burntin {

enum class RecordKind : char {
  // The first line: `number` is the part's, `text` the id of the plan.
  kPart = 'p',
  // A run begins: it has up to `count` instances in work at a time.
  kBegin = 'b',
  // Instance `number` is about to be inspected with no other beside it.
  kAlone = 'a',
  // An attempt at instance `number` failed, the `count`-th; it is tried again.
  kFailed = 'f',
  // Instance `number` is answered by `text`, a v1.InstanceReport in JSON.
  kAnswer = 'r',
  // The same, for want of a better answer after `count` attempts.
  kGivenUp = 'g',
  // A run ends: `number` instances are answered, of which `count` given up.
  kEnd = 'e',
};

struct Record {
  RecordKind kind = RecordKind::kPart;
  int64_t number = 0;
  int64_t count = 0;
  std::string_view text;  // valid as long as what it was parsed from
};

std::string ToLine(const Record& record);

// `line` is without its line feed. Nothing if it is not a whole record.
std::optional<Record> ParseRecord(std::string_view line);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_RECORD_H_
