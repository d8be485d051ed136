#include "detector/pipeline/fingerprint.h"

#include <cstdint>
#include <string_view>

#include "detector/text/file_digest.h"

namespace burntin {
namespace {

// Raise it when a report has to be another although nothing below changes.
constexpr int64_t kVersion = 1;

// Names and values, each with its length, so that no two lists are equal text.
class Facts {
 public:
  void Add(std::string_view name, std::string_view value) {
    text_ += name;
    text_ += " " + std::to_string(value.size()) + " ";
    text_ += value;
    text_ += "\n";
  }
  void Add(std::string_view name, int64_t value) {
    Add(name, std::to_string(value));
  }

  std::string Digest() const { return Sha256OfText(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string Fingerprint(const DetectorOptions& options,
                        const FingerprintParts& parts) {
  const bool knows_decoder =
      !options.decoder.isolated || !options.decoder.program_sha256.empty();
  if (parts.build.empty() || parts.language_data.empty() ||
      parts.data_dictionary.empty() || !knows_decoder) {
    return "";
  }
  Facts facts;
  facts.Add("fingerprint", kVersion);
  facts.Add("version", DetectorVersion());
  facts.Add("build", parts.build);
  facts.Add("decoder", options.decoder.program_sha256);
  for (const ModelVersion& model : parts.models) {
    facts.Add("model", model.name);
    facts.Add("sha256", model.sha256);
  }
  facts.Add("languages", options.languages);
  facts.Add("language data", parts.language_data);
  facts.Add("data dictionary", Sha256OfText(parts.data_dictionary));
  facts.Add("site vocabulary", parts.site_vocabulary);
  facts.Add("networks", static_cast<int64_t>(options.networks));
  facts.Add("thorough", options.thorough ? 1 : 0);
  facts.Add("compare with", static_cast<int64_t>(options.compare_with));
  facts.Add("file bytes", options.limits.file_bytes);
  facts.Add("pixels per frame", options.limits.pixels_per_frame);
  facts.Add("frames", options.limits.frames);
  facts.Add("findings", options.limits.findings);
  return facts.Digest();
}

}  // namespace burntin
