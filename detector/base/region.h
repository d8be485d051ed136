// Text in pixels: where it stands, what the readers made of it, and what it
// means for a person's privacy.
#ifndef BURNTIN_DETECTOR_BASE_REGION_H_
#define BURNTIN_DETECTOR_BASE_REGION_H_

#include <string>
#include <vector>

#include "detector/base/image.h"
#include "detector/base/phi_text.h"

namespace burntin {

// What one recogniser read in a box.
struct Reading {
  PhiText text;           // UTF-8, one line, may be empty
  double confidence = 0;  // [0, 1]; 0 when nothing could be read
};

// A place on a plane that holds text.
struct TextRegion {
  Box box;                // pixels of the stored frame
  int orientation = 0;    // 0, 90, 180 or 270 degrees clockwise
  double likelihood = 0;  // [0, 1]: that this is text at all
  bool is_barcode = false;
  std::vector<Reading> readings;  // one per recogniser that was asked
};

enum class Category {
  kPersonName,
  kIdentifier,
  kDate,
  kInstitution,
  kContact,
  kOther,       // legible text that nothing proves benign
  kBenign,      // all of it is known to say nothing about a person
  kUnreadable,  // text that no recogniser could read
};

// What a region's text says about a person.
struct Match {
  Category category = Category::kUnreadable;
  double score = 0;               // [0, 1]: that it can identify a person
  std::string matched_attribute;  // keyword of the header's attribute or ""
  Reading reading;                // the reading that this is about
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_REGION_H_
