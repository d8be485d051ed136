#include "tests/testutil/raw_dicom.h"

#include <set>

namespace burntin {
namespace {

constexpr uint64_t kUndefinedLength = 0xFFFFFFFF;

std::string RawTag(uint32_t tag) {
  return RawBytes(tag >> 16, 2) + RawBytes(tag & 0xFFFF, 2);
}

// PS3.5 table 7.1-1: these have four bytes of length behind two of padding.
bool HasLongForm(std::string_view vr) {
  static const std::set<std::string_view> kLong = {"OB", "OD", "OF", "OL", "OV",
                                                   "OW", "SQ", "SV", "UC", "UN",
                                                   "UR", "UT", "UV"};
  return kLong.count(vr) > 0;
}

std::string Element(uint32_t tag, std::string_view vr, uint64_t length) {
  const std::string start = RawTag(tag) + std::string(vr);
  return HasLongForm(vr) ? start + std::string(2, '\0') + RawBytes(length, 4)
                         : start + RawBytes(length, 2);
}

std::string Item(const std::string& content) {
  return RawTag(0xFFFEE000) + RawBytes(content.size(), 4) + content;
}

std::string Padded(std::string value, char padding) {
  if (value.size() % 2 != 0) value += padding;
  return value;
}

}  // namespace

std::string RawBytes(uint64_t value, int bytes) {
  std::string raw;
  for (int i = 0; i < bytes; ++i) raw += static_cast<char>(value >> (8 * i));
  return raw;
}

RawDataset& RawDataset::Number(uint32_t tag, int value) {
  return Numbers(tag, {static_cast<uint16_t>(value)});
}

RawDataset& RawDataset::Numbers(uint32_t tag,
                                const std::vector<uint16_t>& values) {
  return Bytes(tag, "US", RawValues(values));
}

RawDataset& RawDataset::Text(uint32_t tag, std::string_view vr,
                             std::string value) {
  return Bytes(tag, vr, Padded(std::move(value), vr == "UI" ? '\0' : ' '));
}

RawDataset& RawDataset::Bytes(uint32_t tag, std::string_view vr,
                              std::string value) {
  value = Padded(std::move(value), '\0');
  elements_[tag] = Element(tag, vr, value.size()) + value;
  return *this;
}

RawDataset& RawDataset::Sequence(uint32_t tag,
                                 const std::vector<RawDataset>& items) {
  std::string content;
  for (const RawDataset& item : items) content += Item(item.Elements());
  elements_[tag] = Element(tag, "SQ", content.size()) + content;
  return *this;
}

RawDataset& RawDataset::Fragments(const std::vector<std::string>& fragments,
                                  const std::string& offset_table) {
  std::string content = Item(offset_table);
  for (const std::string& fragment : fragments) {
    content += Item(Padded(fragment, '\0'));
  }
  elements_[0x7FE00010] = Element(0x7FE00010, "OB", kUndefinedLength) +
                          content + RawTag(0xFFFEE0DD) + RawBytes(0, 4);
  return *this;
}

RawDataset& RawDataset::Remove(uint32_t tag) {
  elements_.erase(tag);
  return *this;
}

std::string RawDataset::Elements() const {
  std::string all;
  for (const auto& [tag, element] : elements_) all += element;
  return all;
}

RawDataset RawImage(int rows, int columns) {
  RawDataset image;
  image.Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
      .Text(0x00080018, "UI", "1.2.826.0.1.3680043.8.498.1")
      .Text(0x00080060, "CS", "OT")
      .Number(0x00280002, 1)
      .Text(0x00280004, "CS", "MONOCHROME2")
      .Number(0x00280010, rows)
      .Number(0x00280011, columns)
      .Number(0x00280100, 8)
      .Number(0x00280101, 8)
      .Number(0x00280102, 7)
      .Number(0x00280103, 0);
  return image;
}

std::string RawFile(const RawDataset& dataset,
                    std::string_view transfer_syntax) {
  RawDataset meta;
  meta.Bytes(0x00020001, "OB", std::string("\0\1", 2))
      .Text(0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.7")
      .Text(0x00020003, "UI", "1.2.826.0.1.3680043.8.498.1")
      .Text(0x00020010, "UI", std::string(transfer_syntax))
      .Text(0x00020012, "UI", "1.2.826.0.1.3680043.8.498.9");
  const std::string group = meta.Elements();
  RawDataset length;
  length.Bytes(0x00020000, "UL", RawBytes(group.size(), 4));
  return std::string(128, '\0') + "DICM" + length.Elements() + group +
         dataset.Elements();
}

}  // namespace burntin
