#include "server/ledger/sql/audit_rows.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <utility>

#include "detector/base/status_macros.h"
#include "server/ledger/page_token.h"

namespace burntin {
namespace {

constexpr char kColumns[] =
    "sequence, case_id, phi_sealed_text, previous_sha256, entry_sha256";

absl::StatusOr<std::vector<SealedEntry>> ReadAll(const SqlRows& rows) {
  std::vector<SealedEntry> entries;
  for (const SqlRow& row : rows) {
    entries.push_back(
        {row.Int(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)});
    // A value of another type is a change like any other: Verify names it.
  }
  return entries;
}

absl::StatusOr<SqlRows> SelectRange(Connection* connection,
                                    const AuditFilter& filter,
                                    const PagePosition& position, int limit) {
  const std::string range =
      std::string("SELECT ") + kColumns +
      " FROM audit WHERE sequence > $1 AND sequence <= $2";
  if (filter.case_id.empty()) {
    return connection->Run(range + " ORDER BY sequence LIMIT $3",
                           {position.last, position.bound, int64_t{limit}});
  }
  return connection->Run(
      range + " AND case_id = $4 ORDER BY sequence LIMIT $3",
      {position.last, position.bound, int64_t{limit}, filter.case_id});
}

}  // namespace

v1::AuditEvent EventBy(const Actor& actor, v1::AuditAction action,
                       v1::AuditOutcome outcome) {
  v1::AuditEvent event;
  event.set_actor(actor.name);
  event.set_actor_role(actor.role);
  event.set_peer_address(actor.peer_address);
  event.set_action(action);
  event.set_outcome(outcome);
  return event;
}

absl::Status AppendAudit(const Write& write, v1::AuditEvent event) {
  ASSIGN_OR_RETURN(const AuditHead head, SelectHead(write.connection));
  event.set_sequence(head.sequence + 1);
  *event.mutable_event_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(write.now_us);
  const std::string text = SealedText(event);
  const std::string digest = EntrySha256(head.entry_sha256, text);
  RETURN_IF_ERROR(RunOnly(write.connection,
                          "INSERT INTO audit VALUES ($1, $2, $3, $4, $5)",
                          {int64_t{event.sequence()}, event.case_id(), text,
                           head.entry_sha256, digest}));
  return RunOnly(write.connection,
                 "UPDATE audit_head SET sequence = $1, entry_sha256 = $2",
                 {int64_t{event.sequence()}, digest});
}

absl::StatusOr<std::vector<SealedEntry>> SelectEntries(Connection* connection,
                                                       int64_t after_sequence,
                                                       int limit) {
  ASSIGN_OR_RETURN(const SqlRows rows,
                   connection->Run(std::string("SELECT ") + kColumns +
                                       " FROM audit WHERE sequence > $1"
                                       " ORDER BY sequence LIMIT $2",
                                   {after_sequence, int64_t{limit}}));
  return ReadAll(rows);
}

absl::StatusOr<AuditHead> SelectHead(Connection* connection) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection, "SELECT sequence, entry_sha256 FROM audit_head",
                {}));
  if (!row) return DamagedRow();
  AuditHead head = {row->Int(0), row->Text(1)};
  if (row->damaged()) return DamagedRow();
  return head;
}

absl::StatusOr<AuditPage> SelectAuditPage(Connection* connection,
                                          const std::string& secret,
                                          const AuditFilter& filter,
                                          int page_size,
                                          const std::string& page_token) {
  const std::string list =
      "audit/" + std::to_string(filter.sequence_from) + "/" + filter.case_id;
  ASSIGN_OR_RETURN(const AuditHead head, SelectHead(connection));
  PagePosition position = {std::max(filter.sequence_from, int64_t{1}) - 1,
                           head.sequence};
  if (!page_token.empty()) {
    ASSIGN_OR_RETURN(position, ReadPageToken(secret, list, page_token));
  }
  ASSIGN_OR_RETURN(const SqlRows rows,
                   SelectRange(connection, filter, position, page_size + 1));
  ASSIGN_OR_RETURN(std::vector<SealedEntry> entries, ReadAll(rows));
  const bool more = entries.size() > static_cast<size_t>(page_size);
  if (more) entries.pop_back();
  AuditPage page;
  for (const SealedEntry& entry : entries) {
    ASSIGN_OR_RETURN(v1::AuditEvent event, Unseal(entry));
    page.events.push_back(std::move(event));
  }
  if (more) {
    position.last = entries.back().sequence;
    page.next_page_token = MakePageToken(secret, list, position);
  }
  return page;
}

}  // namespace burntin
