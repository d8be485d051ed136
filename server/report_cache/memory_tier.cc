#include "server/report_cache/memory_tier.h"

#include <iterator>

namespace burntin {
namespace {

int64_t BytesOf(const std::string& record) {
  return static_cast<int64_t>(record.size()) + MemoryTier::kBytesBeside;
}

}  // namespace

std::optional<std::string> MemoryTier::Find(const std::string& key) {
  MutexLock lock(&mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  entries_.splice(entries_.end(), entries_, found->second);
  return found->second->record;
}

void MemoryTier::Put(const std::string& key, const std::string& record) {
  MutexLock lock(&mutex_);
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) Forget(found->second);
  if (BytesOf(record) > most_bytes_) return;
  entries_.push_back({key, record});
  by_key_[key] = std::prev(entries_.end());
  ++counts_.reports;
  counts_.bytes += BytesOf(record);
  while (counts_.bytes > most_bytes_) {
    Forget(entries_.begin());
    ++counts_.evicted;
  }
}

void MemoryTier::Remove(const std::string& key) {
  MutexLock lock(&mutex_);
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) Forget(found->second);
}

TierCounts MemoryTier::counts() const {
  MutexLock lock(&mutex_);
  return counts_;
}

void MemoryTier::Forget(Entries::iterator entry) {
  --counts_.reports;
  counts_.bytes -= BytesOf(entry->record);
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace burntin
