#include "client/protocol/session_check.h"

#include <cstddef>
#include <utility>

#include "server/routing/dasher.h"

namespace burntin {
namespace {

using Files = std::vector<const CheckedFile*>;

std::map<std::string, Files> ByStudy(const std::vector<CheckedFile>& files) {
  std::map<std::string, Files> studies;
  for (const CheckedFile& file : files) {
    const std::string study =
        file.header ? file.header->study_instance_uid : "";
    studies[study].push_back(&file);
  }
  return studies;
}

SessionFacts FactsOf(const std::string& study, const Files& files) {
  SessionFacts session;
  session.study_instance_uid = study;
  for (const CheckedFile* file : files) {
    if (study.empty()) {
      ++session.instances_unknown;
      continue;
    }
    InstanceFacts instance;
    instance.sop_instance_uid = file->header->sop_instance_uid;
    instance.study_instance_uid = study;
    instance.header = burntin::FactsOf(*file->header);
    instance.assessment = file->assessment;
    session.instances.push_back(std::move(instance));
  }
  return session;
}

SessionFacts AsIfClear(SessionFacts session) {
  for (InstanceFacts& instance : session.instances) {
    instance.assessment = {Verdict::kClear, 0, {}, /*inspected_in_full=*/true};
  }
  return session;
}

std::string DasherProjectOf(const CheckedFile& file,
                            const DasherComparison& dasher) {
  const Header header = file.header.value_or(Header());
  switch (RouteAsDasher(dasher.lines, AsDasherReads(header.modality),
                        AsDasherReads(header.manufacturer_model_name))) {
    case DasherRoute::kHospital:
      return dasher.site.hospital_project;
    case DasherRoute::kQuarantine:
      return dasher.site.quarantine_project;
    case DasherRoute::kUnassigned:
      break;
  }
  return "Unassigned";
}

void Compare(const Files& files, const DasherComparison& dasher,
             SessionResult* result) {
  for (const CheckedFile* file : files) {
    ++result->dasher[DasherProjectOf(*file, dasher)];
  }
  const RoutingDecision& ours =
      result->if_clear ? *result->if_clear : result->decision;
  result->dasher_differs = result->dasher.size() != 1 ||
                           !result->dasher.contains(ours.target_project);
}

void Describe(const Files& files, SessionResult* result) {
  for (const CheckedFile* file : files) {
    if (!file->header) continue;
    if (!file->header->modality.empty()) {
      result->modalities.insert(file->header->modality);
    }
    std::string device = file->header->manufacturer;
    const std::string& model = file->header->manufacturer_model_name;
    if (!device.empty() && !model.empty()) device += ' ';
    device += model;
    if (!device.empty()) result->devices.insert(device);
  }
}

SessionResult CheckSession(const Protocol& protocol, const std::string& study,
                           const Files& files) {
  const SessionFacts session = FactsOf(study, files);
  SessionResult result;
  result.study_instance_uid = study;
  result.files = static_cast<int>(files.size());
  Describe(files, &result);
  result.decision =
      DecideSession(&protocol, protocol.quarantine_project, session);
  if (!result.decision.verdict) {
    result.if_clear = DecideSession(&protocol, protocol.quarantine_project,
                                    AsIfClear(session));
  }
  const int deciding = result.decision.deciding_instance;
  if (deciding >= 0) {
    const auto index = static_cast<size_t>(deciding);
    result.deciding_label = files[index]->label;
    result.trace =
        Trace(protocol, session.instances[index].header, result.decision.state);
  }
  return result;
}

}  // namespace

std::vector<SessionResult> CheckSessions(
    const Protocol& protocol, const std::vector<CheckedFile>& files,
    const std::optional<DasherComparison>& dasher) {
  std::vector<SessionResult> results;
  for (const auto& [study, of_study] : ByStudy(files)) {
    results.push_back(CheckSession(protocol, study, of_study));
    if (dasher) Compare(of_study, *dasher, &results.back());
  }
  return results;
}

}  // namespace burntin
