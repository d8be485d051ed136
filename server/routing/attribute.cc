#include "server/routing/attribute.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace burntin {
namespace {

constexpr AttributeRow kTable[] = {
    {Attribute::kModality, "modality", "Modality", false},
    {Attribute::kManufacturer, "manufacturer", "Manufacturer", false},
    {Attribute::kManufacturerModelName, "manufacturer_model_name",
     "Manufacturer's Model Name", false},
    {Attribute::kSoftwareVersions, "software_versions", "Software Versions",
     true},
    {Attribute::kSopClassUid, "sop_class_uid", "SOP Class UID", false},
    {Attribute::kImageType, "image_type", "Image Type", true},
    {Attribute::kBurnedInAnnotation, "burned_in_annotation",
     "Burned In Annotation", false},
    {Attribute::kStationName, "station_name", "Station Name", false},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < std::size(kTable); ++i) {
    if (static_cast<size_t>(kTable[i].attribute) != i) return false;
  }
  return std::size(kTable) == kAttributeCount;
}
static_assert(IsInOrder());

}  // namespace

std::span<const AttributeRow> AttributeTable() { return kTable; }

const AttributeRow& RowOf(Attribute attribute) {
  return kTable[static_cast<size_t>(attribute)];
}

std::optional<Attribute> AttributeByKey(std::string_view key) {
  const auto* const row = std::find_if(
      std::begin(kTable), std::end(kTable),
      [&](const AttributeRow& candidate) { return candidate.key == key; });
  if (row == std::end(kTable)) return std::nullopt;
  return row->attribute;
}

}  // namespace burntin
