#include "server/host/stop_signals.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>

namespace burntin {
namespace {

// Wakes the listener, so that it sees that it may end. One that comes from
// outside is ignored.
constexpr int kWake = SIGUSR2;

sigset_t HandledSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, kWake);
  return signals;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t signals = HandledSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  listener_ = std::thread([this] { Listen(); });
}

StopSignals::~StopSignals() {
  ended_ = true;
  pthread_kill(listener_.native_handle(), kWake);
  listener_.join();
}

void StopSignals::Listen() {
  const sigset_t signals = HandledSignals();
  int received = 0;
  bool asked_before = false;
  while (sigwait(&signals, &received) == 0 && !ended_) {
    if (received == kWake) continue;
    if (asked_before) _exit(1);
    asked_before = true;
    Stop();
  }
}

void StopSignals::Wait() {
  MutexLock lock(&mutex_);
  while (!stop_) changed_.Wait(&mutex_);
}

void StopSignals::Stop() {
  MutexLock lock(&mutex_);
  stop_ = true;
  changed_.NotifyAll();
}

}  // namespace burntin
