// Series of single pictures, which arrive as objects of their own.
#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "detector/pipeline/inspection.h"
#include "detector/pipeline/series_memories.h"
#include "tests/detector/pipeline/drawn_parts.h"
#include "tests/testutil/shuffled_runner.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr float kPlain = 5;
constexpr int64_t kPlenty = int64_t{1} << 20;

// A site that looks at one object after the other.
class Site {
 public:
  explicit Site(bool compares = true, int64_t most_bytes = kPlenty)
      : memories_(most_bytes) {
    parts_ = {.runner = &runner_,
              .readers = {&reader_},
              .matcher = &matcher_,
              .part_readers = {&reader_}};
    if (compares) parts_.series = &memories_;
  }

  InstanceReport Inspect(DrawnObject& object) {
    return InspectObject(object, parts_, {}, /*findings_limit=*/100);
  }
  // Looks after the first ones find no text, and say that something there is
  // unread.
  void LeaveUnread(int seeing = 0, const Box& unread = kName.box) {
    reader_.seeing = seeing;
    reader_.blind = 1000;
    reader_.leaves_unread = true;
    reader_.unread = unread;
  }
  int full() const { return reader_.full; }

 private:
  ShuffledRunner runner_{/*seed=*/1, /*workers=*/1};
  const FakeMatcher matcher_;
  DrawnReader reader_{kPlain};
  SeriesMemories memories_;
  InspectionParts parts_;
};

DrawnObject Picture(const std::string& series) {
  DrawnObject object(/*frames=*/1);
  object.SetSeries(series);
  return object;
}

TEST(SeriesInspectionTest, StandingTextIsLookedAtOnceAndFoundOnEveryPicture) {
  Site site;
  for (int i = 0; i < 20; ++i) {
    DrawnObject object = Picture("1.2.3");
    object.Draw(0, 0, kName);
    const InstanceReport report = site.Inspect(object);
    EXPECT_EQ(report.verdict, Verdict::kIdentifying);
    ASSERT_THAT(report.findings, SizeIs(1));
    EXPECT_EQ(report.findings[0].box, kName.box);
    EXPECT_EQ(report.frames_inspected, 1);
  }
  EXPECT_EQ(site.full(), 1);
}

TEST(SeriesInspectionTest, EveryPictureHasAVerdictOfItsOwn) {
  Site site;
  for (const bool has_name : {false, true, false, false, true}) {
    DrawnObject object = Picture("1.2.3");
    if (has_name) object.Draw(0, 0, kName);
    const InstanceReport report = site.Inspect(object);
    EXPECT_EQ(report.verdict,
              has_name ? Verdict::kIdentifying : Verdict::kClear);
    EXPECT_THAT(report.findings, SizeIs(has_name ? 1 : 0));
  }
}

TEST(SeriesInspectionTest, AReportThatDependsOnPicturesBeforeIsNotRepeatable) {
  for (const bool compares : {true, false}) {
    Site site(compares);
    DrawnObject object = Picture("1.2.3");
    EXPECT_EQ(site.Inspect(object).repeatable, !compares);
  }
}

TEST(SeriesInspectionTest, EachPictureHasItsOwnDoubts) {
  for (const bool unread : {false, true}) {
    Site site;
    site.LeaveUnread();
    for (int i = 0; i < 8; ++i) {
      DrawnObject object = Picture("1.2.3");
      // On each somewhere else, so that it is new there.
      if (unread && i > 0) object.Draw(0, 0, {{8 + 20 * i, 60, 16, 12}, 150});
      site.Inspect(object);
    }
    // A cine has three.
    if (unread) {
      EXPECT_GT(site.full(), 1 + 3);
    } else {
      EXPECT_EQ(site.full(), 1);
    }
  }
}

// The next picture may show the line without the name.
TEST(SeriesInspectionTest, WhatNobodyCanReadIsLookedAtWhereANameStandsToo) {
  Site site;
  site.LeaveUnread(/*seeing=*/1, kScale.box);
  DrawnObject first = Picture("1.2.3");
  first.Draw(0, 0, kName);
  EXPECT_EQ(site.Inspect(first).verdict, Verdict::kIdentifying);
  DrawnObject second = Picture("1.2.3");
  second.Draw(0, 0, kName);
  second.Draw(0, 0, kScale);
  site.Inspect(second);
  EXPECT_EQ(site.full(), 2);
}

TEST(SeriesInspectionTest, OtherSeriesAndPatientsAreLookedAtInFull) {
  Site site;
  for (const char* series : {"1.2.3", "1.2.4", "", ""}) {
    DrawnObject object = Picture(series);
    site.Inspect(object);
  }
  DrawnObject of_another = Picture("1.2.3");
  of_another.AddIdentifier("PatientID", "4711");
  site.Inspect(of_another);
  EXPECT_EQ(site.full(), 5);
}

TEST(SeriesInspectionTest, ObjectsOfSeveralFramesAreNotCompared) {
  Site site;
  for (int i = 0; i < 3; ++i) {
    DrawnObject cine(/*frames=*/4);
    cine.SetSeries("1.2.3");
    site.Inspect(cine);
  }
  EXPECT_EQ(site.full(), 3);
}

TEST(SeriesInspectionTest, APictureOfAnotherShapeIsLookedAtInFull) {
  Site site;
  DrawnObject first = Picture("1.2.3");
  site.Inspect(first);
  DrawnObject odd = Picture("1.2.3");
  odd.picture(0) = FlatPicture(kColumns, kRows, kGround);
  for (int x = 30; x < 60; ++x) {
    odd.picture(0).pixels[size_t{50} * kRows + static_cast<size_t>(x)] = 255;
  }
  EXPECT_EQ(site.Inspect(odd).verdict, Verdict::kIdentifying);
}

TEST(SeriesInspectionTest, ADamagedPictureIsReportedAndTheNextIsInspected) {
  Site site;
  for (const bool damaged : {false, true, false}) {
    DrawnObject object = Picture("1.2.3");
    object.Draw(0, 0, kName);
    if (damaged) object.FailToDecode(0);
    const InstanceReport report = site.Inspect(object);
    EXPECT_EQ(report.verdict,
              damaged ? Verdict::kIndeterminate : Verdict::kIdentifying);
    EXPECT_EQ(report.frames_inspected, damaged ? 0 : 1);
  }
  EXPECT_EQ(site.full(), 2);
}

TEST(SeriesInspectionTest, WhatNothingCameForIsForgotten) {
  // One series has two pictures' bytes at most: of views, and of texts.
  Site site(/*compares=*/true, /*most_bytes=*/2 * kRows * kColumns);
  for (int round = 0; round < 2; ++round) {
    for (const char* series : {"1", "2", "3", "4"}) {
      DrawnObject object = Picture(series);
      object.Draw(0, 0, kName);
      EXPECT_EQ(site.Inspect(object).verdict, Verdict::kIdentifying);
    }
  }
  EXPECT_EQ(site.full(), 8);
}

// Up to one block of each word, none over another.
DrawnObject RandomPicture(std::mt19937& random) {
  const auto draw = [&](int count) {
    return static_cast<int>(random() % static_cast<unsigned>(count));
  };
  DrawnObject object = Picture("1.2.3");
  int lane = 0;
  for (const uint8_t grey : {uint8_t{255}, uint8_t{200}, uint8_t{150}}) {
    const int y = 40 * lane++ + draw(2) * 10;
    if (draw(3) == 0) continue;
    object.Draw(0, 0, {{draw(3) * 40, y, 20 + draw(2) * 20, 12}, grey});
  }
  return object;
}

TEST(SeriesInspectionTest, RandomSeriesAreReportedAsOneByOneInAnyOrder) {
  std::mt19937 random(1);
  for (int round = 0; round < 10; ++round) {
    std::vector<DrawnObject> pictures;
    std::vector<std::string> oracle;
    Site alone(/*compares=*/false);
    for (int i = 0; i < 30; ++i) {
      // Most look as the one before.
      pictures.push_back(i > 0 && random() % 4 > 0 ? pictures.back()
                                                   : RandomPicture(random));
      oracle.push_back(Describe(alone.Inspect(pictures.back())));
    }
    std::vector<size_t> order(pictures.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (int again = 0; again < 3; ++again) {
      Site site;
      for (const size_t at : order) {
        EXPECT_EQ(Describe(site.Inspect(pictures[at])), oracle[at]);
      }
      if (again == 0) {
        EXPECT_LT(site.full(), 20);
      }
      std::shuffle(order.begin(), order.end(), random);
    }
  }
}

TEST(SeriesInspectionTest, SeveralThreadsShareASeries) {
  SeriesMemories memories(kPlenty);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&memories] {
      ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
      const FakeMatcher matcher;
      DrawnReader reader(kPlain);
      const InspectionParts parts{.runner = &runner,
                                  .readers = {&reader},
                                  .matcher = &matcher,
                                  .part_readers = {&reader},
                                  .series = &memories};
      for (int picture = 0; picture < 30; ++picture) {
        DrawnObject object = Picture("1.2.3");
        object.Draw(0, 0, picture % 3 == 0 ? kName : kScale);
        EXPECT_EQ(
            InspectObject(object, parts, {}, /*findings_limit=*/100).verdict,
            picture % 3 == 0 ? Verdict::kIdentifying : Verdict::kClear);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(SeriesKeyTest, SaysNothingWithoutASeries) {
  Header header;
  header.identifiers.push_back({"PatientID", PhiText("4711")});
  EXPECT_THAT(SeriesKey(header), IsEmpty());
}

TEST(SeriesKeyTest, TellsPatientsButNotPicturesApart) {
  Header one;
  one.series_instance_uid = "1.2.3";
  one.identifiers = {{"PatientID", PhiText("4711")},
                     {"ContentTime", PhiText("101010")}};
  Header next = one;
  next.identifiers[1].value = PhiText("101011");
  EXPECT_EQ(SeriesKey(one), SeriesKey(next));
  next.identifiers[0].value = PhiText("4712");
  EXPECT_NE(SeriesKey(one), SeriesKey(next));
}

}  // namespace
}  // namespace burntin
