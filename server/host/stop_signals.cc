#include "server/host/stop_signals.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include <csignal>

namespace burntin {
namespace {

// Counts the signals that came. Handlers may count on nothing else, and may
// still run once the object is gone.
sem_t came;

void Count(int) { sem_post(&came); }

sigset_t HandledSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Threads that libraries start when they are loaded, as OpenBLAS does, do not
// block the signals. A signal that one of them takes is counted as well.
void HandleInAnyThread() {
  struct sigaction action = {};
  action.sa_handler = Count;
  action.sa_flags = SA_RESTART;
  action.sa_mask = HandledSignals();
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

}  // namespace

StopSignals::StopSignals() {
  sem_init(&came, /*pshared=*/0, /*value=*/0);
  const sigset_t signals = HandledSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  HandleInAnyThread();
  listener_ = std::thread([this] { Listen(); });
}

StopSignals::~StopSignals() {
  ended_ = true;
  sem_post(&came);
  listener_.join();
}

void StopSignals::Listen() {
  const sigset_t signals = HandledSignals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  bool asked_before = false;
  while (true) {
    if (sem_wait(&came) != 0) continue;  // a handler ran
    if (ended_) return;
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
