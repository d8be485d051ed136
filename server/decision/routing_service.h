// decision: the contract's RoutingService over the protocol that decides now
// and the reports that this server made.
#ifndef BURNTIN_SERVER_DECISION_ROUTING_SERVICE_H_
#define BURNTIN_SERVER_DECISION_ROUTING_SERVICE_H_

#include <chrono>
#include <functional>
#include <string>

#include "burntin/v1/routing_service.grpc.pb.h"
#include "server/decision/decision_log.h"
#include "server/decision/decision_metrics.h"
#include "server/identity/entrance.h"
#include "server/log/log.h"
#include "server/protocol/protocol_store.h"
#include "server/reports/report_store.h"

namespace burntin {

// Owned by the caller; all outlive the service.
struct RoutingParts {
  const ProtocolStore* protocol = nullptr;
  const ReportStore* reports = nullptr;
  // Null: decisions are answered without being recorded, which an empty
  // `decision_id` says.
  DecisionLog* decisions = nullptr;
  Entrance* entrance = nullptr;
  Log* log = nullptr;
  const DecisionMetrics* metrics = nullptr;  // null: decisions are not counted
};

using WallClock = std::function<std::chrono::system_clock::time_point()>;

// Thread-safe, as gRPC wants it. A decision that cannot be recorded is not
// answered: the call fails.
class RoutingService final : public v1::RoutingService::Service {
 public:
  RoutingService(std::string quarantine_project, RoutingParts parts,
                 WallClock clock);

  grpc::Status DecideSession(grpc::ServerContext* context,
                             const v1::DecideSessionRequest* request,
                             v1::DecideSessionResponse* response) override;

  grpc::Status ExplainProtocol(grpc::ServerContext* context,
                               const v1::ExplainProtocolRequest* request,
                               v1::ExplainProtocolResponse* response) override;

 private:
  absl::StatusOr<v1::DecideSessionResponse> Decide(
      const Caller& caller, const v1::DecideSessionRequest& request) const;
  absl::StatusOr<v1::ExplainProtocolResponse> Explain(
      const v1::ExplainProtocolRequest& request) const;

  // What the reports of the named objects say, and how many objects of the
  // study have one without being named.
  SessionDecision Collect(const v1::DecideSessionRequest& request,
                          SessionFacts* session) const;
  v1::Decision Finish(const RoutingDecision& decision,
                      const ProtocolSnapshot& snapshot,
                      std::chrono::system_clock::time_point time) const;

  const std::string quarantine_project_;
  const RoutingParts parts_;
  const WallClock clock_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_ROUTING_SERVICE_H_
