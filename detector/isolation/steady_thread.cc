#include "detector/isolation/steady_thread.h"

namespace burntin {

SteadyThread::~SteadyThread() {
  {
    MutexLock lock(&mutex_);
    ending_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

void SteadyThread::Run(const std::function<void()>& work) {
  MutexLock turn(&turn_);
  MutexLock lock(&mutex_);
  work_ = &work;
  changed_.NotifyAll();
  while (work_ != nullptr) changed_.Wait(&mutex_);
}

void SteadyThread::Loop() {
  MutexLock lock(&mutex_);
  while (true) {
    while (work_ == nullptr && !ending_) changed_.Wait(&mutex_);
    if (work_ == nullptr) return;
    (*work_)();
    work_ = nullptr;
    changed_.NotifyAll();
  }
}

}  // namespace burntin
