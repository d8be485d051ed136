#include "detector/pipeline/model_digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "detector/base/error.h"
#include "detector/pipeline/model_manifest.h"

namespace burntin {
namespace {

bool IsModelFile(const std::filesystem::path& path) {
  return path.extension() == ".onnx" ||
         path.filename() == "text_recognizer_charset.txt";
}

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

// File names and digests that models/manifest.json promises.
std::vector<ModelVersion> PromisedModels() {
  std::vector<ModelVersion> models;
  const auto manifest = nlohmann::json::parse(kModelManifest);
  for (const auto& product : manifest.at("products")) {
    const std::string name = product.at("name");
    if (!IsModelFile(name)) continue;
    models.push_back({name, product.at("sha256")});
  }
  return models;
}

}  // namespace

absl::StatusOr<std::vector<ModelVersion>> CheckModels(
    const std::string& directory) {
  std::vector<ModelVersion> models = PromisedModels();
  for (const ModelVersion& model : models) {
    const std::filesystem::path path =
        std::filesystem::path(directory) / model.name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error) ||
        Sha256OfFile(path) != model.sha256) {
      return Error(Reason::kModelNotLoaded,
                   "The model directory lacks a model, or holds another "
                   "version of it. Run models/fetch, or name the directory "
                   "that it filled.");
    }
  }
  std::sort(models.begin(), models.end(),
            [](const ModelVersion& a, const ModelVersion& b) {
              return a.name < b.name;
            });
  return models;
}

}  // namespace burntin
