// The header attributes that rules look at: one row for each.
#ifndef BURNTIN_SERVER_ROUTING_ATTRIBUTE_H_
#define BURNTIN_SERVER_ROUTING_ATTRIBUTE_H_

#include <optional>
#include <span>
#include <string_view>

namespace burntin {

enum class Attribute {
  kModality,
  kManufacturer,
  kManufacturerModelName,
  kSoftwareVersions,
  kSopClassUid,
  kImageType,
  kBurnedInAnnotation,
  kStationName,
};

inline constexpr int kAttributeCount = 8;

struct AttributeRow {
  Attribute attribute;
  std::string_view key;    // in a protocol, as in "sop_class_uid"
  std::string_view title;  // for people, as in "SOP Class UID"
  bool many_values;        // the standard lets it have more than one
};

// In the order of the enum.
std::span<const AttributeRow> AttributeTable();

const AttributeRow& RowOf(Attribute attribute);

// The attribute with this key; nothing for any other text.
std::optional<Attribute> AttributeByKey(std::string_view key);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_ATTRIBUTE_H_
