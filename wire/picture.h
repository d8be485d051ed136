// Which pictures show an instance's findings, for the client's page and the
// server's evidence. Pure.
#ifndef BURNTIN_WIRE_PICTURE_H_
#define BURNTIN_WIRE_PICTURE_H_

#include <vector>

#include "burntin/v1/report.pb.h"
#include "detector/report.h"

namespace burntin {

// One frame, or one plane of another source, and what is seen on it.
struct Picture {
  Source source = Source::kFrame;
  int source_index = 0;
  int frame = 0;
  bool can_show = true;      // false: a place that this version does not know
  std::vector<int> regions;  // indices of the report's regions, ascending
};

// Whether nothing of the object could be decoded, so that it has no picture.
bool NothingWasDecoded(const v1::InstanceReport& report);

// Whether the text is listed as a finding: it is not known to be harmless.
bool IsListed(const v1::Region& region);

// Whether something stands for the object as a whole among its findings: it was
// not inspected in full, or has none that is listed.
bool NeedsWhole(const v1::InstanceReport& report);

// Whether the region stands on the picture.
bool Shows(const Picture& picture, const v1::Region& region);

// The fewest pictures, picked greedily, on which each region is seen at least
// once. A region is listed on the first picture that shows it. The order is
// that of the report's regions: highest score first.
std::vector<Picture> PlanPictures(const v1::InstanceReport& report);

}  // namespace burntin

#endif  // BURNTIN_WIRE_PICTURE_H_
