// Text that a viewer shows beside a document's pages. Private to
// detector/document.
#ifndef BURNTIN_DETECTOR_DOCUMENT_DOCUMENT_PROPERTIES_H_
#define BURNTIN_DETECTOR_DOCUMENT_DOCUMENT_PROPERTIES_H_

#include <vector>

#include "detector/base/phi_text.h"

namespace poppler {
class document;
class ustring;
}  // namespace poppler

namespace burntin {

// The values of the document's information dictionary (title, author,
// subject, keywords, and whatever keys the writer has made up; not the names
// of programs, nor their dates), of the like fields of its XMP metadata, and
// the titles of its bookmarks. Each once.
std::vector<PhiText> DocumentProperties(const poppler::document& document);

// UTF-8 of UTF-16; a surrogate without its partner becomes U+FFFD. Poppler's
// own conversion gives nothing at all then.
PhiText ToUtf8(const poppler::ustring& text);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_DOCUMENT_PROPERTIES_H_
