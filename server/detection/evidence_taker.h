// What keeps pictures of an object's findings while its pixels are here.
#ifndef BURNTIN_SERVER_DETECTION_EVIDENCE_TAKER_H_
#define BURNTIN_SERVER_DETECTION_EVIDENCE_TAKER_H_

#include <functional>
#include <string>
#include <vector>

#include "burntin/v1/report.pb.h"
#include "server/reports/report_store.h"

namespace burntin {

// Any number of threads may call at the same time.
class EvidenceTaker {
 public:
  virtual ~EvidenceTaker() = default;

  // Takes pictures of what `report` found in the object that `path` opens, and
  // keeps them. What cannot be taken or kept is missing in the answer, so that
  // nobody can be shown it. `cancelled` is asked between pictures.
  virtual std::vector<KeptPicture> Take(
      const std::string& path, const v1::InstanceReport& report,
      const std::function<bool()>& cancelled) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_EVIDENCE_TAKER_H_
