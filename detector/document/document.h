// document: draws the pages of a PDF, and reads its text layer, by Poppler.
#ifndef BURNTIN_DETECTOR_DOCUMENT_DOCUMENT_H_
#define BURNTIN_DETECTOR_DOCUMENT_DOCUMENT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/plane.h"

namespace burntin {

struct DocumentLimits {
  int pages = 0;
  int64_t pixels_per_page = 0;
};

// One thread at a time; different documents on different threads.
//
// Poppler ends the process where memory or stack runs out, and its time is
// not bounded: documents of strangers belong into a process of their own. It
// opens no files but fonts, which fontconfig finds, and its own tables. Fonts
// that the document does not embed are replaced by installed ones
// (fonts-liberation for the standard ones; Chinese, Japanese and Korean ones
// want poppler-data as well).
//
// Not looked for: pictures behind other pictures, text outside the media box,
// text of earlier revisions that the file still holds, thumbnails.
class Document {
 public:
  // Parses the PDF. Errors mean that no page can be inspected: FILE_MALFORMED
  // for a damaged, locked or empty document, FILE_TOO_LARGE from 2 GiB on,
  // FRAME_LIMIT_EXCEEDED for one with more pages than the limit.
  static absl::StatusOr<std::unique_ptr<Document>> Open(
      std::vector<char> bytes, const DocumentLimits& limits);

  virtual ~Document() = default;

  // Pages that can be drawn; at least one.
  virtual int pages() const = 0;

  // What beside the pages may hold text and is not inspected, one error each.
  // UNSUPPORTED_PLACE for attached files, scripts, XFA forms, sound and film,
  // comments, hidden annotations, and for cropped margins and layers that
  // cannot be uncovered; FILE_MALFORMED where the document was damaged but
  // could be repaired.
  virtual const std::vector<absl::Status>& omissions() const = 0;

  // Draws page `page`, counted from 0, as RGB: all that its media box holds,
  // upright, with annotations and filled-in forms. Where the document has
  // layers, a second view shows them all at once.
  //
  // States the page's text layer line by line with boxes in pixels of the
  // views, whether it is visible or not, hidden layers included. Page 0 also
  // states the document's title and other properties, and its bookmarks, with
  // empty boxes.
  //
  // PIXEL_LIMIT_EXCEEDED before anything is allocated; FRAME_DECODE_FAILED
  // where Poppler complains of the page, for it leaves out what it cannot
  // draw; UNSUPPORTED_PLACE for more text than can be inspected.
  virtual absl::StatusOr<DecodedPlane> Render(int page) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_DOCUMENT_H_
