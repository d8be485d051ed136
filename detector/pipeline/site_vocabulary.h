// Reads a site's own benign vocabulary. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_SITE_VOCABULARY_H_
#define BURNTIN_DETECTOR_PIPELINE_SITE_VOCABULARY_H_

#include <string>

#include "absl/status/statusor.h"
#include "detector/phi/benign_vocabulary.h"

namespace burntin {

// The built-in vocabulary with that of the file at `path`; the built-in one
// alone when `path` is empty. INVALID_ARGUMENT, beginning with the path and,
// where one is to blame, naming the line: for a file that cannot be read or is
// larger than a mebibyte, and for what BenignVocabulary::ForSite refuses.
absl::StatusOr<BenignVocabulary> LoadVocabulary(const std::string& path);

// The two halves of that: the file's text, which is empty when `path` is, and
// what it means.
absl::StatusOr<std::string> ReadVocabularyText(const std::string& path);
absl::StatusOr<BenignVocabulary> MakeVocabulary(const std::string& path,
                                                const std::string& text);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_SITE_VOCABULARY_H_
