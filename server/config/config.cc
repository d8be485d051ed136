#include "server/config/config.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/config/key_table.h"
#include "wire/host_port.h"

namespace burntin {
namespace {

// Where an error is: the file's name and what the YAML library counts.
class Place {
 public:
  Place(std::string name, const YAML::Mark& mark)
      : name_(std::move(name)), line_(mark.line + 1) {}

  absl::Status Fail(const std::string& sentence) const {
    return Error(Reason::kInvalidArgument,
                 fmt::format("{}:{}: {}", name_, line_, sentence));
  }

 private:
  std::string name_;
  int line_;
};

const ConfigKey* FindKey(const std::string& section, const std::string& name) {
  const std::vector<ConfigKey>& table = ConfigKeyTable();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const ConfigKey& key) {
        return key.section == section && key.name == name;
      });
  return found == table.end() ? nullptr : &*found;
}

bool IsSection(const std::string& name) {
  const std::vector<ConfigKey>& table = ConfigKeyTable();
  return std::any_of(table.begin(), table.end(),
                     [&](const ConfigKey& key) { return key.section == name; });
}

constexpr char kSeeDefaults[] =
    "`burntind --print-default-config` prints every key.";

// Reads one YAML document into a configuration.
class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)) {}

  absl::StatusOr<ServerConfig> Read(const YAML::Node& root) {
    if (root.IsNull()) return config_;
    if (!root.IsMap()) {
      return At(root).Fail("The file has to hold sections with keys.");
    }
    std::set<std::string> seen;
    for (const auto& entry : root) {
      const auto section = entry.first.as<std::string>();
      RETURN_IF_ERROR(CheckNew(section, entry.first, &seen));
      RETURN_IF_ERROR(ReadSection(section, entry.first, entry.second));
    }
    return config_;
  }

 private:
  Place At(const YAML::Node& node) const { return {name_, node.Mark()}; }

  absl::Status CheckNew(const std::string& key, const YAML::Node& node,
                        std::set<std::string>* seen) const {
    if (seen->insert(key).second) return absl::OkStatus();
    return At(node).Fail(
        fmt::format("`{}` is there twice. Remove one of the two.", key));
  }

  absl::Status ReadSection(const std::string& section, const YAML::Node& key,
                           const YAML::Node& body) {
    if (!IsSection(section)) {
      return At(key).Fail(fmt::format("The section `{}` is unknown. {}",
                                      section, kSeeDefaults));
    }
    if (body.IsNull()) return absl::OkStatus();
    if (!body.IsMap()) {
      return At(key).Fail(
          fmt::format("The section `{}` has to hold keys.", section));
    }
    std::set<std::string> seen;
    for (const auto& entry : body) {
      const auto name = entry.first.as<std::string>();
      RETURN_IF_ERROR(CheckNew(section + "." + name, entry.first, &seen));
      RETURN_IF_ERROR(ReadKey(section, name, entry.first, entry.second));
    }
    return absl::OkStatus();
  }

  absl::Status ReadKey(const std::string& section, const std::string& name,
                       const YAML::Node& key, const YAML::Node& value) {
    const ConfigKey* row = FindKey(section, name);
    if (row == nullptr) {
      return At(key).Fail(fmt::format("The key `{}.{}` is unknown. {}", section,
                                      name, kSeeDefaults));
    }
    const std::string wanted = value.IsScalar()
                                   ? row->set(value.Scalar(), &config_)
                                   : "a single value";
    if (wanted.empty()) return absl::OkStatus();
    return At(key).Fail(
        fmt::format("`{}.{}` has to be {}.", section, name, wanted));
  }

  std::string name_;
  ServerConfig config_;
};

absl::Status CheckKeysThatNeedOthers(const ServerConfig& config) {
  const bool has_certificate = !config.tls_certificate_file.empty();
  if (has_certificate != !config.tls_key_file.empty()) {
    return Error(Reason::kInvalidArgument,
                 "tls.certificate_file and tls.key_file need each other. Set "
                 "both.");
  }
  if (!config.tls_client_authorities_file.empty() &&
      (!has_certificate || config.identity_file.empty())) {
    return Error(Reason::kInvalidArgument,
                 "tls.client_authorities_file needs tls.certificate_file, and "
                 "identity.file to say who the callers are. Set both.");
  }
  if (config.xnat_url.empty() != config.xnat_credentials_file.empty()) {
    return Error(Reason::kInvalidArgument,
                 "xnat.url and xnat.credentials_file need each other. Set "
                 "both.");
  }
  if (!config.evidence_directory.empty() && config.ledger_database.empty()) {
    return Error(Reason::kInvalidArgument,
                 "evidence.directory needs ledger.database, which says what "
                 "the pictures are of. Set both.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ServerConfig> ParseConfig(std::string_view text,
                                         const std::string& name) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.empty()) return ServerConfig();
    if (documents.size() == 1) return Reader(name).Read(documents.front());
    return Place(name, documents[1].Mark())
        .Fail("A second document starts here. Write all keys into one.");
  } catch (const YAML::Exception& exception) {
    return Place(name, exception.mark)
        .Fail("This is not valid YAML: " + exception.msg + ".");
  }
}

absl::StatusOr<ServerConfig> LoadConfig(const std::string& path) {
  std::error_code ignored;
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open() || std::filesystem::is_directory(path, ignored)) {
    return Error(Reason::kInvalidArgument,
                 fmt::format("The configuration file {} cannot be read. Check "
                             "its path and permissions.",
                             path));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseConfig(text.str(), path);
}

absl::Status CheckConfig(const ServerConfig& config) {
  RETURN_IF_ERROR(CheckKeysThatNeedOthers(config));
  ASSIGN_OR_RETURN(const HostPort address, ParseHostPort(config.listen));
  if (!config.tls_certificate_file.empty() || IsLoopback(address.host)) {
    return absl::OkStatus();
  }
  if (!config.allow_plaintext) {
    return Error(Reason::kInvalidArgument,
                 fmt::format("{} can be reached from other machines, and "
                             "connections are not encrypted. Listen on "
                             "127.0.0.1, or set tls.certificate_file and "
                             "tls.key_file.",
                             config.listen));
  }
  if (config.identity_file.empty()) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "Tokens must not travel unencrypted to other machines. Set "
               "tls.certificate_file and tls.key_file, or listen on "
               "127.0.0.1.");
}

std::vector<std::string> ConfigKeys() {
  std::vector<std::string> keys;
  for (const ConfigKey& key : ConfigKeyTable()) {
    keys.push_back(key.section + "." + key.name);
  }
  return keys;
}

}  // namespace burntin
