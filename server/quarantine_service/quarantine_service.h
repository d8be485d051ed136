// quarantine_service: the contract's QuarantineService over the ledger and the
// rules of release.
#ifndef BURNTIN_SERVER_QUARANTINE_SERVICE_QUARANTINE_SERVICE_H_
#define BURNTIN_SERVER_QUARANTINE_SERVICE_QUARANTINE_SERVICE_H_

#include <functional>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.grpc.pb.h"
#include "server/gate/gate.h"
#include "server/identity/caller_identity.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"
#include "server/quarantine/evidence_source.h"
#include "server/quarantine/quarantine.h"

namespace burntin {

// What the service is made of. Owns none of it; all outlives the service.
struct QuarantineParts {
  Ledger* ledger = nullptr;
  Quarantine* quarantine = nullptr;
  EvidenceSource* evidence = nullptr;
  CallerIdentity* identity = nullptr;
  Gate* gate = nullptr;
  Log* log = nullptr;
  bool include_text = false;  // whether callers may ask for recognised text
};

// Each call: the gate, who calls and with which role, then the work, and an
// entry in the audit trail before anything is answered: what cannot be
// recorded is not shown. Callers whom `identity` refuses are recorded where
// that is decided: AuditRefusal.
// Thread-safe, as gRPC wants it.
class QuarantineService final : public v1::QuarantineService::Service {
 public:
  explicit QuarantineService(const QuarantineParts& parts) : parts_(parts) {}

  grpc::Status ListCases(grpc::ServerContext* context,
                         const v1::ListCasesRequest* request,
                         v1::ListCasesResponse* response) override;
  grpc::Status GetCase(grpc::ServerContext* context,
                       const v1::GetCaseRequest* request,
                       v1::GetCaseResponse* response) override;
  grpc::Status GetEvidence(grpc::ServerContext* context,
                           const v1::GetEvidenceRequest* request,
                           v1::GetEvidenceResponse* response) override;
  grpc::Status ReleaseCase(grpc::ServerContext* context,
                           const v1::ReleaseCaseRequest* request,
                           v1::ReleaseCaseResponse* response) override;
  grpc::Status KeepCase(grpc::ServerContext* context,
                        const v1::KeepCaseRequest* request,
                        v1::KeepCaseResponse* response) override;
  grpc::Status ListAuditEvents(grpc::ServerContext* context,
                               const v1::ListAuditEventsRequest* request,
                               v1::ListAuditEventsResponse* response) override;

 private:
  using Work = std::function<absl::Status(const Actor& actor)>;

  // Runs `work` for a caller that has `role`, and logs how it ended. If it
  // fails, that is audited as `action`, unless the work does so itself.
  grpc::Status Answer(std::string_view method, grpc::ServerContext* context,
                      Role role, std::optional<v1::AuditAction> action,
                      const Work& work);
  absl::StatusOr<Actor> Admit(const grpc::ServerContext& context, Role role);
  absl::Status Refuse(const Actor& actor, const absl::Status& why);

  absl::Status ListCases(const Actor& actor,
                         const v1::ListCasesRequest& request,
                         v1::ListCasesResponse* response);
  absl::Status GetCase(const Actor& actor, const v1::GetCaseRequest& request,
                       v1::GetCaseResponse* response);
  absl::Status GetEvidence(const Actor& actor,
                           const v1::GetEvidenceRequest& request,
                           v1::GetEvidenceResponse* response);
  absl::Status ListAuditEvents(const Actor& actor,
                               const v1::ListAuditEventsRequest& request,
                               v1::ListAuditEventsResponse* response);

  const QuarantineParts parts_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_SERVICE_QUARANTINE_SERVICE_H_
