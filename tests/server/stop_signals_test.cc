#include "server/host/stop_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace burntin {
namespace {

using testing::ExitedWithCode;

class StopSignalsDeathTest : public testing::Test {
 protected:
  StopSignalsDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void StopAfter(int signal) {
  StopSignals signals;
  kill(getpid(), signal);
  signals.Wait();
}

TEST_F(StopSignalsDeathTest, OneSignalEndsTheWait) {
  EXPECT_EXIT(
      {
        StopAfter(SIGTERM);
        _exit(0);
      },
      ExitedWithCode(0), "");
  EXPECT_EXIT(
      {
        StopAfter(SIGINT);
        _exit(0);
      },
      ExitedWithCode(0), "");
}

void IgnoreTheFirst() {
  StopSignals signals;
  kill(getpid(), SIGTERM);
  signals.Wait();
  kill(getpid(), SIGTERM);
  while (true) pause();
}

TEST_F(StopSignalsDeathTest, ASecondSignalEndsTheProcessAtOnce) {
  EXPECT_EXIT(IgnoreTheFirst(), ExitedWithCode(1), "");
}

void StopAfterAStrangeSignal() {
  StopSignals signals;
  kill(getpid(), SIGUSR2);
  // Pending signals are taken in the order of their numbers, SIGUSR2 first.
  kill(getpid(), SIGTERM);
  signals.Wait();
}

TEST_F(StopSignalsDeathTest, ASignalThatMeansNothingDoesNotEndTheListener) {
  EXPECT_EXIT(
      {
        StopAfterAStrangeSignal();
        _exit(0);
      },
      ExitedWithCode(0), "");
}

void StopFromWithin() {
  StopSignals signals;
  signals.Stop();
  signals.Wait();
}

TEST_F(StopSignalsDeathTest, TheProcessMayStopItself) {
  EXPECT_EXIT(
      {
        StopFromWithin();
        _exit(0);
      },
      ExitedWithCode(0), "");
}

}  // namespace
}  // namespace burntin
