#include "server/routing/device_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "server/routing/condition_reader.h"
#include "server/routing/yaml_edge.h"

namespace burntin {
namespace {

constexpr char kBurnsIn[] = "burns_in";

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  ReadDeviceList Read(const std::string& name) {
    DeviceList list{name, {}};
    const std::optional<YAML::Node> root = LoadDocument(text_, &errors_);
    if (root && !root->IsMap()) {
      errors_.Add(*root, "The file has to hold `sources` and `devices`.");
    } else if (root) {
      ForEachKey(
          *root, &errors_,
          [&](const std::string& key, const YAML::Node& at,
              const YAML::Node& value) { ReadPart(key, at, value, &list); });
      CheckSources(*root, list);
    }
    if (!errors_.empty()) return {nullptr, errors_.Sorted()};
    return {std::make_shared<const DeviceList>(std::move(list)), {}};
  }

 private:
  void ReadPart(const std::string& key, const YAML::Node& at,
                const YAML::Node& value, DeviceList* list) {
    if (key == "sources" && value.IsMap()) {
      ForEachKey(value, &errors_,
                 [&](const std::string& source, const YAML::Node&,
                     const YAML::Node&) { sources_.insert(source); });
    } else if (key == "devices" && value.IsSequence()) {
      for (const YAML::Node& row : value) {
        if (row.IsMap()) {
          list->devices.push_back(ReadDevice(row));
        } else {
          errors_.Add(row, "A device has to be a map.");
        }
      }
    } else {
      errors_.Add(
          at, fmt::format("`{}` is not part of a device list.", Quoted(key)));
    }
  }

  Device ReadDevice(const YAML::Node& row) {
    Device device;
    ConditionReader reader(/*lets_out=*/false, &errors_, &ignored_);
    ForEachKey(
        row, &errors_,
        [&](const std::string& key, const YAML::Node& at,
            const YAML::Node& value) {
          if (key == "seen" || key == "sources") return;
          const auto attribute = AttributeByKey(key);
          if (!attribute) {
            errors_.Add(at,
                        fmt::format("`{}` is not an attribute.", Quoted(key)));
            return;
          }
          device.conditions.push_back(reader.Read(*attribute, at, value));
        });
    if (device.conditions.empty()) {
      errors_.Add(row, "A device has to have conditions.");
    }
    const YAML::Node sources = row["sources"];
    if (sources.IsDefined()) {
      device.sources = reader.ReadTexts("sources", row, sources);
    }
    if (device.sources.empty()) {
      errors_.Add(row, "A device has to name its sources.");
    }
    return device;
  }

  void CheckSources(const YAML::Node& root, const DeviceList& list) {
    for (const Device& device : list.devices) {
      for (const std::string& source : device.sources) {
        if (sources_.contains(source)) continue;
        errors_.Add(
            root, fmt::format("The source `{}` is not told.", Quoted(source)));
      }
    }
    if (list.devices.empty()) errors_.Add(root, "There are no devices.");
  }

  std::string_view text_;
  YamlNotes errors_;
  YamlNotes ignored_;
  std::set<std::string> sources_;
};

}  // namespace

ReadDeviceList ParseDeviceList(const std::string& name, std::string_view text) {
  return Reader(text).Read(name);
}

std::shared_ptr<const DeviceList> DeviceListByName(std::string_view name) {
  if (name != kBurnsIn) return nullptr;
  static const auto* const kList = new std::shared_ptr<const DeviceList>(
      ParseDeviceList(kBurnsIn, BurnsInText()).list);
  return *kList;
}

std::string DeviceListNames() { return kBurnsIn; }

}  // namespace burntin
