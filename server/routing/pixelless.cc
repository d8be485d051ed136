#include "server/routing/pixelless.h"

#include <vector>

namespace burntin {
namespace {

struct Kind {
  std::string_view name;
  std::string_view root;  // of its classes
  std::vector<int> last;  // the last numbers of their UIDs
};

// PS3.4, table B.5-1.
const std::vector<Kind>& Kinds() {
  static const auto* const kKinds = new std::vector<Kind>{
      {"structured_report",
       "1.2.840.10008.5.1.4.1.1.88.",
       {11, 22, 33, 34, 35, 40, 50, 65, 67, 68, 69, 70, 71, 72, 73, 74, 75,
        76}},
      {"key_object_selection", "1.2.840.10008.5.1.4.1.1.88.", {59}},
      {"rt_structure_set", "1.2.840.10008.5.1.4.1.1.481.", {3}},
      {"rt_plan", "1.2.840.10008.5.1.4.1.1.481.", {5, 8}},
      {"rt_treatment_record", "1.2.840.10008.5.1.4.1.1.481.", {4, 6, 7, 9}},
  };
  return *kKinds;
}

}  // namespace

std::set<std::string> PixellessClasses(std::string_view kind) {
  std::set<std::string> classes;
  for (const Kind& known : Kinds()) {
    if (known.name != kind) continue;
    for (const int last : known.last) {
      classes.insert(std::string(known.root) + std::to_string(last));
    }
  }
  return classes;
}

std::string PixellessKinds() {
  std::string names;
  for (const Kind& known : Kinds()) {
    if (!names.empty()) names += ", ";
    names += known.name;
  }
  return names;
}

bool MayGoWithoutPixels(const Protocol* protocol,
                        const InstanceFacts& instance) {
  if (protocol == nullptr || !instance.assessment) return false;
  const InstanceAssessment& assessment = *instance.assessment;
  const std::vector<std::string>& classes =
      instance.header.Values(Attribute::kSopClassUid);
  return assessment.verdict == Verdict::kIndeterminate &&
         assessment.reasons.size() == 1 &&
         assessment.reasons.front().code == Reason::kNoPixelData &&
         classes.size() == 1 && protocol->pixelless.contains(classes.front());
}

}  // namespace burntin
