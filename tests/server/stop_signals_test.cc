#include "server/host/stop_signals.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <thread>

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

// As libraries that start threads while they are loaded do.
void StopBesideAnOlderThread() {
  std::thread older([] {
    while (true) pause();
  });
  StopSignals signals;
  pthread_kill(older.native_handle(), SIGTERM);
  signals.Wait();
  _exit(0);
}

TEST_F(StopSignalsDeathTest, AThreadThatWasThereBeforeMayTakeTheSignal) {
  EXPECT_EXIT(StopBesideAnOlderThread(), ExitedWithCode(0), "");
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
