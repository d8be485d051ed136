#include "detector/pipeline/site_vocabulary.h"

#include <fstream>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kMostBytes = size_t{1} << 20;

absl::Status Refused(const std::string& path, const std::string& why) {
  return Error(Reason::kInvalidArgument, path + ": " + why);
}

}  // namespace

absl::StatusOr<BenignVocabulary> LoadVocabulary(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadVocabularyText(path));
  return MakeVocabulary(path, text);
}

absl::StatusOr<std::string> ReadVocabularyText(const std::string& path) {
  if (path.empty()) return std::string();
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
  return text;
}

absl::StatusOr<BenignVocabulary> MakeVocabulary(const std::string& path,
                                                const std::string& text) {
  if (path.empty()) return BenignVocabulary(BuiltInBenignVocabulary());
  absl::StatusOr<BenignVocabulary> vocabulary = BenignVocabulary::ForSite(text);
  if (!vocabulary.ok()) {
    return Refused(path, std::string(vocabulary.status().message()));
  }
  return vocabulary;
}

}  // namespace burntin
