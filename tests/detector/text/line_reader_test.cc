#include "detector/text/line_reader.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "detector/text/line_geometry.h"
#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;

// What the detector says of a box, in [0, 1].
constexpr double kDoubtful = 0.8;
constexpr double kSure = 0.9;

// A picture that differs from itself in each orientation.
const Image kUpright = NoisePicture(20, 100, /*seed=*/1);

// kUpright without what is around its letters, as the quick reader is shown it
// first, with less and with more left out.
const Image kClose = Part(kUpright, {1, 2, 98, 16});
const Image kCloser = Part(kUpright, {2, 4, 96, 12});

FakeRecognizer::Answer Always(const std::string& text, double confidence) {
  return [=](const Image&) { return Read(text, confidence); };
}

// Reads the picture well as it is in kUpright, and poorly otherwise.
FakeRecognizer::Answer OnlyUpright() {
  return [](const Image& line) {
    return line == kUpright ? Read("SAMPLE", 0.95) : Read("31dWVS", 0.6);
  };
}

TextEngines Engines(FakeRecognizer::Answer first,
                    FakeRecognizer::Answer second) {
  TextEngines engines;
  // Sees that there is text, and no more.
  engines.quick_reader = std::make_unique<FakeRecognizer>(Always("?a", 0.4));
  engines.first_reader = std::make_unique<FakeRecognizer>(std::move(first));
  engines.second_reader = std::make_unique<FakeRecognizer>(std::move(second));
  return engines;
}

std::optional<LineReading> ReadWith(const Image& line,
                                    FakeRecognizer::Answer first,
                                    FakeRecognizer::Answer second) {
  TextEngines engines = Engines(std::move(first), std::move(second));
  return *ReadLine(line, kDoubtful, {}, Settles(), engines);
}

// The pictures that the first reader is shown of `line`.
int TriesWith(const Image& line, const LinePose& likeliest) {
  int tries = 0;
  TextEngines engines = Engines(
      [&](const Image& shown) -> absl::StatusOr<Reading> {
        ++tries;
        return OnlyUpright()(shown);
      },
      Always("", 0));
  const auto read = ReadLine(line, kDoubtful, {likeliest}, Settles(), engines);
  EXPECT_EQ((**read).readings[0].text.Reveal(), "SAMPLE");
  EXPECT_TRUE((**read).is_sure);
  return tries;
}

TEST(LikeliestPoseTest, SavesTheOtherTriesWhereItIsRight) {
  EXPECT_EQ(TriesWith(Turn(kUpright, 180), {}), 2);
  EXPECT_EQ(TriesWith(Turn(kUpright, 180), {.orientation = 180}), 1);
  EXPECT_EQ(TriesWith(Turn(kUpright, 270), {.orientation = 270}), 1);
  EXPECT_EQ(TriesWith(Mirror(kUpright), {.mirrored = true}), 1);
}

TEST(LikeliestPoseTest, CostsTriesAndNothingElseWhereItIsWrong) {
  for (const int orientation : {0, 90, 180, 270}) {
    for (const bool mirrored : {false, true}) {
      EXPECT_GE(TriesWith(kUpright, {orientation, mirrored}), 1);
      EXPECT_GE(TriesWith(Mirror(Turn(kUpright, 180)), {orientation, mirrored}),
                1);
    }
  }
}

TEST(LikeliestPoseTest, WhatReadsUpsideDownAsWellIsTriedBothWays) {
  TextEngines engines = Engines(
      [](const Image& shown) -> absl::StatusOr<Reading> {
        return shown == kUpright ? Read("1986-01-09", 0.97)
                                 : Read("60-10-9861", 0.9);
      },
      Always("", 0));
  const auto read = ReadLine(
      kUpright, kSure, {.likeliest = {.orientation = 180}}, Settles(), engines);
  EXPECT_EQ((**read).readings[0].text.Reveal(), "1986-01-09");
  EXPECT_EQ((**read).pose, LinePose());
}

class OrientationTest : public testing::TestWithParam<int> {};

TEST_P(OrientationTest, IsTheOneThatReadsBest) {
  const auto read =
      ReadWith(Turn(kUpright, GetParam()), OnlyUpright(), Always("", 0));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->pose.orientation, GetParam());
  EXPECT_EQ(read->readings[0].text.Reveal(), "SAMPLE");
}

TEST_P(OrientationTest, TheSecondReaderGetsTheUprightPicture) {
  const auto read =
      ReadWith(Turn(kUpright, GetParam()), OnlyUpright(), OnlyUpright());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->readings[1].text.Reveal(), "SAMPLE");
}

INSTANTIATE_TEST_SUITE_P(Quarters, OrientationTest,
                         testing::Values(0, 90, 180, 270),
                         testing::PrintToStringParamName());

Reading Nothing() { return Read("", 0); }

struct ReaderCase {
  std::string name;
  Reading first;
  Reading second;
  bool is_text;
};

TEST(LoneLetterTest, IsTextInABoxOfItsOwn) {
  const auto is_text = [](const Image& line, double confidence) {
    return ReadWith(line, Always("L", confidence), Always("", 0)).has_value();
  };
  EXPECT_TRUE(is_text(NoisePicture(20, 24, /*seed=*/1), 0.9));
  EXPECT_TRUE(is_text(NoisePicture(20, 44, /*seed=*/1), 0.9));
  EXPECT_FALSE(is_text(NoisePicture(20, 45, /*seed=*/1), 0.9));
  EXPECT_FALSE(is_text(NoisePicture(20, 24, /*seed=*/1), 0.89));
}

class IsItTextTest : public testing::TestWithParam<ReaderCase> {};

TEST_P(IsItTextTest, IsDecidedByWhatTheReadersSay) {
  const ReaderCase& tested = GetParam();
  const auto read = ReadWith(
      kUpright, [&](const Image&) { return tested.first; },
      [&](const Image&) { return tested.second; });
  EXPECT_EQ(read.has_value(), tested.is_text);
}

INSTANTIATE_TEST_SUITE_P(
    Readers, IsItTextTest,
    testing::Values(
        ReaderCase{"BothSure", Read("DOE", 0.9), Read("DOE", 0.9), true},
        ReaderCase{"FirstJustSureEnough", Read("AB", 0.65), Nothing(), true},
        ReaderCase{"FirstNotSureEnough", Read("AB", 0.64), Nothing(), false},
        ReaderCase{"ALetterInABoxForManyOfThem", Read("L", 0.99), Nothing(),
                   false},
        ReaderCase{"ALetterOfWhichItIsNot", Read("1", 0.89), Nothing(), false},
        ReaderCase{"SignsOnly", Read("--..", 0.99), Nothing(), false},
        ReaderCase{"Kanji", Read("山田", 0.7), Nothing(), true},
        ReaderCase{"TheSecondAloneAndSure", Nothing(), Read("DOE1", 0.8), true},
        ReaderCase{"TheSecondAloneAndUnsure", Nothing(), Read("DOE1", 0.79),
                   false},
        ReaderCase{"TheSecondAloneAndBrief", Nothing(), Read("DOE", 0.99),
                   false},
        ReaderCase{"Neither", Nothing(), Nothing(), false}),
    [](const auto& tested) { return tested.param.name; });

TEST(LineReaderTest, ALongBoxOfWhichTheDetectorIsSureIsKeptUnread) {
  TextEngines engines = Engines(Always("", 0), Always("~", 0.2));
  const auto read = *ReadLine(kUpright, kSure, {}, Settles(), engines);
  ASSERT_TRUE(read.has_value());
  for (const Reading& reading : read->readings) {
    EXPECT_LT(reading.confidence, 0.5);
  }
}

TEST(LineReaderTest, AShortBoxNeedsAReader) {
  TextEngines engines = Engines(Always("", 0), Always("", 0));
  const Image square = NoisePicture(20, 39, /*seed=*/2);
  EXPECT_FALSE((*ReadLine(square, kSure, {}, Settles(), engines)).has_value());
}

TEST_P(OrientationTest, AFilmSeenFromBehindIsRead) {
  const auto read = ReadWith(Turn(Mirror(kUpright), GetParam()), OnlyUpright(),
                             OnlyUpright());
  ASSERT_TRUE(read.has_value());
  for (const Reading& reading : read->readings) {
    EXPECT_EQ(reading.text.Reveal(), "SAMPLE");
  }
}

TEST(LineReaderTest, LettersOneBelowAnotherAreReadAsALine) {
  Image column = FlatPicture(130, 30, 10);
  int row = 8;
  for (const char* letter : {"D", "O", "E", "H"}) {
    DrawText(letter, 5, row, {.letter_rows = 20}, &column);
    row += 30;
  }
  const auto wide_only = [](const Image& line) {
    return line.columns == 4 * 30 ? Read("DOEH", 0.9) : Read("I", 0.3);
  };
  // As CutUpright leaves it, and as joined tiles do.
  for (const int turn : {90, 270, 0}) {
    const auto read = ReadWith(Turn(column, turn), wide_only, Always("", 0));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->readings[0].text.Reveal(), "DOEH");
    EXPECT_EQ(read->pose.orientation % 180, turn % 180);
  }
}

TEST(LineReaderTest, WhatTheFirstReadingSettlesIsReadOnce) {
  TextEngines engines = Engines(Always("DOE", 0.9), Always("DOE", 0.9));
  const Settles by_name = [](const Reading& reading) {
    return reading.text.Reveal() == "DOE";
  };
  EXPECT_EQ(
      (*ReadLine(kUpright, kDoubtful, {}, by_name, engines))->readings.size(),
      1U);
  const Settles by_none = [](const Reading&) { return false; };
  EXPECT_EQ(
      (*ReadLine(kUpright, kDoubtful, {}, by_none, engines))->readings.size(),
      3U);
}

// The readings of a line that the quick reader reads as "SAMPLE 47".
std::vector<std::string> QuicklyRead(const Reading& first,
                                     const Reading& second,
                                     const Settles& settles = Settles()) {
  TextEngines engines = Engines([&](const Image&) { return first; },
                                [&](const Image&) { return second; });
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([](const Image& line) {
        return line == kClose ? Read("SAMPLE 47", 0.98) : Read("", 0);
      });
  const auto read =
      *ReadLine(Turn(kUpright, 180), kDoubtful, {}, settles, engines);
  std::vector<std::string> texts;
  if (!read) return texts;
  for (const Reading& reading : read->readings) {
    texts.push_back(reading.text.Reveal());
  }
  return texts;
}

TEST(QuickReaderTest, WhatItReadsAndAnotherConfirmsIsNotReadAThirdTime) {
  EXPECT_THAT(QuicklyRead(Read("SAMPLE4T", 0.9), Read("third", 0.9)),
              ElementsAre("SAMPLE 47", "SAMPLE4T"));
}

// How many readings a line has that the quick reader reads as `quick`, where
// `before` was confirmed on another view.
size_t ReadingsAfter(const Reading& before, const Reading& quick) {
  TextEngines engines =
      Engines(Always("SAMPLE 47", 0.9), Always("SAMPLE 47", 0.9));
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([&](const Image&) { return quick; });
  return (*ReadLine(kUpright, kDoubtful,
                    {.likeliest = {}, .confirmed = {before}}, Settles(),
                    engines))
      ->readings.size();
}

TEST(QuickReaderTest, WhatWasConfirmedOnAnotherViewIsNotConfirmedAgain) {
  EXPECT_EQ(ReadingsAfter(Read("SAMPLE 47", 0.9), Read("SAMPLE 47", 0.9)), 1U);
  EXPECT_EQ(ReadingsAfter(Read("SAMPLE 4", 0.9), Read("SAMPLE 47", 0.9)), 2U);
  // It is not sure of what reads on its head as well.
  EXPECT_GT(ReadingsAfter(Read("1986-09-08", 0.9), Read("1986-09-08", 0.9)),
            1U);
}

TEST(QuickReaderTest, WhereTheFirstDisagreesTheSecondIsAskedToo) {
  EXPECT_THAT(QuicklyRead(Read("KVP 120", 0.9), Read("SAMPLE 47", 0.9)),
              ElementsAre("SAMPLE 47", "KVP 120", "SAMPLE 47"));
}

TEST(QuickReaderTest, WhatItSettlesAloneNobodyElseReads) {
  const Settles by_sample = [](const Reading& reading) {
    return reading.text.Reveal() == "SAMPLE 47";
  };
  EXPECT_THAT(QuicklyRead(Read("KVP", 0.9), Read("KVP", 0.9), by_sample),
              ElementsAre("SAMPLE 47"));
}

// What the quick reader makes of kUpright, alone, if it reads so.
Reading QuickReading(FakeRecognizer::Answer answer) {
  const Settles all = [](const Reading&) { return true; };
  TextEngines engines = Engines(Always("", 0), Always("SAMPLE 47", 0.95));
  engines.first_reader.reset();
  engines.quick_reader = std::make_unique<FakeRecognizer>(std::move(answer));
  const auto read = *ReadLine(kUpright, kSure, {}, all, engines);
  return read ? read->readings.front() : Reading{};
}

TEST(QuickReaderTest, WhatItIsNotSureOfItSeesWithMoreAndWithLessAround) {
  for (const Image& best : {kCloser, kUpright}) {
    const Reading reading = QuickReading([&](const Image& line) {
      return line == best     ? Read("SAMPLE 47", 0.97)
             : line == kClose ? Read("S4MPLE 47", 0.9)
                              : Read("", 0);
    });
    EXPECT_EQ(reading.text.Reveal(), "SAMPLE 47");
  }
}

TEST(QuickReaderTest, WhatItIsSureOfItSeesOnceMoreAsItIs) {
  int tries = 0;
  QuickReading([&](const Image&) {
    ++tries;
    return Read("SAMPLE 47", 0.97);
  });
  EXPECT_EQ(tries, 2);
}

TEST(QuickReaderTest, ABoxThatIsAboutSquareIsSeenWhole) {
  const Image letter = NoisePicture(30, 40, /*seed=*/2);
  std::vector<Image> shown;
  TextEngines engines = Engines(Always("H", 0.95), Always("H", 0.95));
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([&](const Image& line) {
        shown.push_back(line);
        return Read("H", 0.95);
      });
  ASSERT_THAT(ReadLine(letter, kSure, {}, Settles(), engines), IsOk());
  EXPECT_EQ(shown.at(0), letter);
}

TEST(QuickReaderTest, LettersOfAnUnknownScriptMayBeTurnedOnes) {
  TextEngines engines = Engines(Always("", 0), Always("", 0));
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([](const Image& line) {
        return line == Turn(kClose, 180)
                   ? Read("SAMPLE 47", 0.97)
                   : Read("\xEF\xBF\xBD\xEF\xBF\xBD 4S", 0.9);
      });
  const Settles all = [](const Reading&) { return true; };
  const auto read = *ReadLine(kUpright, kSure, {}, all, engines);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->readings.front().text.Reveal(), "SAMPLE 47");
  EXPECT_EQ(read->pose.orientation, 180);
}

TEST(QuickReaderTest, ALetterThatIsTheSameOnItsHeadIsReadTwice) {
  const Image letter = NoisePicture(30, 26, /*seed=*/3);
  TextEngines engines = Engines(
      [&](const Image& line) { return Read("H", line == letter ? 0.95 : 0.9); },
      Always("", 0));
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([&](const Image& line) {
        return Read("H", line == letter ? 0.9 : 0.95);
      });
  const auto read = *ReadLine(letter, kSure, {}, Settles(), engines);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->readings.back().recognizer, 0);
}

TEST(QuickReaderTest, WhatNobodyElseSeesIsNoText) {
  EXPECT_THAT(QuicklyRead(Nothing(), Nothing()), ElementsAre());
}

TEST(QuickReaderTest, WhereItSeesNothingOnlyTheOracleLooksFurther) {
  TextEngines engines = Engines(Always("SAMPLE", 0.95), Always("SAMPLE", 0.9));
  engines.quick_reader = std::make_unique<FakeRecognizer>(Always("", 0));
  constexpr double kLikely = 0.75;
  EXPECT_FALSE((*ReadLine(kUpright, kLikely, {}, Settles(), engines)));
  EXPECT_TRUE((*ReadLine(kUpright, kSure, {}, Settles(), engines)));
  engines.thorough = true;
  EXPECT_TRUE((*ReadLine(kUpright, kLikely, {}, Settles(), engines)));
}

TEST(QuickReaderTest, WhatItDoubtsIsOneMoreReadingOfTheSamePose) {
  TextEngines engines = Engines(Always("SAMPLE", 0.9), Always("SAMPLE", 0.9));
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([](const Image& line) {
        return line == kClose ? Read("S4MPL", 0.6) : Read("", 0);
      });
  const auto read = *ReadLine(kUpright, kDoubtful, {}, Settles(), engines);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->readings.size(), 3U);
  EXPECT_EQ(read->readings[2].text.Reveal(), "S4MPL");
  // The slower ones come first; each is told from the others.
  EXPECT_EQ(read->readings[0].recognizer, 1);
  EXPECT_EQ(read->readings[1].recognizer, 2);
  EXPECT_EQ(read->readings[2].recognizer, 0);
}

TEST(FewerReadersTest, WithoutAQuickOneTheOthersReadEveryLine) {
  TextEngines engines = Engines(Always("SAMPLE", 0.95), Always("SAMPLE", 0.9));
  engines.quick_reader.reset();
  const auto read = *ReadLine(kUpright, kDoubtful, {}, Settles(), engines);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->readings.size(), 2U);
  EXPECT_EQ(read->readings[0].recognizer, 1);
  EXPECT_EQ(read->readings[1].recognizer, 2);
}

// Readings of a line that the quick reader reads so, without a first reader.
std::vector<int> ReadersWithoutFirst(const Reading& quick,
                                     const Reading& second) {
  TextEngines engines =
      Engines(Always("", 0), [&](const Image&) { return second; });
  engines.first_reader.reset();
  engines.quick_reader =
      std::make_unique<FakeRecognizer>([&](const Image&) { return quick; });
  const auto read = *ReadLine(kUpright, kDoubtful, {}, Settles(), engines);
  std::vector<int> readers;
  if (!read) return readers;
  for (const Reading& reading : read->readings) {
    readers.push_back(reading.recognizer);
  }
  return readers;
}

TEST(FewerReadersTest, WithoutAFirstOneTheSecondConfirms) {
  EXPECT_THAT(
      ReadersWithoutFirst(Read("SAMPLE 47", 0.98), Read("SAMPLE 47", 0.9)),
      ElementsAre(0, 2));
}

TEST(FewerReadersTest, WithoutAFirstOneTheSecondDisagreesInTheOpen) {
  EXPECT_THAT(
      ReadersWithoutFirst(Read("SAMPLE 47", 0.98), Read("KVP 120 MA", 0.95)),
      ElementsAre(0, 2));
}

TEST(FewerReadersTest, WhatTheQuickOneDoubtsTheSecondReads) {
  EXPECT_THAT(ReadersWithoutFirst(Read("S4MPL", 0.6), Read("SAMPLE 47", 0.95)),
              ElementsAre(0, 2));
}

TEST(LineReaderTest, AWholeWordBeatsASurerLetter) {
  const auto read = ReadWith(
      kUpright,
      [](const Image& line) {
        return line == kUpright ? Read("SMITH JOHN", 0.8) : Read("H", 0.99);
      },
      Always("", 0));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->pose.orientation, 0);
}

TEST(LineReaderTest, AnEngineThatFailsFailsTheLine) {
  const FakeRecognizer::Answer fails =
      [](const Image&) -> absl::StatusOr<Reading> {
    return Error(Reason::kEngineFailed, "It failed.");
  };
  TextEngines first = Engines(fails, Always("DOE", 0.9));
  EXPECT_THAT(ReadLine(kUpright, kDoubtful, {}, Settles(), first),
              FailsWith(Reason::kEngineFailed));
  TextEngines quick = Engines(Always("DOE", 0.9), Always("DOE", 0.9));
  quick.quick_reader = std::make_unique<FakeRecognizer>(fails);
  EXPECT_THAT(ReadLine(kUpright, kDoubtful, {}, Settles(), quick),
              FailsWith(Reason::kEngineFailed));
  TextEngines second = Engines(Always("DOE", 0.9), fails);
  EXPECT_THAT(ReadLine(kUpright, kDoubtful, {}, Settles(), second),
              FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
