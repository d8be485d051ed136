#include "server/identity/token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr std::string_view kPrefix = "scrypt$14,8,1$";
constexpr uint64_t kCost = 1 << 14;
constexpr uint64_t kBlockSize = 8;
constexpr uint64_t kParallelism = 1;
constexpr uint64_t kMaxMemoryBytes = 64 << 20;
constexpr size_t kSaltBytes = 16;
constexpr size_t kHashBytes = 32;
constexpr size_t kSecretBytes = 32;
constexpr char kDigits[] = "0123456789abcdef";

std::string ToHex(const std::string& bytes) {
  std::string hex;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += {kDigits[value >> 4], kDigits[value & 15]};
  }
  return hex;
}

// Nothing unless `hex` is exactly `size` bytes in lower-case digits.
std::optional<std::string> FromHex(std::string_view hex, size_t size) {
  const std::string_view digits = kDigits;
  if (hex.size() != 2 * size) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < hex.size(); i += 2) {
    const size_t high = digits.find(hex[i]);
    const size_t low = digits.find(hex[i + 1]);
    if (high == digits.npos || low == digits.npos) return std::nullopt;
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

unsigned char* Bytes(std::string* text) {
  return reinterpret_cast<unsigned char*>(text->data());
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// A server without random numbers or hashes must not go on.
void Require(int succeeded) {
  if (succeeded != 1) std::abort();
}

std::string RandomBytes(size_t size) {
  std::string bytes(size, '\0');
  Require(RAND_bytes(Bytes(&bytes), static_cast<int>(size)));
  return bytes;
}

std::string Scrypt(const std::string& secret, const std::string& salt) {
  std::string hash(kHashBytes, '\0');
  Require(EVP_PBE_scrypt(secret.data(), secret.size(), Bytes(salt), salt.size(),
                         kCost, kBlockSize, kParallelism, kMaxMemoryBytes,
                         Bytes(&hash), hash.size()));
  return hash;
}

}  // namespace

bool IsIdentityName(std::string_view name) {
  constexpr char kAllowed[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

std::optional<Token> ParseToken(std::string_view text) {
  const size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view name = text.substr(0, dot);
  const std::string_view secret = text.substr(dot + 1);
  if (!IsIdentityName(name) || !FromHex(secret, kSecretBytes)) {
    return std::nullopt;
  }
  return Token{std::string(name), std::string(secret)};
}

absl::StatusOr<TokenHash> TokenHash::Parse(std::string_view text) {
  const size_t salt_end = kPrefix.size() + 2 * kSaltBytes;
  if (text.substr(0, kPrefix.size()) == kPrefix && text.size() > salt_end &&
      text[salt_end] == '$') {
    auto salt =
        FromHex(text.substr(kPrefix.size(), 2 * kSaltBytes), kSaltBytes);
    auto hash = FromHex(text.substr(salt_end + 1), kHashBytes);
    if (salt && hash) return TokenHash(*std::move(salt), *std::move(hash));
  }
  return Error(Reason::kInvalidArgument,
               "This is no token's hash. Make a token and its hash with "
               "burntind token.");
}

TokenHash TokenHash::Of(const std::string& secret) {
  std::string salt = RandomBytes(kSaltBytes);
  std::string hash = Scrypt(secret, salt);
  return {std::move(salt), std::move(hash)};
}

bool TokenHash::Matches(const std::string& secret) const {
  return SameBytes(Scrypt(secret, salt_), hash_);
}

std::string TokenHash::ToString() const {
  return std::string(kPrefix) + ToHex(salt_) + "$" + ToHex(hash_);
}

std::string RandomSecret() { return ToHex(RandomBytes(kSecretBytes)); }

std::string KeyedDigest(const std::string& key, std::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  Require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
               Bytes(text), text.size(), Bytes(&digest), &size) != nullptr);
  digest.resize(size);
  return digest;
}

bool SameBytes(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace burntin
