// The audit trail as it is stored: entries in a chain of hashes, and a head
// that says how many there are.
//
// An entry is its sealed text, UTF-8 JSON on one line with the keys of
// SealedText in their order and no other, and
//   entry_sha256 = SHA-256(previous_sha256 + sealed text), in hexadecimal,
// where `previous_sha256` are the 64 hexadecimal digits of the entry before,
// or 64 zeros for the first. The sealed text holds the entry's number, so
// nothing can be moved. The columns beside it (number, case) only find it, and
// Verify compares them with it.
#ifndef BURNTIN_SERVER_LEDGER_AUDIT_TRAIL_H_
#define BURNTIN_SERVER_LEDGER_AUDIT_TRAIL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "burntin/v1/audit.pb.h"

namespace burntin {

// A row of the trail, as it is stored.
struct SealedEntry {
  int64_t sequence = 0;
  std::string case_id;  // empty: about no case
  std::string sealed_text;
  std::string previous_sha256;
  std::string entry_sha256;
};

// The last entry of a trail; number 0 and 64 zeros of one without entries.
struct AuditHead {
  int64_t sequence = 0;
  std::string entry_sha256 = std::string(64, '0');

  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

// Reads a trail. Any number of threads may call at the same time.
class AuditTrail {
 public:
  virtual ~AuditTrail() = default;

  // At most `limit` entries, those with the smallest numbers above
  // `after_sequence`, ascending. Fails with LEDGER_UNAVAILABLE.
  virtual absl::StatusOr<std::vector<SealedEntry>> ReadEntries(
      int64_t after_sequence, int limit) = 0;

  // What the ledger says that its last entry is. Fails with LEDGER_DAMAGED if
  // it says nothing.
  virtual absl::StatusOr<AuditHead> ReadHead() = 0;
};

// The text that is hashed: `event`'s fields from `sequence` to `error_code`.
// Equal events give equal text. Strings are valid UTF-8.
std::string SealedText(const v1::AuditEvent& event);

// The digest of an entry with this text after the one with `previous_sha256`.
std::string EntrySha256(const std::string& previous_sha256,
                        const std::string& sealed_text);

// The contract's form of an entry; LEDGER_DAMAGED if its text is none.
absl::StatusOr<v1::AuditEvent> Unseal(const SealedEntry& entry);

// What VerifyTrail found.
struct TrailVerdict {
  // The first entry that is not as it was written, and what is wrong with it
  // in one sentence without PHI. Not set: the trail is whole.
  std::optional<int64_t> broken_sequence;
  std::string fault;
  AuditHead head;  // the last entry that was proven whole
};

// Reads the whole trail and proves each entry. Finds: an entry that was
// changed in any byte, is missing, was put in, or was moved; entries cut off
// the end without the head being changed to match. `anchor`, a head that was
// noted down elsewhere earlier, has to be in the trail: that also finds a
// trail that was written anew as a whole.
absl::StatusOr<TrailVerdict> VerifyTrail(
    AuditTrail* trail, const std::optional<AuditHead>& anchor);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_AUDIT_TRAIL_H_
