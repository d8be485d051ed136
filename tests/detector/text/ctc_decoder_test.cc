#include "detector/text/ctc_decoder.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::vector<std::string> kCharacters = {"", "m", "n", "1", " "};
constexpr size_t kClasses = 5;

using Steps = std::vector<std::vector<float>>;

// Each part's steps, one after the other.
Reading Decode(const std::vector<Steps>& parts) {
  CtcDecoder decoder(kCharacters);
  for (const Steps& steps : parts) {
    std::vector<float> values;
    for (const auto& step : steps) {
      EXPECT_EQ(step.size(), kClasses);
      values.insert(values.end(), step.begin(), step.end());
    }
    EXPECT_TRUE(decoder.Add(values.data(), static_cast<int64_t>(steps.size())));
  }
  return decoder.Result();
}

const std::vector<float> kNone = {1, 0, 0, 0, 0};
const std::vector<float> kM = {0, 1, 0, 0, 0};

TEST(CtcDecoderTest, EqualClassesInARowAreOneCharacter) {
  const Reading reading = Decode({{kM, kM, kNone, kM}});
  EXPECT_EQ(reading.text.Reveal(), "mm");
  EXPECT_EQ(reading.confidence, 1);
  EXPECT_THAT(reading.alternatives, IsEmpty());
}

TEST(CtcDecoderTest, NothingIsReadWhereNoCharacterIsLikeliest) {
  const Reading reading = Decode({{kNone, {0.7F, 0.3F, 0, 0, 0}}});
  EXPECT_EQ(reading.text.Reveal(), "");
  EXPECT_EQ(reading.confidence, 0);
  EXPECT_THAT(reading.alternatives, IsEmpty());
}

TEST(CtcDecoderTest, ConfidenceIsTheMeanOfTheCharacters) {
  const Reading reading =
      Decode({{{0, 0.9F, 0.1F, 0, 0}, kNone, {0, 0, 0.3F, 0.7F, 0}}});
  EXPECT_EQ(reading.text.Reveal(), "m1");
  EXPECT_NEAR(reading.confidence, 0.8, 1e-6);
}

TEST(CtcDecoderTest, AlternativesHaveTheirProbabilityOverTheLikeliest) {
  const Reading reading =
      Decode({{{0, 0.8F, 0.2F, 0, 0}, kNone, {0, 0, 0.1F, 0.9F, 0}}});
  ASSERT_THAT(reading.alternatives, SizeIs(3));
  EXPECT_EQ(reading.alternatives[0].text.Reveal(), "n1");
  EXPECT_NEAR(reading.alternatives[0].share, 0.2 / 0.8, 1e-6);
  EXPECT_EQ(reading.alternatives[1].text.Reveal(), "mn");
  EXPECT_NEAR(reading.alternatives[1].share, 0.1 / 0.9, 1e-6);
  EXPECT_EQ(reading.alternatives[2].text.Reveal(), "nn");
}

TEST(CtcDecoderTest, ACharacterMoreOrLessIsAnAlternative) {
  // "mm", or "mmn" with a last letter that may be none.
  const Reading reading =
      Decode({{kM, kNone, kM, {0.4F, 0, 0.6F, 0, 0}, kNone}});
  EXPECT_EQ(reading.text.Reveal(), "mmn");
  ASSERT_THAT(reading.alternatives, SizeIs(1));
  EXPECT_EQ(reading.alternatives[0].text.Reveal(), "mm");
  EXPECT_NEAR(reading.alternatives[0].share, 0.4 / 0.6, 1e-6);
}

TEST(CtcDecoderTest, PathsOfOneTextAddUp) {
  // No single path of "" is likelier than that of "m", but of all paths of "m"
  // together the text is far likelier.
  const Reading reading =
      Decode({{{0.6F, 0.4F, 0, 0, 0}, {0.6F, 0.4F, 0, 0, 0}, kNone, kM}});
  EXPECT_EQ(reading.text.Reveal(), "m");
  ASSERT_THAT(reading.alternatives, SizeIs(1));
  // "m" from the first two steps: three paths of 0.4 * 0.6, 0.6 * 0.4 and
  // 0.4 * 0.4 against the one of 0.6 * 0.6 without it.
  EXPECT_EQ(reading.alternatives[0].text.Reveal(), "mm");
  EXPECT_NEAR(reading.alternatives[0].share, 1, 1e-6);
}

TEST(CtcDecoderTest, PartsFollowEachOtherWithABreak) {
  const Reading reading = Decode({{kM}, {kM, {0, 0, 0.5F, 0.4F, 0.1F}}});
  EXPECT_EQ(reading.text.Reveal(), "mmn");
  ASSERT_THAT(reading.alternatives, SizeIs(2));
  EXPECT_EQ(reading.alternatives[0].text.Reveal(), "mm1");
  EXPECT_EQ(reading.alternatives[1].text.Reveal(), "mm ");
}

TEST(CtcDecoderTest, UnlikelyTextsAreNoAlternatives) {
  EXPECT_THAT(Decode({{{0, 0.995F, 0.0049F, 0, 0}}}).alternatives, IsEmpty());
}

TEST(CtcDecoderTest, LongLinesKeepTheirAlternatives) {
  Steps steps;
  for (int i = 0; i < 2000; ++i) {
    steps.push_back({0, 0.6F, 0.2F, 0.1F, 0.1F});
    steps.push_back(kNone);
  }
  const Reading reading = Decode({steps});
  EXPECT_EQ(reading.text.Reveal(), std::string(2000, 'm'));
  EXPECT_THAT(reading.alternatives, testing::Not(IsEmpty()));
  EXPECT_NEAR(reading.alternatives[0].share, 1.0 / 3, 1e-6);
}

TEST(CtcDecoderTest, AStepWithoutAnyProbabilityIsAnError) {
  CtcDecoder decoder(kCharacters);
  const std::vector<float> values(kClasses, 0);
  EXPECT_FALSE(decoder.Add(values.data(), 1));
}

}  // namespace
}  // namespace burntin
