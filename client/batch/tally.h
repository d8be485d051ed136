// What a batch found, in figures that do not grow with it.
#ifndef BURNTIN_CLIENT_BATCH_TALLY_H_
#define BURNTIN_CLIENT_BATCH_TALLY_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "burntin/v1/report.pb.h"

namespace burntin {

// Instances by verdict. More than a v1::VerdictCounts can count.
struct VerdictTally {
  int64_t identifying = 0;
  int64_t indeterminate = 0;
  int64_t review = 0;
  int64_t clear = 0;

  void Add(v1::Verdict verdict);
  int64_t held() const { return identifying + indeterminate + review; }
  int64_t total() const { return held() + clear; }
};

inline constexpr int kRiskBins = 20;

// One thread at a time.
struct Tally {
  VerdictTally all;
  // Bin i holds the risks in [i / 20, (i + 1) / 20), the last one 1 as well.
  std::array<VerdictTally, kRiskBins> by_risk;
  std::map<std::string, VerdictTally> by_modality;
  std::map<std::string, VerdictTally> by_device;  // manufacturer and model
  std::map<std::string, int64_t> reasons;   // instances that have the code
  std::map<std::string, int64_t> versions;  // detector and models, in words
  int64_t frames = 0;                       // that were inspected

  void Add(const v1::InstanceReport& report);
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_TALLY_H_
