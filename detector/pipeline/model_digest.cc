#include "detector/pipeline/model_digest.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "detector/base/error.h"
#include "detector/pipeline/model_manifest.h"
#include "detector/text/file_digest.h"

namespace burntin {
namespace {

// As `uname -m` names it.
#if defined(__x86_64__)
constexpr char kArchitecture[] = "x86_64";
#elif defined(__aarch64__)
constexpr char kArchitecture[] = "aarch64";
#else
constexpr char kArchitecture[] = "";
#endif

// The digests that models/manifest.json promises, by the files' names.
std::map<std::string, std::string> PromisedDigests() {
  std::map<std::string, std::string> digests;
  const auto manifest = nlohmann::json::parse(kModelManifest);
  for (const auto& product : manifest.at("products")) {
    digests[product.at("name")] = product.at("sha256");
  }
  return digests;
}

}  // namespace

absl::StatusOr<std::vector<ModelVersion>> CheckModels(
    const std::string& directory, const std::vector<std::string>& files) {
  const std::map<std::string, std::string> digests = PromisedDigests();
  std::vector<ModelVersion> models;
  for (const std::string& file : files) {
    const auto promised = digests.find(file);
    if (promised == digests.end() ||
        Sha256OfFile(directory + "/" + file) != promised->second) {
      return Error(Reason::kModelNotLoaded,
                   "The model directory lacks a model, or holds another "
                   "version of it. Run models/fetch, or name the directory "
                   "that it filled.");
    }
    models.push_back({file, promised->second});
  }
  std::sort(models.begin(), models.end(),
            [](const ModelVersion& a, const ModelVersion& b) {
              return a.name < b.name;
            });
  return models;
}

std::optional<ModelVersion> PromisedOnnxRuntime() {
  const auto manifest = nlohmann::json::parse(kModelManifest);
  for (const auto& runtime : manifest.at("runtimes")) {
    if (runtime.at("architecture") != kArchitecture) continue;
    return ModelVersion{runtime.at("name"),
                        runtime.at("files").at(0).at("sha256")};
  }
  return std::nullopt;
}

}  // namespace burntin
