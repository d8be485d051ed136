#include "server/host/call_metrics.h"

#include <chrono>
#include <optional>

#include "detector/base/error.h"
#include "server/identity/access_table.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

constexpr char kUnlisted[] = "unlisted";
constexpr char kOther[] = "OTHER";

std::string CodeName(int code) {
  return absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
}

MetricName FailuresName() {
  return {"burntin_rpc_failures_total",
          "Calls that ended with an error, by its reason."};
}

}  // namespace

// Lives as long as its call.
class CallMetrics::Interceptor final : public grpc::experimental::Interceptor {
 public:
  Interceptor(const CallMetrics* metrics, const Method* method)
      : metrics_(metrics),
        method_(method),
        start_(std::chrono::steady_clock::now()) {
    method_->in_flight->Add(1);
  }

  // A call that was broken off sends no status.
  ~Interceptor() override {
    if (!ended_) End(grpc::Status(grpc::StatusCode::CANCELLED, ""));
    method_->in_flight->Add(-1);
  }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_STATUS)) {
      End(methods->GetSendStatus());
    }
    methods->Proceed();
  }

 private:
  void End(const grpc::Status& status) {
    if (ended_) return;
    ended_ = true;
    const auto code = static_cast<size_t>(status.error_code());
    constexpr auto kUnknown = static_cast<size_t>(grpc::StatusCode::UNKNOWN);
    const auto& counters = method_->ended_with;
    counters[code < counters.size() ? code : kUnknown]->Increment();
    method_->seconds->Observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_)
            .count());
    if (!status.ok()) metrics_->CountFailure(status);
  }

  const CallMetrics* const metrics_;
  const Method* const method_;
  const std::chrono::steady_clock::time_point start_;
  bool ended_ = false;
};

class CallMetrics::Factory final
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit Factory(const CallMetrics* metrics) : metrics_(metrics) {}
  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return new Interceptor(metrics_, &metrics_->MethodOf(info->method()));
  }

 private:
  const CallMetrics* metrics_;
};

CallMetrics::Method CallMetrics::MakeMethod(const std::string& rpc,
                                            MetricRegistry* registry) {
  Method method;
  for (size_t code = 0; code < method.ended_with.size(); ++code) {
    method.ended_with[code] = registry->AddCounter(
        {"burntin_rpc_calls_total", "Calls that ended, by gRPC's code."},
        {{"rpc", rpc}, {"code", CodeName(static_cast<int>(code))}});
  }
  method.in_flight = registry->AddGauge(
      {"burntin_rpc_calls_in_flight", "Calls that go on now."}, {{"rpc", rpc}});
  method.seconds = registry->AddHistogram(
      {"burntin_rpc_duration_seconds",
       "From a call's begin to its end; a stream is one call."},
      {{"rpc", rpc}}, SecondsBuckets());
  return method;
}

CallMetrics::CallMetrics(MetricRegistry* registry)
    : unlisted_(MakeMethod(kUnlisted, registry)) {
  for (const AccessRule& rule : AccessTable()) {
    methods_[rule.method] = MakeMethod(rule.method.substr(1), registry);
  }
  for (const Reason reason : AllReasons()) {
    if (ReasonCode(reason) == absl::StatusCode::kOk) continue;
    const std::string name(ReasonName(reason));
    failures_[name] = registry->AddCounter(FailuresName(), {{"reason", name}});
  }
  other_failures_ = registry->AddCounter(FailuresName(), {{"reason", kOther}});
}

CallMetrics::~CallMetrics() = default;

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
CallMetrics::MakeInterceptorFactory() {
  return std::make_unique<Factory>(this);
}

const CallMetrics::Method& CallMetrics::MethodOf(
    std::string_view method) const {
  const auto found = methods_.find(method);
  return found == methods_.end() ? unlisted_ : found->second;
}

void CallMetrics::CountFailure(const grpc::Status& status) const {
  const std::optional<Reason> reason = ReasonOf(FromGrpc(status));
  const auto found =
      reason ? failures_.find(ReasonName(*reason)) : failures_.end();
  (found == failures_.end() ? other_failures_ : found->second)->Increment();
}

}  // namespace burntin
