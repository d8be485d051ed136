#include "server/host/tls.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

absl::Status Fail(const std::string& path, const std::string& sentence) {
  return Error(Reason::kInvalidArgument, path + ": " + sentence);
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  struct stat info {};
  if (!file.is_open() || stat(path.c_str(), &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return Fail(path,
                "The file cannot be read. Check its path and "
                "permissions.");
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Bio Memory(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())),
          &BIO_free};
}

// The first certificate of a PEM text; null if there is none.
Certificate FirstCertificate(const std::string& text) {
  return {PEM_read_bio_X509(Memory(text).get(), nullptr, nullptr, nullptr),
          &X509_free};
}

// Never asks for a passphrase.
int NoPassphrase(char*, int, int, void*) { return -1; }

absl::Status CheckServer(const TlsFiles& files, const std::string& certificate,
                         const std::string& key) {
  const Certificate parsed = FirstCertificate(certificate);
  if (parsed == nullptr) {
    return Fail(files.certificate, "This is no certificate in PEM form.");
  }
  if (X509_cmp_current_time(X509_get0_notAfter(parsed.get())) < 0) {
    return Fail(files.certificate, "The certificate has expired. Renew it.");
  }
  const Key parsed_key(PEM_read_bio_PrivateKey(Memory(key).get(), nullptr,
                                               &NoPassphrase, nullptr),
                       &EVP_PKEY_free);
  if (parsed_key == nullptr) {
    return Fail(files.key,
                "This is no private key in PEM form, without a passphrase.");
  }
  if (X509_check_private_key(parsed.get(), parsed_key.get()) != 1) {
    return Fail(files.key, "The key is not that of the certificate.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeTlsCredentials(
    const TlsFiles& files) {
  ASSIGN_OR_RETURN(const std::string certificate, ReadFile(files.certificate));
  ASSIGN_OR_RETURN(const std::string key, ReadFile(files.key));
  struct stat info {};
  if (stat(files.key.c_str(), &info) != 0 || (info.st_mode & S_IRWXO) != 0) {
    return Fail(files.key,
                "Everyone may read the key. Take the right from "
                "others, as in chmod 640.");
  }
  RETURN_IF_ERROR(CheckServer(files, certificate, key));
  grpc::SslServerCredentialsOptions options(
      files.client_authorities.empty()
          ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
          : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({key, certificate});
  if (!files.client_authorities.empty()) {
    ASSIGN_OR_RETURN(options.pem_root_certs,
                     ReadFile(files.client_authorities));
    if (FirstCertificate(options.pem_root_certs) == nullptr) {
      return Fail(files.client_authorities,
                  "This is no certificate in PEM form.");
    }
  }
  return grpc::SslServerCredentials(options);
}

}  // namespace burntin
