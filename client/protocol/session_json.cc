#include "burntin/v1/routing_service.pb.h"
#include "client/output/checked_stream.h"
#include "client/protocol/session_output.h"
#include "detector/base/status_macros.h"
#include "wire/decision_proto.h"
#include "wire/json.h"
#include "wire/utf8.h"

namespace burntin {

absl::Status WriteJsonLine(const Protocol& protocol,
                           const SessionResult& result, std::ostream* out) {
  v1::CheckedSession message;
  message.set_study_instance_uid(ValidUtf8(result.study_instance_uid));
  *message.mutable_decision() = ToProto(result.decision);
  message.set_inspected(!result.if_clear.has_value());
  if (result.if_clear) {
    *message.mutable_decision_if_clear() = ToProto(*result.if_clear);
  }
  for (const TriedRule& tried : result.trace) {
    *message.add_trace() = ToProto(protocol, tried);
  }
  message.set_deciding_path(ValidUtf8(result.deciding_label));
  for (const std::string& modality : result.modalities) {
    message.add_modalities(ValidUtf8(modality));
  }
  for (const auto& [project, count] : result.dasher) {
    v1::DasherShare* share = message.add_dasher();
    share->set_project(project);
    share->set_instances(count);
  }
  message.set_dasher_differs(result.dasher_differs);
  ASSIGN_OR_RETURN(const std::string line, ToJsonLine(message));
  *out << line << '\n';
  return FlushChecked(out);
}

}  // namespace burntin
