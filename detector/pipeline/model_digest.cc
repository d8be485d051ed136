#include "detector/pipeline/model_digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "detector/base/error.h"

namespace burntin {
namespace {

std::string Sha256OfFile(const std::filesystem::path& path) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::ifstream file(path, std::ios::binary);
  std::array<char, 1 << 16> buffer;
  do {
    file.read(buffer.data(), buffer.size());
    EVP_DigestUpdate(context.get(), buffer.data(),
                     static_cast<size_t>(file.gcount()));
  } while (file);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += fmt::format("{:02x}", digest[i]);
  }
  return hex;
}

bool IsModelFile(const std::filesystem::path& path) {
  return path.extension() == ".onnx" ||
         path.filename() == "text_recognizer_charset.txt";
}

}  // namespace

absl::StatusOr<std::vector<ModelVersion>> DigestModels(
    const std::string& directory) {
  std::vector<ModelVersion> models;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(directory, error)) {
    if (!entry.is_regular_file(error) || !IsModelFile(entry.path())) continue;
    models.push_back(
        {entry.path().filename().string(), Sha256OfFile(entry.path())});
  }
  if (models.empty()) {
    return Error(Reason::kModelNotLoaded,
                 "The model directory holds no models. Run models/fetch, or "
                 "name the directory that it filled.");
  }
  std::sort(models.begin(), models.end(),
            [](const ModelVersion& a, const ModelVersion& b) {
              return a.name < b.name;
            });
  return models;
}

}  // namespace burntin
