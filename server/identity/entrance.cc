#include "server/identity/entrance.h"

#include <grpc/grpc_security_constants.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/grpc_status.h"
#include "wire/trace_context.h"

namespace burntin {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

// Only of a certificate that TLS has verified.
std::vector<std::string> CertificateNames(const grpc::AuthContext& peer) {
  std::vector<std::string> names;
  if (!peer.IsPeerAuthenticated()) return names;
  for (const auto& [property, kind] :
       {std::pair{GRPC_PEER_DNS_PROPERTY_NAME, "dns:"},
        {GRPC_PEER_URI_PROPERTY_NAME, "uri:"},
        {GRPC_PEER_EMAIL_PROPERTY_NAME, "email:"},
        {GRPC_X509_SUBJECT_PROPERTY_NAME, "subject:"}}) {
    for (const grpc::string_ref& value : peer.FindPropertyValues(property)) {
      names.push_back(kind + std::string(value.data(), value.size()));
    }
  }
  return names;
}

std::vector<std::string_view> ValuesOf(const char* key,
                                       InterceptorBatchMethods* methods) {
  std::vector<std::string_view> values;
  const auto* metadata = methods->GetRecvInitialMetadata();
  if (metadata == nullptr) return values;
  const auto [first, last] = metadata->equal_range(key);
  for (auto header = first; header != last; ++header) {
    values.emplace_back(header->second.data(), header->second.size());
  }
  return values;
}

CallFacts FactsOf(ServerRpcInfo* info, InterceptorBatchMethods* methods) {
  CallFacts facts;
  facts.method = info->method();
  const auto* context = info->server_context();
  facts.peer = context->peer();
  if (const auto peer = context->auth_context()) {
    facts.certificate_names = CertificateNames(*peer);
  }
  for (const std::string_view value : ValuesOf("authorization", methods)) {
    facts.authorization.emplace_back(value);
  }
  return facts;
}

// Without the first slash; what no table knows is not repeated.
std::string_view RpcName(const char* method) {
  const AccessRule* rule = FindAccessRule(method);
  return rule == nullptr ? "unlisted"
                         : std::string_view(rule->method).substr(1);
}

// gRPC itself refuses a call for which it has no thread; it gives no reason.
bool IsForWantOfAThread(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
         status.error_details().empty();
}

}  // namespace

// Lives as long as its call.
class Entrance::Interceptor final : public grpc::experimental::Interceptor {
 public:
  Interceptor(Entrance* entrance, ServerRpcInfo* info)
      : entrance_(entrance), info_(info), context_(info->server_context()) {}
  ~Interceptor() override { entrance_->Forget(context_); }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      trace_ = std::make_shared<const CallTrace>(
          RpcName(info_->method()), ValuesOf(kTraceparentKey, methods),
          ValuesOf(kTracestateKey, methods));
      entrance_->Decide(context_, FactsOf(info_, methods), trace_);
    }
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_MESSAGE) &&
        !entrance_->RefusalOf(context_).ok()) {
      context_->TryCancel();
    }
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_STATUS)) {
      const absl::Status refusal = entrance_->RefusalOf(context_);
      if (!refusal.ok()) {
        methods->ModifySendStatus(ToGrpc(refusal));
      } else if (IsForWantOfAThread(methods->GetSendStatus())) {
        methods->ModifySendStatus(ToGrpc(Gate::TooManyRequests()));
      }
      SendRequestId(methods);
    }
    methods->Proceed();
  }

 private:
  void SendRequestId(InterceptorBatchMethods* methods) const {
    auto* metadata = methods->GetSendTrailingMetadata();
    if (metadata == nullptr || trace_ == nullptr) return;
    metadata->insert({kRequestIdKey, trace_->request_id()});
  }

  Entrance* entrance_;
  ServerRpcInfo* info_;
  grpc::ServerContextBase* context_;
  CallTracePtr trace_;
};

class Entrance::Factory final
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit Factory(Entrance* entrance) : entrance_(entrance) {}
  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return new Interceptor(entrance_, info);
  }

 private:
  Entrance* entrance_;
};

Entrance::Entrance(Doorman* doorman, Gate* gate, Log* log, OnRefused on_refused)
    : doorman_(doorman),
      gate_(gate),
      log_(log),
      on_refused_(std::move(on_refused)) {}

Entrance::~Entrance() = default;

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
Entrance::MakeInterceptorFactory() {
  return std::make_unique<Factory>(this);
}

absl::StatusOr<Caller> Entrance::DecisionOf(
    const grpc::ServerContextBase* context) {
  const MutexLock lock(&mutex_);
  const auto found = decisions_.find(context);
  if (found != decisions_.end()) return found->second.caller;
  return Error(Reason::kInternalFailure,
               "Who calls was not decided. Report it with the log.");
}

absl::StatusOr<Caller> Entrance::Identify(const grpc::ServerContext& context) {
  return DecisionOf(&context);
}

absl::StatusOr<Entrance::Entered> Entrance::Enter(
    const grpc::ServerContextBase* context) {
  ASSIGN_OR_RETURN(Caller caller, DecisionOf(context));
  ASSIGN_OR_RETURN(Gate::Pass pass, gate_->Enter());
  return Entered{std::move(caller), std::move(pass)};
}

void Entrance::LeaveOpen(const grpc::ServerContextBase* context) {
  const MutexLock lock(&mutex_);
  const auto found = decisions_.find(context);
  if (found != decisions_.end()) found->second.left_open = true;
}

CallTracePtr Entrance::TraceOf(const grpc::ServerContextBase* context) {
  const MutexLock lock(&mutex_);
  const auto found = decisions_.find(context);
  return found == decisions_.end() ? nullptr : found->second.trace;
}

void Entrance::Decide(const grpc::ServerContextBase* context,
                      const CallFacts& facts, CallTracePtr trace) {
  const TraceScope scope(trace);
  Doorman::Ruling ruling = doorman_->Rule(facts);
  if (!ruling.caller.ok()) LogRefusal(facts, ruling);
  const MutexLock lock(&mutex_);
  decisions_.insert_or_assign(
      context, Decision{std::move(ruling.caller), std::move(trace)});
}

void Entrance::LogRefusal(const CallFacts& facts,
                          const Doorman::Ruling& ruling) {
  const auto reason = ReasonOf(ruling.caller.status());
  const bool listed = FindAccessRule(facts.method) != nullptr;
  log_->Write(
      LogLevel::kWarning, "caller_refused",
      {{"method", listed ? facts.method : std::string("unlisted")},
       {"reason",
        std::string(ReasonName(reason.value_or(Reason::kInternalFailure)))}});
  if (on_refused_ && listed) {
    on_refused_({facts.method, PeerAddress(facts.peer), ruling.caller.status(),
                 ruling.known_as});
  }
}

void Entrance::Forget(const grpc::ServerContextBase* context) {
  const MutexLock lock(&mutex_);
  decisions_.erase(context);
}

absl::Status Entrance::RefusalOf(const grpc::ServerContextBase* context) {
  const MutexLock lock(&mutex_);
  const auto found = decisions_.find(context);
  if (found == decisions_.end()) {
    return Error(Reason::kInternalFailure,
                 "Who calls was not decided. Report it with the log.");
  }
  return found->second.left_open ? absl::OkStatus()
                                 : found->second.caller.status();
}

}  // namespace burntin
