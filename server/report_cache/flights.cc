#include "server/report_cache/flights.h"

#include <chrono>
#include <utility>

#include "absl/memory/memory.h"

namespace burntin {
namespace {

constexpr std::chrono::milliseconds kAskPeriod{100};

}  // namespace

Flights::Ticket::~Ticket() {
  if (!leads_) return;
  flights_->End(key_);
  {
    const std::lock_guard lock(flight_->mutex);
    flight_->landing = std::move(landing_);
  }
  flight_->landed.notify_all();
}

std::optional<Landing> Flights::Ticket::Await(
    const std::function<bool()>& cancelled) {
  std::unique_lock lock(flight_->mutex);
  while (!flight_->landing) {
    flight_->landed.wait_for(lock, kAskPeriod);
    if (flight_->landing) break;
    lock.unlock();
    const bool given_up = cancelled && cancelled();
    lock.lock();
    if (given_up) return std::nullopt;
  }
  return flight_->landing;
}

std::unique_ptr<Flights::Ticket> Flights::Join(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(key);
  if (found != open_.end()) {
    return absl::WrapUnique(
        new Ticket(this, key, found->second, /*leads=*/false));
  }
  // Known to others only once there is somebody who ends it.
  auto flight = std::make_shared<Flight>();
  const auto place = open_.emplace(key, flight).first;
  try {
    return absl::WrapUnique(new Ticket(this, key, flight, /*leads=*/true));
  } catch (...) {
    open_.erase(place);
    throw;
  }
}

void Flights::End(const std::string& key) {
  const std::lock_guard lock(mutex_);
  open_.erase(key);
}

}  // namespace burntin
