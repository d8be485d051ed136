#include "server/identity/identities.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

// Names that the server gives itself.
bool IsReserved(const std::string& name) {
  return name == "burntind" || name == kAnonymous;
}

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [parsed_to, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || parsed_to != end) return std::nullopt;
  return value;
}

// The end of the day "YYYY-MM-DD".
std::optional<std::chrono::system_clock::time_point> EndOfDay(
    const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const std::string_view view = text;
  const auto year = Digits(view.substr(0, 4));
  const auto month = Digits(view.substr(5, 2));
  const auto day = Digits(view.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::days(1);
}

bool IsCertificateName(const std::string& text) {
  for (const char* kind : {"dns:", "uri:", "email:", "subject:"}) {
    if (text.starts_with(kind)) return text.size() > std::string(kind).size();
  }
  return false;
}

class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)) {}

  absl::StatusOr<std::vector<KnownIdentity>> Read(const YAML::Node& root) {
    if (!root.IsMap() || root.size() != 1 || !root["identities"] ||
        !root["identities"].IsSequence() || root["identities"].size() == 0) {
      return Fail(root,
                  "The file has to hold a list `identities` and nothing "
                  "else.");
    }
    std::vector<KnownIdentity> identities;
    for (const YAML::Node& node : root["identities"]) {
      ASSIGN_OR_RETURN(KnownIdentity identity, ReadOne(node));
      RETURN_IF_ERROR(CheckNew(node, identity));
      identities.push_back(std::move(identity));
    }
    return identities;
  }

 private:
  absl::Status Fail(const YAML::Node& node, const std::string& sentence) const {
    return Error(
        Reason::kInvalidArgument,
        fmt::format("{}:{}: {}", name_, node.Mark().line + 1, sentence));
  }

  absl::StatusOr<KnownIdentity> ReadOne(const YAML::Node& node) const {
    if (!node.IsMap()) {
      return Fail(node, "An identity has to hold keys, as `name`.");
    }
    KnownIdentity identity;
    std::set<std::string> seen;
    for (const auto& entry : node) {
      const auto key = entry.first.as<std::string>();
      if (!seen.insert(key).second) {
        return Fail(entry.first, fmt::format("`{}` is there twice.", key));
      }
      RETURN_IF_ERROR(ReadKey(key, entry.first, entry.second, &identity));
    }
    if (identity.identity.name.empty() || identity.identity.roles.empty()) {
      return Fail(node, "An identity needs `name` and `roles`.");
    }
    if (!identity.token && identity.certificate.empty()) {
      return Fail(node, "An identity needs `token` or `certificate`.");
    }
    return identity;
  }

  absl::Status ReadKey(const std::string& key, const YAML::Node& at,
                       const YAML::Node& value, KnownIdentity* identity) const {
    if (key == "roles") return ReadRoles(at, value, &identity->identity.roles);
    const std::string text = value.IsScalar() ? value.Scalar() : "";
    if (key == "name") {
      if (!IsIdentityName(text) || IsReserved(text)) {
        return Fail(at,
                    "`name` has to be 1 to 64 letters, digits, `-` and "
                    "`_`, and not a name that burntind gives itself.");
      }
      identity->identity.name = text;
    } else if (key == "token") {
      absl::StatusOr<TokenHash> hash = TokenHash::Parse(text);
      if (!hash.ok()) return Fail(at, std::string(hash.status().message()));
      identity->token = *std::move(hash);
    } else if (key == "certificate") {
      if (!IsCertificateName(text)) {
        return Fail(at,
                    "`certificate` has to begin with dns:, uri:, email: or "
                    "subject:.");
      }
      identity->certificate = text;
    } else if (key == "expires") {
      identity->expire_time = EndOfDay(text);
      if (!identity->expire_time) {
        return Fail(at, "`expires` has to be a day, as in 2027-06-30.");
      }
    } else {
      return Fail(at, fmt::format("The key `{}` is unknown.", key));
    }
    return absl::OkStatus();
  }

  absl::Status ReadRoles(const YAML::Node& at, const YAML::Node& value,
                         RoleSet* roles) const {
    constexpr char kWanted[] =
        "`roles` has to be a list of submitter, reviewer and admin.";
    if (!value.IsSequence()) return Fail(at, kWanted);
    for (const YAML::Node& node : value) {
      const auto role = RoleByName(node.IsScalar() ? node.Scalar() : "");
      if (!role) return Fail(at, kWanted);
      roles->insert(*role);
    }
    return absl::OkStatus();
  }

  // One name or certificate must not stand for two.
  absl::Status CheckNew(const YAML::Node& at, const KnownIdentity& identity) {
    const std::string& certificate = identity.certificate;
    if (!names_.insert(identity.identity.name).second ||
        (!certificate.empty() && !certificates_.insert(certificate).second)) {
      return Fail(at, "An identity of this name or certificate stands above.");
    }
    return absl::OkStatus();
  }

  std::string name_;
  std::set<std::string> names_;
  std::set<std::string> certificates_;
};

}  // namespace

absl::StatusOr<std::vector<KnownIdentity>> ParseIdentities(
    std::string_view text, const std::string& name) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.size() == 1) return Reader(name).Read(documents.front());
    return Error(
        Reason::kInvalidArgument,
        fmt::format("{}:1: The file has to hold one YAML document.", name));
  } catch (const YAML::Exception& exception) {
    return Error(Reason::kInvalidArgument,
                 fmt::format("{}:{}: This is not valid YAML: {}.", name,
                             exception.mark.line + 1, exception.msg));
  }
}

absl::StatusOr<std::vector<KnownIdentity>> LoadIdentities(
    const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  struct stat info {};
  if (!file.is_open() || stat(path.c_str(), &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return Error(Reason::kInvalidArgument,
                 fmt::format("The identity file {} cannot be read. Check its "
                             "path and permissions.",
                             path));
  }
  if ((info.st_mode & S_IWOTH) != 0) {
    return Error(Reason::kInvalidArgument,
                 fmt::format("Everyone may write the identity file {}. Take "
                             "the right from others.",
                             path));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseIdentities(text.str(), path);
}

std::string IdentityEntry(const Identity& identity, const TokenHash& token) {
  std::string roles;
  for (const Role role : identity.roles) {
    roles += (roles.empty() ? "" : ", ") + RoleName(role);
  }
  return fmt::format("  - name: {}\n    roles: [{}]\n    token: {}\n",
                     identity.name, roles, token.ToString());
}

}  // namespace burntin
