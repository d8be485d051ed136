#include "client/output/progress_meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace burntin {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ProgressMeterTest : public testing::Test {
 protected:
  ProgressMeter Make(bool terminal, int columns = 80) {
    return ProgressMeter(&out_,
                         {.terminal = terminal,
                          .columns = columns,
                          .files_total = 100,
                          .bytes_total = 100'000'000},
                         [this] { return now_; });
  }

  // What was drawn since the last call.
  std::string Drawn() {
    std::string drawn = out_.str();
    out_.str("");
    return drawn;
  }

  ProgressMeter::TimePoint now_{};
  std::ostringstream out_;
};

TEST_F(ProgressMeterTest, ABarShowsRateAndTimeLeft) {
  ProgressMeter meter = Make(/*terminal=*/true, /*columns=*/120);
  for (int i = 0; i < 25; ++i) meter.Add(1'000'000);
  now_ += seconds(5);
  meter.Tick();
  EXPECT_EQ(Drawn(),
            "\r\x1b[K[##########..............................]  25%  "
            "25/100 files  5.0 files/s  5.0 MB/s  0:15 left");
}

TEST_F(ProgressMeterTest, ABarIsRedrawnAtMostTenTimesASecond) {
  ProgressMeter meter = Make(true);
  int drawings = 0;
  for (int i = 0; i < 1000; ++i) {
    now_ += milliseconds(1);
    meter.Tick();
    if (!Drawn().empty()) ++drawings;
  }
  EXPECT_EQ(drawings, 10);
}

TEST_F(ProgressMeterTest, ABarNeverFillsTheLastColumn) {
  for (int columns = 1; columns <= 130; ++columns) {
    ProgressMeter meter = Make(true, columns);
    now_ += seconds(1);
    meter.Tick();
    EXPECT_LT(Drawn().size(), columns + std::string("\r\x1b[K").size());
  }
}

TEST_F(ProgressMeterTest, HidingTakesABarAwayOnce) {
  ProgressMeter meter = Make(true);
  now_ += seconds(1);
  meter.Tick();
  Drawn();
  meter.Hide();
  EXPECT_EQ(Drawn(), "\r\x1b[K");
  meter.Hide();
  EXPECT_EQ(Drawn(), "");
}

TEST_F(ProgressMeterTest, ElsewhereALineComesEveryFiveSeconds) {
  ProgressMeter meter = Make(/*terminal=*/false);
  now_ += seconds(4);
  meter.Tick();
  EXPECT_EQ(Drawn(), "");
  now_ += seconds(1);
  meter.Tick();
  const std::string line = Drawn();
  EXPECT_THAT(line, StartsWith("  0%  0/100 files"));
  EXPECT_THAT(line, Not(HasSubstr("\r")));
  EXPECT_EQ(line.back(), '\n');
}

TEST_F(ProgressMeterTest, WithoutProgressTheTimeLeftIsUnknown) {
  ProgressMeter meter = Make(false);
  now_ += seconds(5);
  meter.Tick();
  EXPECT_THAT(Drawn(), HasSubstr("-:-- left"));
}

TEST_F(ProgressMeterTest, TheRateForgetsWhatIsLongAgo) {
  ProgressMeter meter = Make(false);
  for (int second = 0; second < 10; ++second) {  // fast at first
    for (int i = 0; i < 5; ++i) meter.Add(0);
    now_ += seconds(1);
    meter.Tick();
  }
  for (int second = 0; second < 40; ++second) {  // then one a second
    meter.Add(0);
    now_ += seconds(1);
    Drawn();
    meter.Tick();
  }
  EXPECT_THAT(Drawn(), HasSubstr(" 1.0 files/s"));
}

}  // namespace
}  // namespace burntin
