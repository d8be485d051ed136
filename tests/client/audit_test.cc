#include "client/audit/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/escaping.h"
#include "client/audit/audit_message.h"
#include "server/ledger/sql/connection.h"
#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Ran {
  int status = -1;
  std::string out;
  std::string err;
};

Ran RunIt(int (*command)(const AuditArguments&, std::ostream*, std::ostream*),
          const AuditArguments& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  Ran ran;
  ran.status = command(arguments, &out, &err);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

class AuditTest : public testing::Test {
 protected:
  void SetUp() override {
    arguments_.ledger = folder_.File("ledger.sqlite");
    LedgerOptions options;
    options.database = arguments_.ledger;
    ledger_ = *OpenLedger(options);
    const auto recorded =
        ledger_->RecordDecision(ServerActor(), ExampleRecord("1.2"));
    const v1::Case held = *ledger_->GetCase(recorded->case_id, false);
    CaseDecision keep = ExampleDecision(Ann(), held, CaseStep::kKeep, "r1");
    keep.reason = "DOE^JANE <is> \"shown\"";
    ASSERT_THAT(ledger_->Decide(keep), IsOk());
  }

  void Tamper(const std::string& sql) {
    const auto connection =
        *OpenConnection(arguments_.ledger, OpenMode::kReadWrite);
    ASSERT_THAT(
        connection->RunScript("DROP TRIGGER audit_are_not_changed;" + sql),
        IsOk());
  }

  TempDir folder_;
  AuditArguments arguments_;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(AuditTest, AWholeTrailGivesItsHead) {
  const Ran ran = RunIt(VerifyAudit, arguments_);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "3:" + ledger_->ReadHead()->entry_sha256 + "\n");
}

TEST_F(AuditTest, AHeadThatWasNotedDownIsExpected) {
  arguments_.expected_head = "3:" + ledger_->ReadHead()->entry_sha256;
  ASSERT_THAT(ledger_->Audit({Ann(), v1::AUDIT_ACTION_VIEW_AUDIT}), IsOk());
  EXPECT_EQ(RunIt(VerifyAudit, arguments_).status, 0);
  arguments_.expected_head = "3:" + std::string(64, 'a');
  const Ran ran = RunIt(VerifyAudit, arguments_);
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("entry 3 "));
}

TEST_F(AuditTest, ABrokenEntryIsNamedAndNothingIsExported) {
  Tamper("UPDATE audit SET case_id = 'x' WHERE sequence = 2");
  const Ran verified = RunIt(VerifyAudit, arguments_);
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.out, IsEmpty());
  EXPECT_THAT(verified.err, HasSubstr("entry 2 "));
  const Ran exported = RunIt(ExportAudit, arguments_);
  EXPECT_EQ(exported.status, 1);
  EXPECT_THAT(exported.out, IsEmpty());
}

TEST_F(AuditTest, ALedgerThatIsNotThereAndAWrongHeadAreErrors) {
  for (const char* head : {"x", "3", "3:", "a:b", "-1:", ":"}) {
    arguments_.expected_head = head;
    EXPECT_EQ(RunIt(VerifyAudit, arguments_).status, 2) << head;
  }
  arguments_.expected_head = "";
  arguments_.ledger = folder_.File("none");
  EXPECT_EQ(RunIt(VerifyAudit, arguments_).status, 2);
  EXPECT_EQ(RunIt(ExportAudit, arguments_).status, 2);
}

TEST_F(AuditTest, ResultsThatCannotBeWrittenAreAnError) {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  EXPECT_EQ(ExportAudit(arguments_, &out, &err), 2);
}

TEST_F(AuditTest, EachEntryIsOneMessageAndReasonsStayUnlessAskedFor) {
  const Ran ran = RunIt(ExportAudit, arguments_);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 3);
  std::string encoded = "DOE^JANE <is> \"shown\"";
  encoded = absl::Base64Escape(encoded);
  EXPECT_THAT(ran.out, Not(HasSubstr(encoded)));
  arguments_.include_reasons = true;
  EXPECT_THAT(RunIt(ExportAudit, arguments_).out, HasSubstr(encoded));
  arguments_.from = 3;
  const Ran last = RunIt(ExportAudit, arguments_);
  EXPECT_EQ(std::count(last.out.begin(), last.out.end(), '\n'), 1);
}

// Reads a message by an XML parser of its own.
class Message {
 public:
  explicit Message(const std::string& xml)
      : document_(xmlReadMemory(xml.data(), static_cast<int>(xml.size()),
                                nullptr, nullptr, XML_PARSE_NONET)) {}

  // The text of an XPath expression.
  std::string Get(const std::string& path) const {
    if (document_ == nullptr) return "no XML";
    const std::unique_ptr<xmlXPathContext, void (*)(xmlXPathContext*)> context(
        xmlXPathNewContext(document_.get()), xmlXPathFreeContext);
    const std::string text = "string(" + path + ")";
    const std::unique_ptr<xmlXPathObject, void (*)(xmlXPathObject*)> found(
        xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(text.c_str()),
                               context.get()),
        xmlXPathFreeObject);
    return reinterpret_cast<const char*>(found->stringval);
  }

  std::string Detail(const std::string& type) const {
    std::string value;
    absl::Base64Unescape(
        Get("//ParticipantObjectDetail[@type='" + type + "']/@value"), &value);
    return value;
  }

 private:
  struct Free {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  std::unique_ptr<xmlDoc, Free> document_;
};

TEST_F(AuditTest, AMoveIsATransferOfItsStudy) {
  v1::AuditEvent event;
  event.set_sequence(7);
  event.mutable_event_time()->set_seconds(1'700'000'000);
  event.set_actor("ann <&>");
  event.set_actor_role("admin");
  event.set_peer_address("ipv4:192.0.2.1:1");
  event.set_action(v1::AUDIT_ACTION_MOVE_SESSION);
  event.set_outcome(v1::AUDIT_OUTCOME_FAILURE);
  event.set_study_instance_uid("1.2");
  event.set_target_project("HOSPITAL");
  event.set_error_code("LABEL_CONFLICT");
  const auto xml = AuditMessageXml(event, "here", /*include_reasons=*/false);
  ASSERT_THAT(xml, IsOk());
  const Message message(*xml);
  const std::string id = "/AuditMessage/EventIdentification";
  EXPECT_EQ(message.Get(id + "/EventID/@csd-code"), "110104");
  EXPECT_EQ(message.Get(id + "/@EventActionCode"), "U");
  EXPECT_EQ(message.Get(id + "/@EventDateTime"), "2023-11-14T22:13:20Z");
  EXPECT_EQ(message.Get(id + "/@EventOutcomeIndicator"), "4");
  EXPECT_EQ(message.Get(id + "/EventTypeCode/@csd-code"),
            "AUDIT_ACTION_MOVE_SESSION");
  EXPECT_EQ(message.Get("//ActiveParticipant[1]/@UserID"), "ann <&>");
  EXPECT_EQ(message.Get("//ActiveParticipant[1]/@UserIsRequestor"), "true");
  EXPECT_EQ(message.Get("//ActiveParticipant[2]/@UserID"), "burntind");
  EXPECT_EQ(message.Get("//AuditSourceIdentification/@AuditSourceID"), "here");
  const std::string object = "//ParticipantObjectIdentification";
  EXPECT_EQ(message.Get(object + "/@ParticipantObjectID"), "1.2");
  EXPECT_EQ(message.Get(object + "/ParticipantObjectIDTypeCode/@csd-code"),
            "110180");
  EXPECT_EQ(message.Detail("target_project"), "HOSPITAL");
  EXPECT_EQ(message.Detail("error_code"), "LABEL_CONFLICT");
  EXPECT_EQ(message.Detail("sequence"), "7");
}

}  // namespace
}  // namespace burntin
