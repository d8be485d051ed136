// Functional groups of enhanced multi-frame images (PS3.3 C.7.6.16). Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_FUNCTIONAL_GROUPS_H_
#define BURNTIN_DETECTOR_DICOM_FUNCTIONAL_GROUPS_H_

#include <vector>

class DcmItem;
class DcmTagKey;

namespace burntin {

// Lists the groups once: DCMTK finds the n-th item of a sequence in n steps.
class FunctionalGroups {
 public:
  // `item` has to outlive the object; images without groups have none.
  explicit FunctionalGroups(DcmItem& item);

  // The item of the macro that applies to `frame`, its own before the shared
  // one; null when there is none.
  DcmItem* Find(const DcmTagKey& macro, int frame) const;

 private:
  std::vector<DcmItem*> per_frame_;
  std::vector<DcmItem*> shared_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_FUNCTIONAL_GROUPS_H_
