#include "client/inspect/outbox.h"

#include <algorithm>
#include <utility>

namespace burntin {

Outbox::Outbox(size_t count, size_t max_in_flight, int max_attempts)
    : max_in_flight_(max_in_flight), max_attempts_(max_attempts) {
  for (size_t i = 0; i < count; ++i) waiting_.insert(waiting_.end(), i);
}

bool Outbox::IsSuspect(size_t object) const {
  return broken_attempts_.contains(object);
}

std::optional<size_t> Outbox::Next(TimePoint now) {
  if (waiting_.empty() || in_flight_.size() >= max_in_flight_) {
    return std::nullopt;
  }
  const size_t object = *waiting_.begin();
  const bool alone =
      IsSuspect(object) ||
      std::any_of(in_flight_.begin(), in_flight_.end(),
                  [&](const auto& flight) { return IsSuspect(flight.first); });
  if (alone && !in_flight_.empty()) return std::nullopt;
  waiting_.erase(waiting_.begin());
  in_flight_.emplace(object, now);
  return object;
}

bool Outbox::Finish(size_t object) {
  broken_attempts_.erase(object);
  return in_flight_.erase(object) > 0;
}

std::vector<size_t> Outbox::Break() {
  std::vector<size_t> given_up;
  for (const auto& [object, sent] : std::exchange(in_flight_, {})) {
    if (++broken_attempts_[object] < max_attempts_) {
      waiting_.insert(object);
    } else {
      broken_attempts_.erase(object);
      given_up.push_back(object);
    }
  }
  return given_up;
}

void Outbox::Interrupt() {
  for (const auto& [object, sent] : in_flight_) waiting_.insert(object);
  in_flight_.clear();
}

std::vector<size_t> Outbox::GiveUpInFlight() {
  std::vector<size_t> objects;
  for (const auto& [object, sent] : in_flight_) objects.push_back(object);
  in_flight_.clear();
  return objects;
}

std::vector<size_t> Outbox::GiveUp() {
  Interrupt();
  const std::set<size_t> objects = std::exchange(waiting_, {});
  return {objects.begin(), objects.end()};
}

std::optional<size_t> Outbox::SentBefore(TimePoint limit) const {
  const auto oldest = std::min_element(
      in_flight_.begin(), in_flight_.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  if (oldest == in_flight_.end() || oldest->second >= limit) {
    return std::nullopt;
  }
  return oldest->first;
}

}  // namespace burntin
