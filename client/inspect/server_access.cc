#include "client/inspect/server_access.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code ignored;
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open() || std::filesystem::is_directory(path, ignored)) {
    return Error(Reason::kInvalidArgument,
                 path + " cannot be read. Check its path and permissions.");
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsFor(
    const ServerAccess& access) {
  const bool has_certificate = !access.certificate_file.empty();
  if (has_certificate != !access.key_file.empty() ||
      (has_certificate && access.authorities_file.empty())) {
    return Error(Reason::kInvalidArgument,
                 "--tls-certificate, --tls-key and --tls-authorities need each "
                 "other. Give all three.");
  }
  if (access.authorities_file.empty()) {
    return grpc::InsecureChannelCredentials();
  }
  grpc::SslCredentialsOptions options;
  ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(access.authorities_file));
  if (has_certificate) {
    ASSIGN_OR_RETURN(options.pem_cert_chain, ReadFile(access.certificate_file));
    ASSIGN_OR_RETURN(options.pem_private_key, ReadFile(access.key_file));
  }
  return grpc::SslCredentials(options);
}

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  if (path.empty()) return std::string();
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::istringstream words(text);
  std::string token;
  std::string more;
  if (words >> token && !(words >> more)) return token;
  return Error(Reason::kInvalidArgument,
               path +
                   " does not hold one token. Write what burntind token "
                   "printed into it.");
}

}  // namespace burntin
