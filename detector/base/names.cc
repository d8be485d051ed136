#include "detector/base/names.h"

namespace burntin {

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClear:
      return "CLEAR";
    case Verdict::kReview:
      return "REVIEW";
    case Verdict::kIdentifying:
      return "IDENTIFYING";
    case Verdict::kIndeterminate:
      break;
  }
  return "INDETERMINATE";
}

std::string_view CategoryName(Category category) {
  switch (category) {
    case Category::kPersonName:
      return "PERSON_NAME";
    case Category::kIdentifier:
      return "IDENTIFIER";
    case Category::kDate:
      return "DATE";
    case Category::kInstitution:
      return "INSTITUTION";
    case Category::kContact:
      return "CONTACT";
    case Category::kOther:
      return "OTHER";
    case Category::kBenign:
      return "BENIGN";
    case Category::kUnreadable:
      break;
  }
  return "UNREADABLE";
}

}  // namespace burntin
