#include "client/audit/audit_message.h"

#include <google/protobuf/util/time_util.h>
#include <libxml/xmlwriter.h>

#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "detector/base/error.h"

namespace burntin {
namespace {

struct Code {
  const char* value;
  const char* scheme;
  const char* meaning;
};

// What an action is in DICOM's words: PS3.16 CID 400, and C, R, U, D or E.
struct Kind {
  Code event;
  const char* action_code;
};

constexpr Code kInstancesAccessed = {"110103", "DCM",
                                     "DICOM Instances Accessed"};
constexpr Code kTransferring = {"110104", "DCM", "DICOM Instances Transferred"};
constexpr Code kSecurityAlert = {"110113", "DCM", "Security Alert"};
constexpr Code kAuditLogUsed = {"110101", "DCM", "Audit Log Used"};

Kind KindOf(v1::AuditAction action) {
  switch (action) {
    case v1::AUDIT_ACTION_VIEW_CASE:
    case v1::AUDIT_ACTION_VIEW_EVIDENCE:
      return {kInstancesAccessed, "R"};
    case v1::AUDIT_ACTION_OPEN_CASE:
      return {kInstancesAccessed, "C"};
    case v1::AUDIT_ACTION_MOVE_SESSION:
      return {kTransferring, "U"};
    case v1::AUDIT_ACTION_REFUSE_CALLER:
    case v1::AUDIT_ACTION_LOAD_PROTOCOL:
      return {kSecurityAlert, "E"};
    case v1::AUDIT_ACTION_VIEW_AUDIT:
      return {kAuditLogUsed, "R"};
    default:
      return {kInstancesAccessed, "U"};
  }
}

// PS3.15: 0 success, 4 minor failure. A refused caller is a minor failure.
const char* OutcomeOf(v1::AuditOutcome outcome) {
  return outcome == v1::AUDIT_OUTCOME_SUCCESS ||
                 outcome == v1::AUDIT_OUTCOME_INTENT
             ? "0"
             : "4";
}

// libxml2's writer, remembering whether any call failed.
class Writer {
 public:
  Writer()
      : buffer_(xmlBufferCreate()),
        writer_(xmlNewTextWriterMemory(buffer_.get(), /*compression=*/0)) {}

  void Start(const char* element) {
    Note(xmlTextWriterStartElement(writer_.get(), Text(element)));
  }
  void End() { Note(xmlTextWriterEndElement(writer_.get())); }

  void Attribute(const char* name, const std::string& value) {
    Note(xmlTextWriterWriteAttribute(writer_.get(), Text(name),
                                     Text(value.c_str())));
  }

  void Coded(const char* element, const Code& code) {
    Start(element);
    Attribute("csd-code", code.value);
    Attribute("codeSystemName", code.scheme);
    Attribute("originalText", code.meaning);
    End();
  }

  absl::StatusOr<std::string> Finish() {
    Note(xmlTextWriterEndDocument(writer_.get()));
    writer_.reset();
    if (failed_) {
      return Error(Reason::kInternalFailure,
                   "An audit message could not be written as XML. Report it "
                   "with the version that --version prints.");
    }
    std::string xml(
        reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
        static_cast<size_t>(xmlBufferLength(buffer_.get())));
    while (!xml.empty() && xml.back() == '\n') xml.pop_back();
    return xml;
  }

 private:
  struct FreeBuffer {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
  };
  struct FreeWriter {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
  };

  static const xmlChar* Text(const char* text) {
    return reinterpret_cast<const xmlChar*>(text);
  }
  void Note(int written) { failed_ = failed_ || written < 0; }

  std::unique_ptr<xmlBuffer, FreeBuffer> buffer_;
  std::unique_ptr<xmlTextWriter, FreeWriter> writer_;
  bool failed_ = false;
};

void WriteEvent(const v1::AuditEvent& event, Writer* writer) {
  const Kind kind = KindOf(event.action());
  writer->Start("EventIdentification");
  writer->Attribute("EventActionCode", kind.action_code);
  writer->Attribute("EventDateTime", google::protobuf::util::TimeUtil::ToString(
                                         event.event_time()));
  writer->Attribute("EventOutcomeIndicator", OutcomeOf(event.outcome()));
  writer->Coded("EventID", kind.event);
  const std::string action = v1::AuditAction_Name(event.action());
  writer->Coded("EventTypeCode", {action.c_str(), "99BURNTIN", action.c_str()});
  writer->End();
}

void WriteParticipants(const v1::AuditEvent& event,
                       const std::string& source_id, Writer* writer) {
  writer->Start("ActiveParticipant");
  writer->Attribute("UserID", event.actor());
  writer->Attribute("UserIsRequestor", "true");
  if (!event.peer_address().empty()) {
    writer->Attribute("NetworkAccessPointID", event.peer_address());
    writer->Attribute("NetworkAccessPointTypeCode", "5");  // a URI
  }
  if (!event.actor_role().empty()) {
    writer->Coded("RoleIDCode", {event.actor_role().c_str(), "99BURNTIN",
                                 event.actor_role().c_str()});
  }
  writer->End();
  writer->Start("ActiveParticipant");
  writer->Attribute("UserID", "burntind");
  writer->Attribute("UserIsRequestor", "false");
  writer->Coded("RoleIDCode", {"110150", "DCM", "Application"});
  writer->End();
  writer->Start("AuditSourceIdentification");
  writer->Attribute("AuditSourceID", source_id);
  writer->Start("AuditSourceTypeCode");
  writer->Attribute("csd-code", "4");  // an application server
  writer->End();
  writer->End();
}

void WriteDetail(const char* type, const std::string& value, Writer* writer) {
  if (value.empty()) return;
  writer->Start("ParticipantObjectDetail");
  writer->Attribute("type", type);
  writer->Attribute("value", absl::Base64Escape(value));
  writer->End();
}

void WriteDetails(const v1::AuditEvent& event, bool include_reasons,
                  Writer* writer) {
  WriteDetail("sequence", std::to_string(event.sequence()), writer);
  WriteDetail("outcome", v1::AuditOutcome_Name(event.outcome()), writer);
  WriteDetail("operation_id", event.operation_id(), writer);
  WriteDetail("case_id", event.case_id(), writer);
  WriteDetail("target_project", event.target_project(), writer);
  WriteDetail("error_code", event.error_code(), writer);
  for (const std::string& digest : event.evidence_sha256s()) {
    WriteDetail("evidence_sha256", digest, writer);
  }
  if (include_reasons) WriteDetail("reason", event.reason(), writer);
  WriteDetail("entry_sha256", event.entry_sha256(), writer);
}

// The study that it is about, or the trail itself.
void WriteObject(const v1::AuditEvent& event, bool include_reasons,
                 Writer* writer) {
  const bool has_study = !event.study_instance_uid().empty();
  writer->Start("ParticipantObjectIdentification");
  writer->Attribute("ParticipantObjectID",
                    has_study ? event.study_instance_uid() : "burntin-ledger");
  writer->Attribute("ParticipantObjectTypeCode", "2");  // a system object
  // 3: a report of imaging, as PS3.15 has it for studies; 13: a security
  // resource.
  writer->Attribute("ParticipantObjectTypeCodeRole", has_study ? "3" : "13");
  if (has_study) {
    writer->Coded("ParticipantObjectIDTypeCode",
                  {"110180", "DCM", "Study Instance UID"});
  } else {
    writer->Coded("ParticipantObjectIDTypeCode", {"12", "RFC-3881", "URI"});
  }
  WriteDetails(event, include_reasons, writer);
  writer->End();
}

}  // namespace

absl::StatusOr<std::string> AuditMessageXml(const v1::AuditEvent& event,
                                            const std::string& source_id,
                                            bool include_reasons) {
  Writer writer;
  writer.Start("AuditMessage");
  WriteEvent(event, &writer);
  WriteParticipants(event, source_id, &writer);
  WriteObject(event, include_reasons, &writer);
  writer.End();
  return writer.Finish();
}

}  // namespace burntin
