#include "client/batch/tally.h"

#include <algorithm>
#include <set>

namespace burntin {
namespace {

constexpr size_t kDigestDigitsShown = 12;

int BinOf(double risk) {
  // The comparison is false for NaN, which is as bad as can be.
  if (!(risk < 1)) return kRiskBins - 1;
  return std::clamp(static_cast<int>(risk * kRiskBins), 0, kRiskBins - 1);
}

std::string OrNone(const std::string& words) {
  return words.empty() ? "(none)" : words;
}

std::string DeviceOf(const v1::InstanceReport& report) {
  std::string device = report.manufacturer();
  const std::string& model = report.manufacturer_model_name();
  if (!device.empty() && !model.empty()) device += ' ';
  return OrNone(device + model);
}

std::string VersionsOf(const v1::InstanceReport& report) {
  std::string words = "burntin " + report.versions().detector();
  for (const v1::ModelVersion& model : report.versions().models()) {
    words +=
        ' ' + model.name() + ':' + model.sha256().substr(0, kDigestDigitsShown);
  }
  return words;
}

}  // namespace

void VerdictTally::Add(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_CLEAR:
      ++clear;
      return;
    case v1::VERDICT_REVIEW:
      ++review;
      return;
    case v1::VERDICT_IDENTIFYING:
      ++identifying;
      return;
    default:
      ++indeterminate;
  }
}

void Tally::Add(const v1::InstanceReport& report) {
  const v1::Verdict verdict = report.verdict();
  all.Add(verdict);
  by_risk[static_cast<size_t>(BinOf(report.risk()))].Add(verdict);
  by_modality[OrNone(report.modality())].Add(verdict);
  by_device[DeviceOf(report)].Add(verdict);
  std::set<std::string> codes;
  for (const v1::Reason& reason : report.reasons()) codes.insert(reason.code());
  for (const std::string& code : codes) ++reasons[code];
  // What was answered without a detector names no models, and is no version.
  if (report.versions().models_size() > 0) ++versions[VersionsOf(report)];
  frames += report.frames_inspected();
}

}  // namespace burntin
