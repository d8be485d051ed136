#include "detector/text/file_digest.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <vector>

namespace burntin {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 18;

std::string Hexadecimal(const unsigned char* bytes, unsigned int size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }

  void Add(const char* bytes, size_t size) {
    EVP_DigestUpdate(context_.get(), bytes, size);
  }

  std::string Finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    return Hexadecimal(digest.data(), size);
  }

 private:
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string Sha256OfText(std::string_view text) {
  Hasher hasher;
  hasher.Add(text.data(), text.size());
  return hasher.Finish();
}

std::string Sha256OfDescriptor(int file_descriptor) {
  Hasher hasher;
  std::vector<char> chunk(kChunkBytes);
  off_t position = 0;
  while (true) {
    const ssize_t size =
        pread(file_descriptor, chunk.data(), chunk.size(), position);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return "";
    if (size == 0) break;
    hasher.Add(chunk.data(), static_cast<size_t>(size));
    position += size;
  }
  return hasher.Finish();
}

std::string Sha256OfFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return "";
  std::string digest = Sha256OfDescriptor(file);
  close(file);
  return digest;
}

}  // namespace burntin
