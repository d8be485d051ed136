#include "detector/pipeline/series_memories.h"

#include <algorithm>
#include <iterator>

namespace burntin {
namespace {

// Of the patient. Broken archives have series of several.
constexpr const char* kOfPatient[] = {"PatientID", "PatientName",
                                      "PatientBirthDate"};

bool IsOfPatient(const Identifier& identifier) {
  return std::any_of(
      std::begin(kOfPatient), std::end(kOfPatient),
      [&](const char* keyword) { return identifier.keyword == keyword; });
}

}  // namespace

std::string SeriesKey(const Header& header) {
  if (header.series_instance_uid.empty()) return "";
  std::string key = header.series_instance_uid;
  for (const Identifier& identifier : header.identifiers) {
    if (!IsOfPatient(identifier)) continue;
    key += '\0' + identifier.keyword + '\0' + identifier.value.Reveal();
  }
  return key;
}

SeriesMemories::Loan SeriesMemories::Borrow(const std::string& key) {
  const MutexLock lock(&mutex_);
  const auto known =
      std::find_if(idle_.begin(), idle_.end(),
                   [&](const Idle& idle) { return idle.key == key; });
  if (known == idle_.end()) return {this, key, CineMemory()};
  CineMemory memory = std::move(known->memory);
  bytes_ -= known->bytes;
  idle_.erase(known);
  return {this, key, std::move(memory)};
}

void SeriesMemories::TakeBack(std::string key, CineMemory memory) {
  const int64_t bytes = memory.Bytes();
  if (bytes == 0) return;  // it knows nothing
  const MutexLock lock(&mutex_);
  idle_.push_front({std::move(key), std::move(memory), bytes});
  bytes_ += bytes;
  while (bytes_ > most_bytes_) {
    bytes_ -= idle_.back().bytes;
    idle_.pop_back();
  }
}

}  // namespace burntin
