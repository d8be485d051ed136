#include "wire/utf8.h"

#include <unicode/unistr.h>

#include <utility>

namespace burntin {

std::string ValidUtf8(std::string_view bytes) {
  std::string valid;
  icu::UnicodeString::fromUTF8(
      icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size())))
      .toUTF8String(valid);
  return valid;
}

std::string CutUtf8(std::string text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  const auto continues = [&](size_t i) {
    return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
  };
  while (end > 0 && continues(end)) --end;
  text.resize(end);
  return text;
}

}  // namespace burntin
