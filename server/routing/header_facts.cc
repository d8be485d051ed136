#include "server/routing/header_facts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "server/routing/pattern.h"

namespace burntin {
namespace {

constexpr size_t kMostValueBytes = 1024;
constexpr size_t kMostValues = 256;

// DICOM pads with spaces, and UIDs with a zero byte.
std::string WithoutPadding(std::string value) {
  while (!value.empty() && value.back() == '\0') value.pop_back();
  absl::StripAsciiWhitespace(&value);
  return value;
}

// C0, DEL and C1, which is 0xC2 and a byte of 0x80 to 0x9F in UTF-8.
bool HasControlCharacter(const std::string& value) {
  unsigned char before = 0;
  for (const char each : value) {
    const auto c = static_cast<unsigned char>(each);
    if (absl::ascii_iscntrl(c)) return true;
    if (before == 0xC2 && c >= 0x80 && c <= 0x9F) return true;
    before = c;
  }
  return false;
}

bool IsUsable(const std::string& value) {
  return value.size() <= kMostValueBytes && IsUtf8(value) &&
         !HasControlCharacter(value);
}

std::vector<std::string> Cleaned(const std::vector<std::string>& values) {
  std::vector<std::string> cleaned;
  for (const std::string& value : values) {
    cleaned.push_back(WithoutPadding(value));
  }
  std::erase(cleaned, "");
  const bool usable = cleaned.size() <= kMostValues &&
                      std::all_of(cleaned.begin(), cleaned.end(), IsUsable);
  if (!usable) cleaned.clear();
  return cleaned;
}

std::vector<std::string> CleanedAnnotation(
    const std::vector<std::string>& values) {
  bool absent = true;
  for (const std::string& value : values) {
    absent = absent && WithoutPadding(value).empty();
  }
  if (absent) return {kAbsent};
  std::vector<std::string> cleaned = Cleaned(values);
  for (std::string& value : cleaned) absl::AsciiStrToUpper(&value);
  const bool understood = cleaned.size() == 1 &&
                          (cleaned.front() == "YES" || cleaned.front() == "NO");
  if (!understood) cleaned.clear();
  return cleaned;
}

}  // namespace

HeaderFacts::HeaderFacts() { Set(Attribute::kBurnedInAnnotation, ""); }

void HeaderFacts::Set(Attribute attribute, std::string_view values) {
  const std::string text(values);
  Set(attribute, std::vector<std::string>(absl::StrSplit(text, '\\')));
}

void HeaderFacts::Set(Attribute attribute,
                      const std::vector<std::string>& values) {
  std::vector<std::string>& stored = values_[static_cast<size_t>(attribute)];
  if (attribute == Attribute::kBurnedInAnnotation) {
    stored = CleanedAnnotation(values);
    return;
  }
  stored = Cleaned(values);
  if (!RowOf(attribute).many_values && stored.size() > 1) stored.clear();
}

HeaderFacts FactsOf(const Header& header) {
  HeaderFacts facts;
  facts.Set(Attribute::kModality, header.modality);
  facts.Set(Attribute::kManufacturer, header.manufacturer);
  facts.Set(Attribute::kManufacturerModelName, header.manufacturer_model_name);
  facts.Set(Attribute::kSoftwareVersions, header.software_versions);
  facts.Set(Attribute::kSopClassUid, header.sop_class_uid);
  facts.Set(Attribute::kImageType, header.image_type);
  facts.Set(Attribute::kBurnedInAnnotation, header.burned_in_annotation);
  facts.Set(Attribute::kStationName, header.station_name);
  return facts;
}

}  // namespace burntin
