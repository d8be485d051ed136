// One sign that a passage of text can identify a person.
#ifndef BURNTIN_DETECTOR_PHI_EVIDENCE_H_
#define BURNTIN_DETECTOR_PHI_EVIDENCE_H_

#include <string>

#include "detector/base/region.h"

namespace burntin {

struct Evidence {
  Category category = Category::kOther;
  double score = 0;       // [0, 1]: that the characters identify a person
  std::string attribute;  // keyword of the header's attribute, or empty
  // Characters [begin, end) of the passage's folded text.
  int begin = 0;
  int end = 0;
  SignKind kind = SignKind::kShape;
  double slips = 0;  // the tolerant distance that was forgiven
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_EVIDENCE_H_
