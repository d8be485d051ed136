// The keys of the configuration, each with its type, range and place in
// ServerConfig, free of the YAML library.
#ifndef BURNTIN_SERVER_CONFIG_KEY_TABLE_H_
#define BURNTIN_SERVER_CONFIG_KEY_TABLE_H_

#include <functional>
#include <string>
#include <vector>

#include "server/config/config.h"

namespace burntin {

// One key. `set` takes the value as it is written and stores it in `config`;
// it answers what the value has to be if it is not that, else an empty string.
struct ConfigKey {
  std::string section;
  std::string name;
  std::function<std::string(const std::string& value, ServerConfig* config)>
      set;
};

const std::vector<ConfigKey>& ConfigKeyTable();

}  // namespace burntin

#endif  // BURNTIN_SERVER_CONFIG_KEY_TABLE_H_
