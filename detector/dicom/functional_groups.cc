#include "detector/dicom/functional_groups.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <cstddef>

#include "dcmtk/dcmdata/dctk.h"

namespace burntin {
namespace {

std::vector<DcmItem*> ItemsOf(DcmItem& item, const DcmTagKey& tag) {
  std::vector<DcmItem*> items;
  DcmSequenceOfItems* sequence = nullptr;
  if (item.findAndGetSequence(tag, sequence).bad()) return items;
  for (DcmObject* inner = sequence->nextInContainer(nullptr); inner != nullptr;
       inner = sequence->nextInContainer(inner)) {
    items.push_back(dynamic_cast<DcmItem*>(inner));
  }
  return items;
}

DcmItem* MacroOf(const std::vector<DcmItem*>& groups, size_t index,
                 const DcmTagKey& macro) {
  DcmItem* found = nullptr;
  if (index >= groups.size() || groups[index] == nullptr) return nullptr;
  groups[index]->findAndGetSequenceItem(macro, found, 0);
  return found;
}

}  // namespace

FunctionalGroups::FunctionalGroups(DcmItem& item)
    : per_frame_(ItemsOf(item, DCM_PerFrameFunctionalGroupsSequence)),
      shared_(ItemsOf(item, DCM_SharedFunctionalGroupsSequence)) {}

DcmItem* FunctionalGroups::Find(const DcmTagKey& macro, int frame) const {
  DcmItem* own = MacroOf(per_frame_, static_cast<size_t>(frame), macro);
  return own != nullptr ? own : MacroOf(shared_, 0, macro);
}

}  // namespace burntin
