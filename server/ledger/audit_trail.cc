#include "server/ledger/audit_trail.h"

#include <google/protobuf/util/time_util.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"

namespace burntin {
namespace {

using Json = nlohmann::ordered_json;
using google::protobuf::util::TimeUtil;

constexpr int kEntriesAtATime = 1'000;

absl::Status Damaged() {
  return Error(Reason::kLedgerDamaged,
               "An entry of the audit trail is not as it was written. Run "
               "burntin audit verify to see which.");
}

// The fields as SealedText writes them; throws what the JSON library throws.
v1::AuditEvent ParseSealed(const Json& json) {
  v1::AuditEvent event;
  event.set_sequence(json.at("sequence"));
  *event.mutable_event_time() =
      TimeUtil::MicrosecondsToTimestamp(json.at("event_time_us"));
  event.set_actor(json.at("actor"));
  event.set_actor_role(json.at("actor_role"));
  event.set_peer_address(json.at("peer_address"));
  event.set_action(static_cast<v1::AuditAction>(json.at("action").get<int>()));
  event.set_outcome(
      static_cast<v1::AuditOutcome>(json.at("outcome").get<int>()));
  event.set_operation_id(json.at("operation_id"));
  event.set_case_id(json.at("case_id"));
  event.set_study_instance_uid(json.at("study_instance_uid"));
  event.set_target_project(json.at("target_project"));
  event.set_reason(json.at("reason"));
  for (const Json& digest : json.at("evidence_sha256s")) {
    event.add_evidence_sha256s(digest);
  }
  event.set_error_code(json.at("error_code"));
  return event;
}

// What is wrong with an entry that should follow `head`; nothing if it is
// whole.
std::optional<std::string> FindFault(const SealedEntry& entry,
                                     const AuditHead& head) {
  if (entry.sequence != head.sequence + 1) return "It is missing.";
  if (entry.previous_sha256 != head.entry_sha256) {
    return "It does not name the digest of the entry before it.";
  }
  if (entry.entry_sha256 !=
      EntrySha256(entry.previous_sha256, entry.sealed_text)) {
    return "Its text and its digest do not belong together.";
  }
  const absl::StatusOr<v1::AuditEvent> event = Unseal(entry);
  if (!event.ok()) return "Its text is not that of an entry.";
  if (event->sequence() != entry.sequence ||
      event->case_id() != entry.case_id) {
    return "Its columns say something else than its text.";
  }
  return std::nullopt;
}

// Proves entries one after the other.
class Verifier {
 public:
  explicit Verifier(const std::optional<AuditHead>& anchor) : anchor_(anchor) {}

  const AuditHead& head() const { return verdict_.head; }
  const TrailVerdict& Verdict() const { return verdict_; }

  // Whether `entry` is whole.
  bool Add(const SealedEntry& entry) {
    const int64_t expected = head().sequence + 1;
    if (const auto fault = FindFault(entry, head())) {
      return Break(expected, *fault);
    }
    verdict_.head = {entry.sequence, entry.entry_sha256};
    if (anchor_ && anchor_->sequence == entry.sequence &&
        *anchor_ != verdict_.head) {
      return Break(entry.sequence, "It is not the one that was noted down.");
    }
    return true;
  }

  // No more entries came, and the ledger's head is `written`.
  void End(const AuditHead& written) {
    const int64_t next = head().sequence + 1;
    if (written.sequence > head().sequence) {
      Break(next, "It is missing, and all after it: the head counts more.");
    } else if (written.sequence < head().sequence) {
      Break(written.sequence + 1, "The head does not count it.");
    } else if (written != head()) {
      Break(head().sequence, "The head names another digest for it.");
    } else if (anchor_ && anchor_->sequence > head().sequence) {
      Break(next, "The trail ends before the entry that was noted down.");
    }
  }

 private:
  bool Break(int64_t sequence, std::string fault) {
    verdict_.broken_sequence = sequence;
    verdict_.fault = std::move(fault);
    return false;
  }

  const std::optional<AuditHead> anchor_;
  TrailVerdict verdict_;
};

}  // namespace

std::string SealedText(const v1::AuditEvent& event) {
  Json json;
  json["sequence"] = event.sequence();
  json["event_time_us"] = TimeUtil::TimestampToMicroseconds(event.event_time());
  json["actor"] = event.actor();
  json["actor_role"] = event.actor_role();
  json["peer_address"] = event.peer_address();
  json["action"] = static_cast<int>(event.action());
  json["outcome"] = static_cast<int>(event.outcome());
  json["operation_id"] = event.operation_id();
  json["case_id"] = event.case_id();
  json["study_instance_uid"] = event.study_instance_uid();
  json["target_project"] = event.target_project();
  json["reason"] = event.reason();
  json["evidence_sha256s"] = Json::array();
  for (const std::string& digest : event.evidence_sha256s()) {
    json["evidence_sha256s"].push_back(digest);
  }
  json["error_code"] = event.error_code();
  return json.dump(-1, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace);
}

std::string EntrySha256(const std::string& previous_sha256,
                        const std::string& sealed_text) {
  return TextSha256(previous_sha256 + sealed_text);
}

absl::StatusOr<v1::AuditEvent> Unseal(const SealedEntry& entry) {
  try {
    v1::AuditEvent event = ParseSealed(Json::parse(entry.sealed_text));
    if (SealedText(event) != entry.sealed_text) return Damaged();
    event.set_sealed_entry(entry.sealed_text);
    event.set_previous_sha256(entry.previous_sha256);
    event.set_entry_sha256(entry.entry_sha256);
    return event;
  } catch (const Json::exception&) {
    return Damaged();
  }
}

absl::StatusOr<TrailVerdict> VerifyTrail(
    AuditTrail* trail, const std::optional<AuditHead>& anchor) {
  Verifier verifier(anchor);
  while (true) {
    ASSIGN_OR_RETURN(
        const std::vector<SealedEntry> entries,
        trail->ReadEntries(verifier.head().sequence, kEntriesAtATime));
    for (const SealedEntry& entry : entries) {
      if (!verifier.Add(entry)) return verifier.Verdict();
    }
    if (!entries.empty()) continue;
    // Read after the entries, the head counts them all: an entry and the head
    // are written in one transaction.
    ASSIGN_OR_RETURN(const AuditHead written, trail->ReadHead());
    ASSIGN_OR_RETURN(const std::vector<SealedEntry> newer,
                     trail->ReadEntries(verifier.head().sequence, 1));
    if (newer.empty() || written.sequence <= verifier.head().sequence) {
      verifier.End(written);
      return verifier.Verdict();
    }
  }
}

}  // namespace burntin
