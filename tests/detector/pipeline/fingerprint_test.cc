#include "detector/pipeline/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "detector/pipeline/build_identity.h"

namespace burntin {
namespace {

using ::testing::MatchesRegex;

struct Made {
  DetectorOptions options;
  FingerprintParts parts;
};

Made Example() {
  Made made;
  made.options.decoder.isolated = true;
  made.options.decoder.program_sha256 = "d";
  made.parts.build = "b";
  made.parts.language_data = "l";
  made.parts.data_dictionary = "(0010,0010) PN";
  made.parts.site_vocabulary = "[words]\nSONOX\n";
  made.parts.models = {{"a.onnx", "1"}, {"b.onnx", "2"}};
  return made;
}

std::string PrintOf(const Made& made) {
  return Fingerprint(made.options, made.parts);
}

struct ChangeCase {
  const char* name;
  std::function<void(Made*)> change;
};

class FingerprintChangeTest : public testing::TestWithParam<ChangeCase> {};

INSTANTIATE_TEST_SUITE_P(
    Part, FingerprintChangeTest,
    testing::Values(
        ChangeCase{"Build", [](Made* m) { m->parts.build = "c"; }},
        ChangeCase{"DecoderProgram",
                   [](Made* m) { m->options.decoder.program_sha256 = "e"; }},
        ChangeCase{"ModelDigest",
                   [](Made* m) { m->parts.models[1].sha256 = "3"; }},
        ChangeCase{"FurtherModelAsOfAnotherRuntime",
                   [](Made* m) {
                     m->parts.models.push_back({"libonnxruntime.so", "9"});
                   }},
        ChangeCase{"Languages",
                   [](Made* m) { m->options.languages = "eng+deu"; }},
        ChangeCase{"LanguageData",
                   [](Made* m) { m->parts.language_data = "m"; }},
        ChangeCase{"DataDictionary",
                   [](Made* m) { m->parts.data_dictionary += " 1"; }},
        ChangeCase{"Networks",
                   [](Made* m) { m->options.networks = NetworkChoice::kOwn; }},
        ChangeCase{"SiteVocabulary",
                   [](Made* m) { m->parts.site_vocabulary += "ROOM\n"; }},
        ChangeCase{"Thorough", [](Made* m) { m->options.thorough = true; }},
        ChangeCase{
            "CompareWith",
            [](Made* m) { m->options.compare_with = Comparison::kSeries; }},
        ChangeCase{"FileLimit",
                   [](Made* m) { --m->options.limits.file_bytes; }},
        ChangeCase{"PixelLimit",
                   [](Made* m) { --m->options.limits.pixels_per_frame; }},
        ChangeCase{"FrameLimit", [](Made* m) { --m->options.limits.frames; }},
        ChangeCase{"FindingsLimit",
                   [](Made* m) { --m->options.limits.findings; }}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(FingerprintChangeTest, MakesAnotherFingerprint) {
  Made made = Example();
  GetParam().change(&made);
  EXPECT_THAT(PrintOf(made), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_NE(PrintOf(made), PrintOf(Example()));
}

TEST(FingerprintTest, IsTheSameForTheSameParts) {
  EXPECT_THAT(PrintOf(Example()), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_EQ(PrintOf(Example()), PrintOf(Example()));
}

TEST(FingerprintTest, WhereFilesLieDoesNotCount) {
  Made made = Example();
  made.options.model_directory = "elsewhere";
  made.options.tessdata_directory = "elsewhere";
  made.options.benign_vocabulary_file = "elsewhere";
  EXPECT_EQ(PrintOf(made), PrintOf(Example()));
}

TEST(FingerprintTest, NothingRunsFromOnePartIntoTheNext) {
  Made made = Example();
  made.parts.models = {{"a.onnx", "1\nmodel 6 b.onnx\nsha256 1 2"}};
  EXPECT_NE(PrintOf(made), PrintOf(Example()));
}

TEST(FingerprintTest, WithoutAPartThatCountsThereIsNone) {
  for (const auto& forget :
       {+[](Made* m) { m->parts.build.clear(); },
        +[](Made* m) { m->parts.language_data.clear(); },
        +[](Made* m) { m->parts.data_dictionary.clear(); },
        +[](Made* m) { m->options.decoder.program_sha256.clear(); }}) {
    Made made = Example();
    forget(&made);
    EXPECT_EQ(PrintOf(made), "");
  }
}

TEST(FingerprintTest, DecodingInThisProcessNeedsNoProgram) {
  Made made = Example();
  made.options.decoder = {};
  EXPECT_THAT(PrintOf(made), MatchesRegex("[0-9a-f]{64}"));
}

TEST(BuildIdentityTest, IsKnownAndTheSameEachTime) {
  EXPECT_THAT(BuildIdentity(), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_EQ(BuildIdentity(), BuildIdentity());
}

}  // namespace
}  // namespace burntin
