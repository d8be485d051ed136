// The input is a protocol, in YAML or as DASHER has it. Whatever it says, what
// was not inspected in full stays.
#include <cstdlib>
#include <string_view>

#include "server/routing/dasher.h"
#include "server/routing/decide_session.h"
#include "server/routing/protocol_parser.h"

namespace burntin {
namespace {

InstanceFacts AnObject(Verdict verdict) {
  InstanceFacts instance;
  instance.sop_instance_uid.assign(1, '1');
  instance.header.Set(Attribute::kModality, "CT");
  instance.header.Set(Attribute::kManufacturer, "ACME");
  instance.header.Set(Attribute::kSopClassUid, "1.2.840.10008.5.1.4.1.1.2");
  instance.header.Set(Attribute::kImageType, "ORIGINAL\\PRIMARY");
  instance.assessment = {verdict, 0.5, {}, /*inspected_in_full=*/true};
  return instance;
}

void Expect(bool so) {
  if (!so) std::abort();
}

// Every text is a protocol or has errors, with their places.
void Use(const ReadProtocol& read) {
  Expect((read.protocol == nullptr) == !read.errors.empty());
  for (const ProtocolNote& note : read.errors) {
    Expect(note.line > 0 && note.column > 0 && !note.message.empty());
  }
  if (!read.protocol) return;
  SessionFacts session;
  for (const Verdict verdict :
       {Verdict::kClear, Verdict::kIdentifying, Verdict::kIndeterminate}) {
    session.instances = {AnObject(verdict)};
    const RoutingDecision decision =
        DecideSession(read.protocol.get(), "QUARANTINE", session);
    Trace(*read.protocol, session.instances[0].header, decision.state);
    Expect(!decision.target_project.empty() && !decision.reasons.empty());
    Expect(verdict != Verdict::kIndeterminate ||
           decision.action != RouteAction::kToProject);
  }
}

}  // namespace
}  // namespace burntin

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const burntin::ProtocolSite site{.hospital_project = "HOSPITAL"};
  burntin::Use(burntin::ParseYamlProtocol(text, site));
  burntin::Use(burntin::ParseDasher(text, site));
  burntin::RouteAsDasher(burntin::DasherLinesOf(text), "CT", "Scanner");
  return 0;
}
