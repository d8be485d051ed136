#include "detector/document/document_properties.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-toc.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace burntin {
namespace {

// What programs write about themselves.
constexpr std::string_view kProgramKeys[] = {"CreationDate", "Creator",
                                             "ModDate",      "PTEX.Fullbanner",
                                             "Producer",     "Trapped"};
constexpr std::string_view kXmpFields[] = {
    "dc:title", "dc:creator", "dc:description", "dc:subject", "pdf:Keywords"};
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr uint32_t kReplacement = 0xFFFD;

void AppendUtf8(uint32_t code, std::string* text) {
  const auto byte = [&](uint32_t value) {
    text->push_back(static_cast<char>(value));
  };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

// Poppler gives bytes that it does not know to be UTF-16 one by one.
bool HoldsBytes(const poppler::ustring& text) {
  return std::all_of(text.begin(), text.end(),
                     [](const auto unit) { return unit < 0x100; });
}

std::string Bytes(const poppler::ustring& text) {
  std::string bytes;
  for (const auto unit : text) {
    bytes += static_cast<char>(unit);
  }
  return bytes;
}

PhiText InfoText(const poppler::ustring& value) {
  if (HoldsBytes(value)) {
    std::string bytes = Bytes(value);
    if (bytes.starts_with(kUtf8Mark)) {
      return PhiText(bytes.substr(kUtf8Mark.size()));
    }
  }
  return ToUtf8(value);
}

// XML without its tags and with its named characters in plain.
std::string PlainText(std::string_view xml) {
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"&lt;", '<'},   {"&gt;", '>'},    {"&amp;", '&'},
      {"&quot;", '"'}, {"&apos;", '\''},
  };
  std::string text;
  bool in_tag = false;
  for (size_t i = 0; i < xml.size(); ++i) {
    const auto* named = std::find_if(
        std::begin(kNamed), std::end(kNamed),
        [&](const auto& row) { return xml.substr(i).starts_with(row.first); });
    if (xml[i] == '<') in_tag = true;
    if (!in_tag && named != std::end(kNamed)) {
      text += named->second;
      i += named->first.size() - 1;
    } else if (!in_tag) {
      text += xml[i];
    }
    if (xml[i] == '>' && in_tag) {
      in_tag = false;
      text += ' ';
    }
  }
  return text;
}

std::string Trim(const std::string& text) {
  constexpr char kBlanks[] = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

class PropertyList {
 public:
  void Add(const PhiText& property) {
    PhiText text(Trim(property.Reveal()));
    if (text.empty()) return;
    if (std::find(list_.begin(), list_.end(), text) == list_.end()) {
      list_.push_back(std::move(text));
    }
  }

  // An XMP property is an element, or an attribute.
  void AddXmp(std::string_view xmp, std::string_view field) {
    size_t at = 0;
    while ((at = xmp.find(field, at)) != std::string_view::npos) {
      const bool is_element = at > 0 && xmp[at - 1] == '<';
      at += field.size();
      const std::string_view rest = xmp.substr(at);
      if (is_element) {
        const size_t begin = rest.find('>');
        const size_t end = rest.find("</" + std::string(field));
        if (begin == std::string_view::npos || end == std::string_view::npos ||
            end < begin) {
          continue;
        }
        Add(PhiText(PlainText(rest.substr(begin + 1, end - begin - 1))));
        at += end + 2 + field.size();
      } else if (rest.starts_with("=\"") || rest.starts_with("='")) {
        const std::string_view value = rest.substr(2);
        Add(PhiText(PlainText(value.substr(0, value.find(rest[1])))));
      }
    }
  }

  void AddBookmarks(const poppler::toc_item& root) {
    std::vector<const poppler::toc_item*> open = {&root};
    while (!open.empty()) {
      const poppler::toc_item* item = open.back();
      open.pop_back();
      Add(ToUtf8(item->title()));
      const std::vector<poppler::toc_item*> children = item->children();
      open.insert(open.end(), children.begin(), children.end());
    }
  }

  std::vector<PhiText> Take() { return std::move(list_); }

 private:
  std::vector<PhiText> list_;
};

}  // namespace

PhiText ToUtf8(const poppler::ustring& text) {
  std::string utf8;
  for (size_t i = 0; i < text.size(); ++i) {
    uint32_t code = text[i];
    if (code >= 0xD800 && code < 0xE000) {
      const bool is_pair = code < 0xDC00 && i + 1 < text.size() &&
                           text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
      code = is_pair ? 0x10000 + ((code - 0xD800) << 10) +
                           (uint32_t{text[++i]} - 0xDC00)
                     : kReplacement;
    }
    AppendUtf8(code, &utf8);
  }
  return PhiText(std::move(utf8));
}

std::vector<PhiText> DocumentProperties(const poppler::document& document) {
  PropertyList properties;
  for (const std::string& key : document.info_keys()) {
    if (std::find(std::begin(kProgramKeys), std::end(kProgramKeys), key) ==
        std::end(kProgramKeys)) {
      properties.Add(InfoText(document.info_key(key)));
    }
  }
  const poppler::ustring metadata = document.metadata();
  const std::string xmp =
      HoldsBytes(metadata) ? Bytes(metadata) : ToUtf8(metadata).Reveal();
  for (const std::string_view field : kXmpFields) {
    properties.AddXmp(xmp, field);
  }
  const std::unique_ptr<poppler::toc> bookmarks(document.create_toc());
  if (bookmarks != nullptr) properties.AddBookmarks(*bookmarks->root());
  return properties.Take();
}

}  // namespace burntin
