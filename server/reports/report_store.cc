#include "server/reports/report_store.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace burntin {
namespace {

// What an entry takes beside its texts: nodes, pointers, an index.
constexpr int64_t kEntryBytes = 1024;

int64_t BytesOf(const StoredReport& stored) {
  int64_t bytes = kEntryBytes +
                  static_cast<int64_t>(stored.report.ByteSizeLong()) +
                  static_cast<int64_t>(stored.report.SpaceUsedLong());
  for (const AttributeRow& row : AttributeTable()) {
    for (const std::string& value : stored.facts.header.Values(row.attribute)) {
      bytes += static_cast<int64_t>(sizeof(value) + value.size());
    }
  }
  for (const KeptPicture& picture : stored.pictures) {
    bytes += static_cast<int64_t>(sizeof(picture) + 64 +
                                  picture.regions.size() * sizeof(int));
  }
  for (const VerdictReason& reason : stored.facts.assessment->reasons) {
    bytes += static_cast<int64_t>(sizeof(reason) + reason.message.size());
  }
  return bytes;
}

void RemoveWhatIdentifies(v1::InstanceReport* report) {
  report->clear_path();
  for (v1::Region& region : *report->mutable_regions()) region.clear_text();
}

// Whether `one` is to be preferred to `other` where either may count.
bool IsWorse(const InstanceAssessment& one, const InstanceAssessment& other) {
  const auto rank = [](const InstanceAssessment& assessment) {
    return std::tuple(!IsWhole(assessment), Severity(assessment.verdict),
                      assessment.risk);
  };
  return rank(one) > rank(other);
}

// Whether `next` says nothing that `known`, on the same bytes, did not say: it
// was cut off, say, or a decoder was.
bool IsLess(const InstanceAssessment& next, const InstanceAssessment& known) {
  return IsWhole(known) && !IsWhole(next) &&
         next.verdict == Verdict::kIndeterminate;
}

bool RulesTellApart(const InstanceFacts& one, const InstanceFacts& other) {
  return one.study_instance_uid != other.study_instance_uid ||
         !(one.header == other.header);
}

}  // namespace

void MemoryReportStore::Put(StoredReport report) {
  const std::string uid = report.facts.sop_instance_uid;
  if (uid.empty() || !report.facts.assessment) return;
  RemoveWhatIdentifies(&report.report);
  const int64_t bytes = BytesOf(report);
  auto kept = std::make_shared<const StoredReport>(std::move(report));
  MutexLock lock(&mutex_);
  for (const Entries::iterator entry : std::vector(by_uid_[uid])) {
    if (entry->report->sha256 != kept->sha256) continue;
    if (IsLess(*kept->facts.assessment, *entry->report->facts.assessment)) {
      return;
    }
    Forget(entry);
  }
  entries_.push_back({std::move(kept), bytes});
  by_uid_[uid].push_back(std::prev(entries_.end()));
  ++by_study_[entries_.back().report->facts.study_instance_uid][uid];
  bytes_ += bytes;
  while (bytes_ > most_bytes_ && !entries_.empty()) Forget(entries_.begin());
}

std::shared_ptr<const StoredReport> MemoryReportStore::Find(
    const std::string& sop_instance_uid, const std::string& sha256) const {
  MutexLock lock(&mutex_);
  const auto found = by_uid_.find(sop_instance_uid);
  if (found == by_uid_.end()) return nullptr;
  std::shared_ptr<const StoredReport> worst;
  for (const Entries::iterator entry : found->second) {
    const std::shared_ptr<const StoredReport>& one = entry->report;
    if (!sha256.empty() && one->sha256 != sha256) continue;
    if (worst && RulesTellApart(one->facts, worst->facts)) return nullptr;
    if (!worst || IsWorse(*one->facts.assessment, *worst->facts.assessment)) {
      worst = one;
    }
  }
  return worst;
}

std::set<std::string> MemoryReportStore::ObjectsOf(
    const std::string& study_instance_uid) const {
  MutexLock lock(&mutex_);
  std::set<std::string> objects;
  const auto found = by_study_.find(study_instance_uid);
  if (found == by_study_.end()) return objects;
  for (const auto& [uid, count] : found->second) objects.insert(uid);
  return objects;
}

int64_t MemoryReportStore::bytes() const {
  MutexLock lock(&mutex_);
  return bytes_;
}

void MemoryReportStore::Forget(Entries::iterator entry) {
  const std::string uid = entry->report->facts.sop_instance_uid;
  std::vector<Entries::iterator>& of_uid = by_uid_[uid];
  std::erase(of_uid, entry);
  if (of_uid.empty()) by_uid_.erase(uid);
  const auto study = by_study_.find(entry->report->facts.study_instance_uid);
  if (--study->second[uid] == 0) study->second.erase(uid);
  if (study->second.empty()) by_study_.erase(study);
  bytes_ -= entry->bytes;
  entries_.erase(entry);
}

}  // namespace burntin
