#include "server/decision/routing_service.h"

#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "detector/base/names.h"
#include "detector/base/status_macros.h"
#include "server/decision/request_check.h"
#include "server/detection/call.h"
#include "server/routing/dasher.h"
#include "wire/decision_proto.h"
#include "wire/report_proto.h"

namespace burntin {
namespace {

SessionFacts EmptySession(const v1::DecideSessionRequest& request) {
  SessionFacts session;
  session.study_instance_uid = request.study_instance_uid();
  session.instances_expected = request.instances_expected();
  return session;
}

std::optional<SessionPlace> PlaceOf(const v1::DecideSessionRequest& request) {
  if (!request.has_location()) return std::nullopt;
  const v1::SessionLocation& location = request.location();
  return SessionPlace{location.project(), location.experiment_id(),
                      PhiText(location.subject_label()),
                      PhiText(location.session_label())};
}

// A session of one object with this header.
SessionFacts SessionOf(const v1::ExplainProtocolRequest& request) {
  SessionFacts session;
  InstanceFacts instance;
  instance.header = FactsOf(request.header());
  if (request.verdict() != v1::VERDICT_UNSPECIFIED) {
    instance.assessment = {FromProto(request.verdict()),
                           request.risk(),
                           {},
                           /*inspected_in_full=*/true};
  }
  session.instances.push_back(std::move(instance));
  return session;
}

std::string ReasonCodes(const RoutingDecision& decision) {
  std::string codes;
  for (const VerdictReason& reason : decision.reasons) {
    if (!codes.empty()) codes += ",";
    codes += ReasonName(reason.code);
  }
  return codes;
}

void SetTime(std::chrono::system_clock::time_point time,
             google::protobuf::Timestamp* message) {
  const auto since = std::chrono::duration_cast<std::chrono::microseconds>(
      time.time_since_epoch());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
  message->set_seconds(seconds.count());
  message->set_nanos(
      static_cast<int32_t>(std::chrono::nanoseconds(since - seconds).count()));
}

}  // namespace

RoutingService::RoutingService(std::string quarantine_project,
                               RoutingParts parts, WallClock clock)
    : quarantine_project_(std::move(quarantine_project)),
      parts_(parts),
      clock_(std::move(clock)) {}

grpc::Status RoutingService::DecideSession(
    grpc::ServerContext* context, const v1::DecideSessionRequest* request,
    v1::DecideSessionResponse* response) {
  Call call("DecideSession", context, parts_.log,
            parts_.entrance->TraceOf(context));
  const absl::StatusOr<Entrance::Entered> entered =
      parts_.entrance->Enter(context);
  if (!entered.ok()) return call.End(entered.status());
  absl::StatusOr<v1::DecideSessionResponse> answer =
      Decide(entered->caller, *request);
  if (answer.ok()) *response = *std::move(answer);
  return call.End(answer.status());
}

grpc::Status RoutingService::ExplainProtocol(
    grpc::ServerContext* context, const v1::ExplainProtocolRequest* request,
    v1::ExplainProtocolResponse* response) {
  Call call("ExplainProtocol", context, parts_.log,
            parts_.entrance->TraceOf(context));
  const absl::StatusOr<Entrance::Entered> entered =
      parts_.entrance->Enter(context);
  if (!entered.ok()) return call.End(entered.status());
  absl::StatusOr<v1::ExplainProtocolResponse> answer = Explain(*request);
  if (answer.ok()) *response = *std::move(answer);
  return call.End(answer.status());
}

absl::StatusOr<v1::DecideSessionResponse> RoutingService::Decide(
    const Caller& caller, const v1::DecideSessionRequest& request) const {
  RETURN_IF_ERROR(CheckRequest(request));
  const auto snapshot = parts_.protocol->Current();
  SessionFacts session = EmptySession(request);
  SessionDecision record = Collect(request, &session);
  record.caller = caller;
  record.decision = burntin::DecideSession(snapshot->protocol.get(),
                                           quarantine_project_, session);
  record.protocol_sha256 = snapshot->sha256;
  LoggedDecision recorded{"", "", record.time};
  if (parts_.decisions != nullptr && !request.validate_only()) {
    ASSIGN_OR_RETURN(recorded, parts_.decisions->Record(record));
  }
  v1::DecideSessionResponse response;
  *response.mutable_decision() =
      Finish(record.decision, *snapshot, recorded.time);
  response.mutable_decision()->set_decision_id(recorded.decision_id);
  response.set_case_id(recorded.case_id);
  if (parts_.metrics != nullptr) {
    parts_.metrics->Count(response.decision().action(),
                          !recorded.decision_id.empty());
  }
  parts_.log->Write(
      LogLevel::kInfo, "session_decided",
      {{"action", v1::RouteAction_Name(response.decision().action())},
       {"rule", record.decision.rule},
       {"verdict", v1::Verdict_Name(response.decision().verdict())},
       {"instances", int64_t{record.decision.instances_total}},
       {"reasons", ReasonCodes(record.decision)},
       {"recorded", !recorded.decision_id.empty()}});
  return response;
}

SessionDecision RoutingService::Collect(const v1::DecideSessionRequest& request,
                                        SessionFacts* session) const {
  SessionDecision record;
  record.study_instance_uid = request.study_instance_uid();
  record.place = PlaceOf(request);
  record.instances_expected = request.instances_expected();
  record.time = clock_();
  std::set<std::string> unnamed =
      parts_.reports->ObjectsOf(request.study_instance_uid());
  for (const v1::InstanceRef& named : request.instances()) {
    unnamed.erase(named.sop_instance_uid());
    auto report =
        parts_.reports->Find(named.sop_instance_uid(), named.sha256());
    if (report) {
      session->instances.push_back(report->facts);
    } else {
      ++session->instances_unknown;
    }
    const std::string sha256 = report ? report->sha256 : named.sha256();
    record.instances.push_back(
        {named.sop_instance_uid(), sha256, std::move(report)});
  }
  session->instances_unnamed = static_cast<int>(unnamed.size());
  return record;
}

absl::StatusOr<v1::ExplainProtocolResponse> RoutingService::Explain(
    const v1::ExplainProtocolRequest& request) const {
  RETURN_IF_ERROR(CheckRequest(request));
  const auto snapshot = parts_.protocol->Current();
  const Protocol* protocol = snapshot->protocol.get();
  const SessionFacts session = SessionOf(request);
  const RoutingDecision decision =
      burntin::DecideSession(protocol, quarantine_project_, session);
  v1::ExplainProtocolResponse response;
  *response.mutable_decision() = Finish(decision, *snapshot, clock_());
  if (protocol == nullptr) return response;
  for (const TriedRule& tried :
       Trace(*protocol, session.instances.front().header, decision.state)) {
    *response.add_trace() = ToProto(*protocol, tried);
  }
  if (protocol->dasher) {
    const v1::HeaderFacts& header = request.header();
    response.set_dasher_project(DasherProject(
        *protocol,
        RouteAsDasher(*protocol->dasher, AsDasherReads(header.modality()),
                      AsDasherReads(header.manufacturer_model_name()))));
  }
  return response;
}

v1::Decision RoutingService::Finish(
    const RoutingDecision& decision, const ProtocolSnapshot& snapshot,
    std::chrono::system_clock::time_point time) const {
  v1::Decision message = ToProto(decision);
  message.set_protocol_sha256(snapshot.sha256);
  SetTime(time, message.mutable_decide_time());
  if (snapshot.outdated) {
    v1::Reason* reason = message.add_reasons();
    reason->set_code(std::string(ReasonName(Reason::kProtocolOutdated)));
    reason->set_message(
        "The protocol's file is broken; the last good one decided. Repair "
        "what the log names.");
  }
  return message;
}

}  // namespace burntin
