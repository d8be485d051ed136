// Text in pixels: where it stands, what the readers made of it, and what it
// means for a person's privacy.
#ifndef BURNTIN_DETECTOR_BASE_REGION_H_
#define BURNTIN_DETECTOR_BASE_REGION_H_

#include <string>
#include <vector>

#include "detector/base/image.h"
#include "detector/base/phi_text.h"

namespace burntin {

// Another text that a recogniser finds possible.
struct Alternative {
  PhiText text;
  // (0, 1]: its probability over that of the likeliest text.
  double share = 0;
};

// What one recogniser read in a box.
struct Reading {
  PhiText text;           // UTF-8, one line, may be empty
  double confidence = 0;  // [0, 1]; 0 when nothing could be read
  // Which recogniser. Readings of one have its mistakes in common.
  int recognizer = 0;
  // Likeliest first. Empty where the recogniser does not tell.
  std::vector<Alternative> alternatives = {};
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

// How a text was seen to be about a person.
enum class SignKind {
  kHeader,          // the header holds it
  kField,           // it stands after a label, as in "DOB: ..."
  kNationalNumber,  // it has the form of a country's number for a person
  kDate,            // a date that the header does not hold
  kListedName,      // a name of the lists of names
  kShape,           // written as numbers, addresses and institutions are
};

// One sign that a text is about a person.
struct Sign {
  SignKind kind = SignKind::kShape;
  Category category = Category::kOther;
  double score = 0;       // [0, 1]: how strong, of its kind
  std::string attribute;  // keyword of the header's attribute or ""
  double slips = 0;       // tolerant distance that was forgiven; 0: exact
};

// What a region's text says about a person.
struct Match {
  Category category = Category::kUnreadable;
  // [0, 1]: of the strongest sign, or of a text without any.
  double score = 0;
  std::string matched_attribute;  // keyword of the header's attribute or ""
  Reading reading;                // the reading that this is about
  // The strongest of each kind and category, in the order of the kinds. May be
  // empty where the fields above say it all.
  std::vector<Sign> signs = {};
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_REGION_H_
