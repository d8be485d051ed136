// The audit trail of every ledger: whole, or broken where it says.
#include <algorithm>
#include <vector>

#include "server/ledger/sql/connection.h"
#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kColumns[] = {"sequence", "case_id", "phi_sealed_text",
                                    "previous_sha256", "entry_sha256"};

class LedgerAuditTest : public LedgerFixture {
 protected:
  // Who can write to the database can also take its guards away.
  std::unique_ptr<Connection> Intrude() {
    auto connection = *OpenConnection(database_, OpenMode::kReadWrite);
    const auto guards =
        connection->dialect() == SqlDialect::kSqlite
            ? connection->Run(
                  "SELECT 'DROP TRIGGER ' || name FROM "
                  "sqlite_master WHERE type = 'trigger'",
                  {})
            : connection->Run(
                  "SELECT 'ALTER TABLE ' || relname || ' DISABLE "
                  "TRIGGER USER' FROM pg_class c JOIN "
                  "pg_namespace n ON n.oid = c.relnamespace "
                  "WHERE relkind = 'r' AND nspname = 'public'",
                  {});
    EXPECT_THAT(guards, IsOk());
    for (const SqlRow& guard : *guards) {
      EXPECT_THAT(connection->RunScript(guard.Text(0)), IsOk());
    }
    return connection;
  }

  std::vector<SealedEntry> Entries() { return *ledger_->ReadEntries(0, 1'000); }

  TrailVerdict Verify(const std::optional<AuditHead>& anchor = std::nullopt) {
    const auto verdict = VerifyTrail(ledger_.get(), anchor);
    EXPECT_THAT(verdict, IsOk());
    return *verdict;
  }

  // A few entries of several kinds.
  void Fill() {
    const v1::Case held = OpenCase(ExampleRecord("1.2"));
    ASSERT_THAT(
        ledger_->Decide(ExampleDecision(Ann(), held, CaseStep::kKeep, "r1")),
        IsOk());
    AuditNote note;
    note.actor = {"unknown", "", "ipv4:192.0.2.9:1"};
    note.action = v1::AUDIT_ACTION_REFUSE_CALLER;
    note.outcome = v1::AUDIT_OUTCOME_FAILURE;
    note.error_code = "CREDENTIALS_INVALID";
    ASSERT_THAT(ledger_->Audit(note), IsOk());
  }
};
BURNTIN_FOR_EACH_LEDGER(LedgerAuditTest);

TEST_P(LedgerAuditTest, AnEmptyTrailIsWhole) {
  EXPECT_FALSE(Verify().broken_sequence.has_value());
  EXPECT_EQ(Verify().head, AuditHead());
}

TEST_P(LedgerAuditTest, ATrailAsItWasWrittenIsWhole) {
  Fill();
  EXPECT_FALSE(Verify().broken_sequence.has_value());
  EXPECT_EQ(Verify().head, *ledger_->ReadHead());
  EXPECT_EQ(Verify().head.sequence, 4);
}

// As proto/README.md and audit.proto say, without our own code.
TEST_P(LedgerAuditTest, AnEntrysDigestIsThatOfTheOneBeforeAndItsText) {
  Fill();
  std::string previous(64, '0');
  for (const v1::AuditEvent& event : AllAudit().events) {
    EXPECT_EQ(event.previous_sha256(), previous);
    EXPECT_EQ(event.entry_sha256(),
              TextSha256(previous + event.sealed_entry()));
    previous = event.entry_sha256();
  }
}

// Each row, each column, each byte: the first one that is wrong is named.
TEST_P(LedgerAuditTest, AnyChangedByteIsFoundInItsEntry) {
  Fill();
  const std::vector<SealedEntry> entries = Entries();
  ASSERT_THAT(entries, SizeIs(4));
  const auto intruder = Intrude();
  int changes = 0;
  for (const SealedEntry& entry : entries) {
    for (const char* column : kColumns) {
      if (std::string(column) == "sequence") continue;
      const auto row = intruder->Run(
          std::string("SELECT ") + column + " FROM audit WHERE sequence = $1",
          {entry.sequence});
      const std::string value = row->front().Text(0);
      const std::string update = std::string("UPDATE audit SET ") + column +
                                 " = $1 WHERE sequence = $2";
      for (size_t i = 0; i < value.size(); ++i) {
        std::string changed = value;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        ASSERT_THAT(intruder->Run(update, {changed, entry.sequence}), IsOk());
        ASSERT_EQ(Verify().broken_sequence, entry.sequence)
            << column << " byte " << i;
        ++changes;
      }
      ASSERT_THAT(intruder->Run(update, {value + " ", entry.sequence}), IsOk());
      ASSERT_EQ(Verify().broken_sequence, entry.sequence) << column;
      ASSERT_THAT(intruder->Run(update, {value, entry.sequence}), IsOk());
    }
  }
  EXPECT_GT(changes, 1'000);
  EXPECT_FALSE(Verify().broken_sequence.has_value());
}

TEST_P(LedgerAuditTest, AChangedNumberIsFound) {
  Fill();
  const auto intruder = Intrude();
  for (int64_t sequence = 1; sequence <= 4; ++sequence) {
    ASSERT_THAT(intruder->Run("UPDATE audit SET sequence = sequence + 1000 "
                              "WHERE sequence = $1",
                              {sequence}),
                IsOk());
    EXPECT_EQ(Verify().broken_sequence, sequence);
    ASSERT_THAT(intruder->Run("UPDATE audit SET sequence = $1 "
                              "WHERE sequence > 1000",
                              {sequence}),
                IsOk());
  }
  EXPECT_FALSE(Verify().broken_sequence.has_value());
}

TEST_P(LedgerAuditTest, ARemovedEntryIsFound) {
  Fill();
  for (int64_t sequence = 4; sequence >= 1; --sequence) {
    const auto intruder = Intrude();
    ASSERT_THAT(
        intruder->Run("DELETE FROM audit WHERE sequence = $1", {sequence}),
        IsOk());
    EXPECT_EQ(Verify().broken_sequence, sequence);
  }
}

TEST_P(LedgerAuditTest, EntriesThatAreSwappedAreFound) {
  Fill();
  const auto intruder = Intrude();
  ASSERT_THAT(
      intruder->RunScript("UPDATE audit SET sequence = 99 WHERE sequence = 2;"
                          "UPDATE audit SET sequence = 2 WHERE sequence = 3;"
                          "UPDATE audit SET sequence = 3 WHERE sequence = 99;"),
      IsOk());
  EXPECT_EQ(Verify().broken_sequence, 2);
}

TEST_P(LedgerAuditTest, ACutEndIsFoundUnlessTheHeadWasChangedToo) {
  Fill();
  const AuditHead noted = *ledger_->ReadHead();
  const std::string digest_of_2 = Entries()[1].entry_sha256;
  const auto intruder = Intrude();
  ASSERT_THAT(intruder->RunScript("DELETE FROM audit WHERE sequence > 2"),
              IsOk());
  EXPECT_EQ(Verify().broken_sequence, 3);
  ASSERT_THAT(intruder->Run("UPDATE audit_head SET sequence = 2, "
                            "entry_sha256 = $1",
                            {digest_of_2}),
              IsOk());
  // What was noted down elsewhere finds this as well.
  EXPECT_FALSE(Verify().broken_sequence.has_value());
  EXPECT_EQ(Verify(noted).broken_sequence, 3);
}

TEST_P(LedgerAuditTest, AnEntryBehindTheHeadIsFound) {
  Fill();
  SealedEntry forged = Entries().back();
  forged.previous_sha256 = forged.entry_sha256;
  forged.sequence = 5;
  const size_t number = forged.sealed_text.find("\"sequence\":4");
  ASSERT_NE(number, std::string::npos);
  forged.sealed_text.replace(number, 12, "\"sequence\":5");
  const auto intruder = Intrude();
  ASSERT_THAT(
      intruder->Run("INSERT INTO audit VALUES ($1, $2, $3, $4, $5)",
                    {forged.sequence, forged.case_id, forged.sealed_text,
                     forged.previous_sha256,
                     EntrySha256(forged.previous_sha256, forged.sealed_text)}),
      IsOk());
  EXPECT_EQ(Verify().broken_sequence, 5);
}

TEST_P(LedgerAuditTest, ATrailThatWasWrittenAnewIsFoundByWhatWasNotedDown) {
  Fill();
  const AuditHead noted = *ledger_->ReadHead();
  const auto intruder = Intrude();
  std::string previous(64, '0');
  for (SealedEntry entry : Entries()) {
    const size_t actor = entry.sealed_text.find("\"actor\":\"");
    entry.sealed_text.insert(actor + 9, "x");
    const std::string digest = EntrySha256(previous, entry.sealed_text);
    ASSERT_THAT(
        intruder->Run("UPDATE audit SET phi_sealed_text = $1, "
                      "previous_sha256 = $2, entry_sha256 = $3 "
                      "WHERE sequence = $4",
                      {entry.sealed_text, previous, digest, entry.sequence}),
        IsOk());
    previous = digest;
  }
  ASSERT_THAT(
      intruder->Run("UPDATE audit_head SET entry_sha256 = $1", {previous}),
      IsOk());
  EXPECT_FALSE(Verify().broken_sequence.has_value());
  EXPECT_EQ(Verify(noted).broken_sequence, 4);
}

TEST_P(LedgerAuditTest, TheGuardsRefuseToChangeOrDeleteWhatWasRecorded) {
  Fill();
  const auto connection = *OpenConnection(database_, OpenMode::kReadWrite);
  for (const char* table : {"decisions", "cases", "case_decisions", "findings",
                            "resolutions", "audit", "audit_head", "requests"}) {
    EXPECT_THAT(connection->RunScript(std::string("DELETE FROM ") + table),
                Not(IsOk()))
        << table;
  }
  for (const char* change :
       {"UPDATE audit SET case_id = 'x'", "UPDATE cases SET state = 1",
        "UPDATE resolutions SET actor = 'x'",
        "UPDATE findings SET position = 9",
        "UPDATE audit_head SET sequence = 1"}) {
    EXPECT_THAT(connection->RunScript(change), Not(IsOk())) << change;
  }
  EXPECT_FALSE(Verify().broken_sequence.has_value());
}

TEST_P(LedgerAuditTest, ATamperedEntryIsNotListed) {
  Fill();
  ASSERT_THAT(Intrude()->RunScript(
                  "UPDATE audit SET phi_sealed_text = '{}' WHERE sequence = 2"),
              IsOk());
  EXPECT_THAT(ledger_->ListAuditEvents({}, 10, ""),
              FailsWith(Reason::kLedgerDamaged));
}

TEST_P(LedgerAuditTest, EntriesAreListedByCaseAndFromANumber) {
  Fill();
  const std::string case_id = AllAudit().events[1].case_id();
  EXPECT_THAT(ledger_->ListAuditEvents({case_id, 1}, 10, "")->events,
              SizeIs(3));
  EXPECT_THAT(ledger_->ListAuditEvents({case_id, 3}, 10, "")->events,
              SizeIs(1));
  EXPECT_THAT(ledger_->ListAuditEvents({"c0", 1}, 10, "")->events, IsEmpty());
}

TEST_P(LedgerAuditTest, PagesEndAlthoughReadingThemIsAudited) {
  Fill();
  std::string token;
  std::vector<int64_t> numbers;
  do {
    const auto page = ledger_->ListAuditEvents({}, 1, token);
    ASSERT_THAT(page, IsOk());
    for (const auto& event : page->events) numbers.push_back(event.sequence());
    token = page->next_page_token;
    AuditNote note;
    note.actor = Ann();
    note.action = v1::AUDIT_ACTION_VIEW_AUDIT;
    ASSERT_THAT(ledger_->Audit(note), IsOk());
  } while (!token.empty());
  EXPECT_EQ(numbers, (std::vector<int64_t>{1, 2, 3, 4}));
}

TEST_P(LedgerAuditTest, ATrailIsReadBesideAServerThatWritesIt) {
  Fill();
  const auto trail = OpenAuditTrail(database_);
  ASSERT_THAT(trail, IsOk());
  EXPECT_EQ(*(*trail)->ReadHead(), *ledger_->ReadHead());
  OpenCase(ExampleRecord("1.3"));
  const auto verdict = VerifyTrail(trail->get(), std::nullopt);
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->head.sequence, 6);
}

TEST_P(LedgerAuditTest, ATrailThatIsNotThereIsAnError) {
  EXPECT_THAT(OpenAuditTrail(folder_.File("none")),
              FailsWith(Reason::kLedgerUnavailable));
  EXPECT_THAT(OpenAuditTrail("host=" + folder_.path() + " dbname=none"),
              FailsWith(Reason::kLedgerUnavailable));
}

}  // namespace
}  // namespace burntin
