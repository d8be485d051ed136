#include "client/batch/record.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

#include "client/batch/checksum.h"

namespace burntin {
namespace {

constexpr std::string_view kKinds = "pbafrge";
constexpr size_t kChecksumDigits = 8;

// Takes a number and the character after it off the front of `text`.
std::optional<int64_t> TakeNumber(std::string_view* text) {
  int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || rest == end || *rest != ' ') return std::nullopt;
  text->remove_prefix(static_cast<size_t>(rest - text->data()) + 1);
  return number;
}

}  // namespace

std::string ToLine(const Record& record) {
  const std::string content =
      fmt::format("{} {} {} {}", static_cast<char>(record.kind), record.number,
                  record.count, record.text);
  return fmt::format("{} {}\n", Checksum(content), content);
}

std::optional<Record> ParseRecord(std::string_view line) {
  if (line.size() < kChecksumDigits + 3 || line[kChecksumDigits] != ' ') {
    return std::nullopt;
  }
  std::string_view content = line.substr(kChecksumDigits + 1);
  if (Checksum(content) != line.substr(0, kChecksumDigits) ||
      kKinds.find(content[0]) == std::string_view::npos || content[1] != ' ') {
    return std::nullopt;
  }
  Record record;
  record.kind = static_cast<RecordKind>(content[0]);
  content.remove_prefix(2);
  const auto number = TakeNumber(&content);
  if (!number) return std::nullopt;
  const auto count = TakeNumber(&content);
  if (!count) return std::nullopt;
  record.number = *number;
  record.count = *count;
  record.text = content;
  return record;
}

}  // namespace burntin
