#include "detector/pipeline/series_memories.h"

#include <algorithm>
#include <iterator>

#include "detector/text/file_digest.h"

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
  std::string facts = header.series_instance_uid;
  for (const Identifier& identifier : header.identifiers) {
    if (!IsOfPatient(identifier)) continue;
    facts += '\0' + identifier.keyword + '\0' + identifier.value.Reveal();
  }
  return Sha256OfText(facts);
}

SeriesMemories::Loan SeriesMemories::Borrow(const std::string& key) {
  std::list<Idle> lent;
  {
    const MutexLock lock(&mutex_);
    const auto known =
        std::find_if(idle_.begin(), idle_.end(),
                     [&](const Idle& idle) { return idle.key == key; });
    if (known != idle_.end()) {
      bytes_ -= known->bytes;
      lent.splice(lent.begin(), idle_, known);
    }
  }
  if (lent.empty()) lent.push_back({.key = key, .memory = {}});
  return {this, std::move(lent)};
}

void SeriesMemories::TakeBack(std::list<Idle> lent) {
  Idle& idle = lent.front();
  idle.bytes = idle.memory.Bytes();
  // One that knows nothing is not kept, nor one that would push out all others.
  if (idle.bytes == 0 || idle.bytes > most_bytes_) return;
  idle.bytes += static_cast<int64_t>(sizeof(Idle) + idle.key.size());
  const MutexLock lock(&mutex_);
  bytes_ += idle.bytes;
  idle_.splice(idle_.begin(), lent);
  while (bytes_ > most_bytes_) {
    bytes_ -= idle_.back().bytes;
    idle_.pop_back();
  }
}

}  // namespace burntin
