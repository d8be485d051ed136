#include "client/models/find_models.h"

#include <filesystem>
#include <system_error>

#include "detector/base/error.h"

namespace burntin {
namespace {

namespace fs = std::filesystem;

bool IsFolder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::string AboveExecutable(const fs::path& executable) {
  for (fs::path folder = executable.parent_path();;
       folder = folder.parent_path()) {
    const fs::path candidate = folder / "models" / "cache";
    if (IsFolder(candidate)) return candidate.string();
    if (!folder.has_relative_path()) return "";
  }
}

absl::StatusOr<std::string> Given(const std::string& path) {
  if (IsFolder(path)) return path;
  return Error(Reason::kModelNotLoaded,
               "There is no folder with models at '" + path +
                   "'. Check --models and BURNTIN_MODELS.");
}

}  // namespace

absl::StatusOr<std::string> FindModels(const ModelPlaces& places) {
  if (!places.asked_for.empty()) return Given(places.asked_for);
  if (!places.environment.empty()) return Given(places.environment);
  const std::string above = AboveExecutable(places.executable);
  if (!above.empty()) return above;
  if (IsFolder(places.installed)) return places.installed;
  return Error(Reason::kModelNotLoaded,
               "The models were not found. Fetch them with models/fetch, or "
               "name their folder with --models or BURNTIN_MODELS.");
}

}  // namespace burntin
