// Lists of devices that a protocol may name.
#ifndef BURNTIN_SERVER_ROUTING_DEVICE_LIST_H_
#define BURNTIN_SERVER_ROUTING_DEVICE_LIST_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/routing/protocol.h"

namespace burntin {

// The list of this name, of those that are built in; null for any other.
// `burns_in`: devices that public sources tell to write text into pixels, see
// burns_in.yaml.
std::shared_ptr<const DeviceList> DeviceListByName(std::string_view name);

// The names, with commas.
std::string DeviceListNames();

// What reading a list's file gives.
struct ReadDeviceList {
  std::shared_ptr<const DeviceList> list;  // null if there is an error
  std::vector<ProtocolNote> errors;
};

// Reads the text of a list, in the form that burns_in.yaml explains.
ReadDeviceList ParseDeviceList(const std::string& name, std::string_view text);

// The text of burns_in.yaml.
std::string_view BurnsInText();

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_DEVICE_LIST_H_
