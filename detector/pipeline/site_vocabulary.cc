#include "detector/pipeline/site_vocabulary.h"

#include <fstream>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr size_t kMostBytes = size_t{1} << 20;

absl::Status Refused(const std::string& path, const std::string& why) {
  return Error(Reason::kInvalidArgument, path + ": " + why);
}

}  // namespace

absl::StatusOr<BenignVocabulary> LoadVocabulary(const std::string& path) {
  if (path.empty()) return BenignVocabulary(BuiltInBenignVocabulary());
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad() || (file.fail() && !file.eof())) {
    return Refused(path,
                   "The benign vocabulary cannot be read. Name a file that "
                   "this user may read.");
  }
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kMostBytes) {
    return Refused(path, "The benign vocabulary is larger than 1 MiB.");
  }
  absl::StatusOr<BenignVocabulary> vocabulary = BenignVocabulary::ForSite(text);
  if (!vocabulary.ok()) {
    return Refused(path, std::string(vocabulary.status().message()));
  }
  return vocabulary;
}

}  // namespace burntin
