#include "server/identity/access_table.h"

#include <algorithm>

namespace burntin {
namespace {

std::vector<AccessRule> MakeTable() {
  const RoleSet submitter = {Role::kSubmitter};
  const RoleSet reviewer = {Role::kReviewer, Role::kAdmin};
  const RoleSet admin = {Role::kAdmin};
  const RoleSet anyone = {Role::kSubmitter, Role::kReviewer, Role::kAdmin};
  const std::string detection = "/burntin.v1.DetectionService/";
  const std::string routing = "/burntin.v1.RoutingService/";
  const std::string quarantine = "/burntin.v1.QuarantineService/";
  constexpr Openness kEarly = Openness::kUntilThereAreIdentities;
  return {
      {detection + "InspectInstance", submitter, kEarly},
      {detection + "InspectStream", submitter, kEarly},
      {detection + "InspectSession", submitter},
      {routing + "DecideSession", submitter},
      {routing + "ExplainProtocol", anyone},
      {quarantine + "ListCases", reviewer},
      {quarantine + "GetCase", reviewer},
      {quarantine + "GetEvidence", reviewer},
      {quarantine + "ReleaseCase", admin},
      {quarantine + "KeepCase", admin},
      {quarantine + "ListAuditEvents", admin},
      {"/grpc.health.v1.Health/Check", {}, Openness::kOpen},
      {"/grpc.health.v1.Health/Watch", {}, Openness::kOpen},
      // Only there if the configuration switches it on. It shows the contract,
      // which is public.
      {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
       {},
       Openness::kOpen},
  };
}

}  // namespace

const std::vector<AccessRule>& AccessTable() {
  static const auto* const kTable = new std::vector<AccessRule>(MakeTable());
  return *kTable;
}

const AccessRule* FindAccessRule(std::string_view method) {
  const std::vector<AccessRule>& table = AccessTable();
  const auto found = std::find_if(
      table.begin(), table.end(),
      [&](const AccessRule& rule) { return rule.method == method; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace burntin
